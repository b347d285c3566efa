import { answerWith, keptAnswer, storyFiles } from '../../app/index.ts'
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
    .option('--json', '{stories, attribution, detections, events, unjoined, notLoaded, faults} as one JSON document')
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
    const answer =
      paths.length === 0
        ? keptAnswer(open.workspace, caseId)
        : await answerWith({ ...open, caseId, files: [{ paths, role: 'logs' }], rules, ...zone })
    return answer.stories ?? { stories: [], detections: 0, events: 0, unjoined: 0 }
  })
}

function print({ terminal }: CommandContext, told: Told): void {
  for (const story of told.stories) terminal.out(`${storyText(story)}\n\n`)
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
  ].join('\n')
}
