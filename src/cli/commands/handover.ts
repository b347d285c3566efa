import { handoverFormats } from '../../sharing/index.ts'
import { given, oneOf, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { printJson } from '../terminal.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly format: string
  readonly out?: string
  readonly releaseHolders?: boolean
  readonly json?: boolean
}

/** `handover`: the case for the tool that one's own team works in. */
export const registerHandover: Register = (program, context) => {
  const command = withWorkspace(program.command('handover'))
    .description('the case for a tool of your own team: timeline lines for Timesketch, events for DFIR-IRIS, a case for TheHive')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .requiredOption('--format <format>', handoverFormats.join(', '))
    .option('--out <file>', 'write there instead of to stdout')
    .option('--release-holders', 'name the holders of copies; without it they are "Holder A", "Holder B"')
    .option('--json', 'the file as text with its format, as one JSON document')
    .action(async (options: Options) => {
      const format = oneOf(options.format, handoverFormats, '--format')
      const text = await inErrand(context, 'handover', options, (errand, id) =>
        errand.leave(id, { kind: 'handover', format, releaseHolders: options.releaseHolders === true }),
      )
      if (options.json === true) return printJson(context.terminal, { format, text })
      writeOut(context, { text, ...given('file', options.out) })
    })
  withExamples(
    command,
    [
      'handover --case meridian --format timesketch --out meridian.jsonl',
      'handover --case meridian --format iris --out events.csv',
      'handover --case meridian --format thehive --out case.json',
    ],
    'Names of your own hosts and accounts stand in it: it is for your own team. "breachline share" is what other operators may get.',
  )
}
