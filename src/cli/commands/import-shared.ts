import { importShared } from '../../app/index.ts'
import { exitCodes } from '../../base/index.ts'
import { given, oneOf, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { counted } from '../layout.ts'
import { printMet } from '../print-met.ts'
import { printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly format: string
  readonly case?: string
  readonly json?: boolean
}

/** `import FILE`: a STIX bundle or MISP event of somebody else, searched for in all logs at once. */
export const registerImport: Register = (program, context) => {
  const command = withWorkspace(program.command('import'))
    .description('take in what others share as a file, and search all logs for it at once')
    .argument('<file>', 'a STIX 2.1 bundle of any size, or a MISP event')
    .option('--format <format>', 'stix or misp', 'stix')
    .option('--case <id>', 'search only the logs of this case; needed for an exercise')
    .option('--json', 'as one JSON document')
    .action(async (file: string, options: Options) => {
      const format = oneOf(options.format, ['stix', 'misp'] as const, '--format')
      const met = await inWorkspace(context, { ...options, command: 'import' }, ({ workspace, signer, watch }) =>
        importShared({ workspace, signer, file, format, watch, ...given('caseId', options.case) }),
      )
      if (!met.whole || met.faults.length > 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, met)
      context.terminal.out(`${counted(met.objects, met.format === 'stix' ? 'object' : 'attribute')} read\n`)
      if (!met.whole) context.terminal.err('the file ends too early; what came before its end was read\n')
      printMet(context.terminal, met)
    })
  withExamples(
    command,
    ['import peers/october.stix.json', 'import event-2041.json --format misp --json'],
    'Indicators and rules are kept with their source, date, TLP and PAP; investigate and watch look for the indicators from then on.',
  )
}
