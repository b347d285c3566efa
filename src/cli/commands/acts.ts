import { findingByPrefix } from '../../app/index.ts'
import type { DecisionKind } from '../../casefile/index.ts'
import { given, isoMoment, needed, numbers, oneOf, withExamples } from '../arguments.ts'
import { collected, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { oneLine } from '../layout.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly json?: boolean
}

const kinds = [
  'awareness',
  'containment',
  'notify',
  'do-not-notify',
  'release',
  'scope',
  'handover',
  'other',
] as const satisfies readonly DecisionKind[]

/** `note`, `decide`, `cut-story`, `join-stories`, `adopt`, `reject`, `park`, `reopen`: the acts of a named person, signed into the chain of custody. */
export const registerActs: Register = (program, context) => {
  const note = inCase(program.command('note'))
    .description('write a note into a case')
    .argument('<text>', 'the note')
    .option('--about <id>', 'finding, decision or exhibit it is about, repeatable', collected, [])
    .action(async (text: string, options: Options & { about: string[] }) => {
      const about = options.about.length === 0 ? undefined : options.about
      const written = await inErrand(context, 'note', options, (errand, id) =>
        errand.note(id, { text, ...given('about', about) }),
      )
      said(context, options, written, `${written.number} written`)
    })
  withExamples(note, ['note "Straits Billing confirmed receipt of the cut of 31 March by telephone" --case meridian'])

  const decide = inCase(program.command('decide'))
    .description('record a decision with its reason; "awareness" starts the clocks of the law')
    .option('--kind <kind>', kinds.join(', '))
    .option('--text <text>', 'what is decided')
    .option('--reason <text>', 'why')
    .option('--moment <time>', 'the moment decided on, ISO 8601 with zone; needed for awareness')
    .option('--about <id>', 'finding, trigger event or duty it is about, repeatable', collected, [])
    .action(async (options: Options & { kind?: string; text?: string; reason?: string; moment?: string; about: string[] }) => {
      const hint = 'write: breachline decide --kind awareness --text "..." --reason "..." --moment 2026-10-06T09:12:00+08:00'
      const decision = {
        kind: oneOf(needed(options.kind, '--kind', hint), kinds, '--kind'),
        text: needed(options.text, '--text', hint),
        reason: needed(options.reason, '--reason', hint),
        ...given('moment', options.moment === undefined ? undefined : isoMoment(options.moment, '--moment')),
        ...given('about', options.about.length === 0 ? undefined : options.about),
      }
      const written = await inErrand(context, 'decide', options, (errand, id) => errand.decide(id, decision))
      said(context, options, written, `${written.number} recorded`)
    })
  withExamples(decide, [
    'decide --kind awareness --moment 2026-10-06T09:12:00+08:00 --text "We were aware of a breach" --reason "Comparison with the extract came back" --case meridian',
    'decide --kind containment --text "Disable the service account" --reason "Used in the intrusion" --case meridian',
  ])

  const cut = inCase(program.command('cut-story'))
    .description('cut steps from a story: they become a story of their own, by a decision that holds in later investigations')
    .argument('<story>', 'id of the story, or its unique beginning')
    .option('--steps <numbers>', 'numbers of the steps, such as 3,5-7')
    .option('--host <name>', 'all steps on this host')
    .option('--reason <text>', 'why')
    .action(async (story: string, options: Options & { steps?: string; host?: string; reason?: string }) => {
      const reason = needed(options.reason, '--reason', 'write: breachline cut-story STORY --host HOST --reason "..."')
      const asked = {
        kind: 'cut' as const,
        story,
        reason,
        ...given('steps', options.steps === undefined ? undefined : numbers(options.steps, '--steps')),
        ...given('host', options.host),
      }
      const written = await inErrand(context, 'cut-story', options, (errand, id) => errand.changeStories(id, asked))
      said(context, options, written, `${written.number} recorded`)
    })
  withExamples(cut, ['cut-story S_1a2b3c --host BACKUP-01 --reason "Nightly backup, change ticket 5120" --case meridian'])

  const join = inCase(program.command('join-stories'))
    .description('make stories one, by a decision that holds in later investigations')
    .argument('<story...>', 'ids of the stories, or their unique beginnings')
    .option('--reason <text>', 'why')
    .action(async (stories: string[], options: Options & { reason?: string }) => {
      const reason = needed(options.reason, '--reason', 'write: breachline join-stories STORY STORY --reason "..."')
      const asked = { kind: 'join' as const, stories, reason }
      const written = await inErrand(context, 'join-stories', options, (errand, id) => errand.changeStories(id, asked))
      said(context, options, written, `${written.number} recorded`)
    })
  withExamples(join, ['join-stories S_1a2b3c S_4d5e6f --reason "The same web shell, four months apart" --case meridian'])

  for (const ruling of ['adopt', 'reject', 'park', 'reopen'] as const) {
    const command = inCase(program.command(ruling))
      .description(
        {
          adopt: 'adopt a proposed finding: it then stands in reports and notices',
          reject: 'reject a proposed finding',
          park: 'park a proposed finding until more is known',
          reopen: 'take the last ruling on a finding back',
        }[ruling],
      )
      .argument('<finding>', 'id of the finding, or its unique beginning')
      .option('--reason <text>', 'why, in a sentence')
      .action(async (prefix: string, options: Options & { reason?: string }) => {
        const reason = needed(options.reason, '--reason', `write: breachline ${ruling} FINDING --reason "..." --case ID`)
        const ruled = await inErrand(context, ruling, options, async (errand, id) => {
          const { view } = await errand.page(id)
          const { id: finding } = findingByPrefix(prefix, view.findings)
          return errand.rule(id, { finding, ruling, reason })
        })
        said(context, options, ruled, `${ruled.id} ${ruled.status}: ${oneLine(ruled.text)}`)
      })
    withExamples(command, [`${ruling} F_1a2b3c --reason "Checked against the vendor's own delivery note" --case meridian`])
  }
}

function inCase(command: ReturnType<Parameters<Register>[0]['command']>): typeof command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'what was written as one JSON document')
}

function said({ terminal }: CommandContext, options: Options, value: unknown, text: string): void {
  if (options.json === true) printJson(terminal, value)
  else terminal.out(`${text}\n`)
}
