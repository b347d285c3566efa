import { answerWith, caseStories, storyFiles } from '../../app/index.ts'
import { printable, type Fault } from '../../base/index.ts'
import { citeText } from '../../evidence/index.ts'
import type { Attribution, Story, StoryAnswer } from '../../intrusion/index.ts'
import { given, usage, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { counted, oneLine } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

interface Options extends WorkspaceOptions {
  readonly rules: readonly string[]
  readonly zone?: string
  readonly case?: string
  readonly json?: boolean
}

/** Leads named below the stories: what is below the threshold is for whoever has time. */
const leadsShown = 10

type Told = StoryAnswer & {
  readonly attribution?: Attribution
  readonly notLoaded?: readonly unknown[]
  readonly faults?: readonly Fault[]
}

/** `story PATH...`: how they got in and where they went. */
export const registerStory: Register = (program, context) => {
  const command = withWorkspace(program.command('story'))
    .description('join detections and logons into attack stories')
    .argument('[path...]', 'logs or folders of logs; without one, --case shows what the case holds')
    .option('--rules <dir>', 'folder or file of Sigma rules beside our own, repeatable', collected, [])
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--case <id>', 'take the logs into this case and investigate it anew')
    .option('--json', '{stories, leads, attribution, detections, events, unjoined, notLoaded, faults} as one JSON document')
    .action(async (paths: string[], options: Options) => {
      if (paths.length === 0 && options.case === undefined)
        throw usage('no logs given', 'give files or folders: breachline story ./logs')
      const told = await tell(context, paths, options)
      if (options.json === true) return printJson(context.terminal, told)
      print(context, told)
    })
  withExamples(
    command,
    ['story ./logs', 'story ./logs --rules ./sigma/rules --json', 'story --case meridian'],
    'Without --case nothing is stored: the events are held in a temporary folder that is removed afterwards.',
  )
}

async function tell(context: CommandContext, paths: readonly string[], options: Options): Promise<Told> {
  const zone = given('zone', options.zone)
  const { rules, case: caseId } = options
  if (caseId === undefined) return watching(context, (watch) => storyFiles({ paths, rules, ...zone, watch }))
  return inWorkspace(context, { ...options, command: 'story' }, async (open) => {
    if (paths.length > 0) await answerWith({ ...open, caseId, files: [{ paths, role: 'logs' }], rules, ...zone })
    return caseStories(open.workspace, caseId) ?? { stories: [], detections: 0, events: 0, unjoined: 0 }
  })
}

function print({ terminal }: CommandContext, told: Told): void {
  for (const story of told.stories) terminal.out(`${storyText(story)}\n\n`)
  const { leads = [] } = told
  for (const lead of leads.slice(0, leadsShown))
    terminal.out(`lead: ${oneLine(lead.title)} (${lead.id}, ${lead.score} bits, from ${lead.from})\n`)
  if (leads.length > leadsShown) terminal.out(`${counted(leads.length - leadsShown, 'further lead')}\n`)
  for (const sentence of told.attribution?.text ?? []) terminal.out(`attribution: ${oneLine(sentence.text)}\n`)
  terminal.out(
    `${told.stories.length === 0 ? 'no story' : counted(told.stories.length, 'story', 'stories')} from ${counted(told.detections, 'detection')} in ${counted(told.events, 'event')}; ${counted(told.unjoined, 'detection')} in no story\n`,
  )
  printFaults(terminal, told.faults ?? [])
}

function storyText(story: Story): string {
  const cites = (all: Story['steps'][number]['cites']): string =>
    all.length === 0 ? '' : `  [${oneLine(citeText(all[0]!))}${all.length > 1 ? ` and ${all.length - 1} more` : ''}]`
  const names = (all: readonly { readonly name: string; readonly status: string }[]): string =>
    all.map((one) => `${printable(one.name)} (${one.status})`).join(', ') || 'none'
  return [
    oneLine(story.title),
    `  ${story.id}, ${story.score} bits, ${story.from} to ${story.to}`,
    ...(story.initialAccess === undefined
      ? ['  first access: not seen in these logs']
      : [`  first access: ${oneLine(story.initialAccess.text)}${cites(story.initialAccess.cites)}`]),
    ...(story.alternative === undefined
      ? []
      : [`  another reading: ${oneLine(story.alternative.text)}${cites(story.alternative.cites)}`]),
    `  hosts: ${names(story.hosts)}`,
    `  accounts: ${names(story.accounts)}`,
    ...story.steps.map(
      (step, at) => `  ${String(at + 1).padStart(3)}. ${step.time.slice(0, 19)}Z ${oneLine(step.text)}${cites(step.cites)}`,
    ),
    ...story.lateralMovement.map(
      (move) =>
        `  moved ${printable(move.from)} -> ${printable(move.to)} as ${printable(move.account)}, ${move.means}${cites(move.cites)}`,
    ),
    ...(story.attempts ?? []).map(
      (one) => `  tried ${printable(one.from)} -> ${printable(one.to)}, refused: ${oneLine(one.means)}${cites(one.cites)}`,
    ),
    ...story.reached.map((one) => `  reached: ${oneLine(one.text)}${cites(one.cites)}`),
    ...story.gaps.map((gap) => `  gap: ${oneLine(gap.text)}${cites(gap.cites)}`),
    ...planText(story),
  ].join('\n')
}

/** How to end it: what is open, the numbered steps by phase with what of the story they rest on, what to watch. */
function planText({ containment }: Story): string[] {
  if (containment === undefined) return []
  const numbers = (words: string, all: readonly number[]): string =>
    all.length === 0 ? '' : `${words} ${all.slice(0, 8).join(', ')}`
  return [
    '  containment plan',
    ...containment.open.map((one) => `    open: ${oneLine(one.text)}`),
    ...containment.steps.map((one) => {
      const rests = [numbers('after', one.after), numbers('story', one.steps)].filter((text) => text !== '').join('; ')
      return `    ${String(one.n).padStart(3)}. ${one.phase}: ${oneLine(one.text)}${rests === '' ? '' : `  (${rests})`}`
    }),
    ...containment.watch.map((one) => `    watch: ${oneLine(one.text)}`),
  ]
}
