import type { ImportedCase } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { given, oneOf, usage, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { onErrand } from '../hand-over.ts'
import { counted } from '../layout.ts'
import { printMet } from '../print-met.ts'
import { printJson, type Terminal } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly format: string
  readonly case?: string
  readonly into?: string
  readonly json?: boolean
}

/** `import FILE`: a STIX bundle or MISP event of somebody else, or a case of another tool; searched for in all logs at once. */
export const registerImport: Register = (program, context) => {
  const command = withWorkspace(program.command('import'))
    .description('take in what others share as a file, and search all logs for it at once')
    .argument('<file>', 'a STIX 2.1 bundle of any size, a MISP event, or the JSON of a case of DFIR-IRIS or TheHive')
    .option('--format <format>', 'stix, misp, iris or thehive', 'stix')
    .option('--case <id>', 'search only the logs of this case; needed for an exercise')
    .option('--into <id>', 'iris, thehive: write into this case; one of its title is opened when absent')
    .option('--json', 'as one JSON document')
    .action(async (file: string, options: Options) => {
      const format = oneOf(options.format, ['stix', 'misp', 'iris', 'thehive'] as const, '--format')
      if (format === 'iris' || format === 'thehive') {
        const asked = { file, format, ...given('into', options.into), ...given('caseId', options.case) }
        const brought = await onErrand(context, { ...options, command: 'import' }, ({ intake }, watch) =>
          intake.case(asked, watch),
        )
        if (brought.faults.length > 0) context.exit(exitCodes.badInput)
        if (options.json === true) return printJson(context.terminal, brought)
        return printBrought(context.terminal, brought)
      }
      if (options.into !== undefined)
        throw usage('--into goes with --format iris or thehive', 'a bundle opens its own case where it hits')
      const met = await onErrand(context, { ...options, command: 'import' }, ({ intake }, watch) =>
        intake.file({ file, format, ...given('caseId', options.case) }, watch),
      )
      if (!met.whole || met.faults.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, met)
      context.terminal.out(`${counted(met.objects, met.format === 'stix' ? 'object' : 'attribute')} read\n`)
      if (!met.whole) context.terminal.err('the file ends too early; what came before its end was read\n')
      printMet(context.terminal, met)
    })
  withExamples(
    command,
    [
      'import peers/october.stix.json',
      'import event-2041.json --format misp --json',
      'import iris-case-12.json --format iris --into meridian',
    ],
    'Indicators and rules are kept with their source, date, TLP and PAP; investigate and watch look for the indicators from then on.',
  )
}

function printBrought(terminal: Terminal, brought: ImportedCase): void {
  const { tool, into, exhibit, entries, tasks, notSearched } = brought
  terminal.out(
    `from ${tool} into the case ${into}: ${exhibit}, ${counted(entries, 'entry', 'entries')}, ${counted(tasks, 'task')}; everything stands in your name, with its place in ${exhibit}\n`,
  )
  if (notSearched > 0) terminal.out(`${counted(notSearched, 'observable')} not called bad there: nothing is searched for them\n`)
  printMet(terminal, brought)
}
