import type { Command } from 'commander'
import { registerCsv } from '../../response/index.ts'
import { given, needed, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type WorkspaceOptions } from '../command.ts'
import { caseMeant, onErrand } from '../hand-over.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'
import { enterAct } from '../enter-act.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly reason?: string
  readonly out?: string
  readonly json?: boolean
}

/** `duty not-notify`, `duty not-notified`, `duty register`: decisions not to notify and the breach register. */
export function registerDutyDocuments(duty: Command, context: CommandContext): void {
  const notNotify = inCase(duty.command('not-notify'))
    .description('decide that a notice is not given, with the reason; the clock stays where it is')
    .argument('<duty>', 'id of the duty')
    .option('--reason <text>', 'why, in a sentence')
    .action((duty: string, options: Options) =>
      enterAct({
        context,
        command: 'duty not-notify',
        options,
        act: { act: 'not-notify', duty: needed(duty, 'the duty', 'see "breachline due"') },
      }),
    )
  withExamples(notNotify, [
    'duty not-notify eu-gdpr-33-34/authority --reason "Encrypted with keys that were not reached; see D3" --case meridian',
  ])

  const notNotified = inCase(duty.command('not-notified'))
    .description('the document of a decision not to notify (Markdown)')
    .argument('<decision>', 'number of the decision such as D4, or id of the duty')
    .option('--out <file>', 'write it there instead of to stdout')
    .action((which: string, options: Options) =>
      onErrand(context, { ...options, command: 'duty not-notified' }, async (errand) => {
        const text = await errand.duties.notNotified(await caseMeant(errand, options.case), which)
        writeOut(context, { text, ...given('file', options.out) })
      }),
    )
  withExamples(
    notNotified,
    ['duty not-notified D4 --case meridian --out no-notice.md'],
    'It says what was known at the time of the decision, how each threshold stood, what the rules of harm proposed, and who decided.',
  )

  const register = withWorkspace(duty.command('register'))
    .description('the breach register over all cases: facts, effects, remedial action (GDPR article 33(5), PECR log)')
    .option('--out <file>', 'write it there instead of to stdout')
    .option('--json', 'lines as one JSON document instead of CSV')
    .action((options: Options) =>
      onErrand(context, { ...options, command: 'duty register' }, async (errand) => {
        const lines = await errand.duties.register()
        if (options.json === true) return printJson(context.terminal, lines)
        writeOut(context, { text: registerCsv(lines), ...given('file', options.out) })
      }),
    )
  withExamples(
    register,
    ['duty register --out breaches.csv'],
    'Generated exercises, own files and what rests on a designation are left out. What nobody entered says [MISSING].',
  )
}

function inCase(command: Command): Command {
  return withWorkspace(command)
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--json', 'what was written as one JSON document')
}
