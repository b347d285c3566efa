import { coverageFiles } from '../../app/index.ts'
import { given, usage, utcDay, withExamples } from '../arguments.ts'
import { withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { caseMeant, onErrand } from '../hand-over.ts'
import { counted } from '../layout.ts'
import { printCoverage } from '../print-coverage.ts'
import { printFaults, printJson } from '../terminal.ts'
import { watching } from '../watching.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly zone?: string
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

/** `coverage PATH...|--case ID`: what logs reach, where they are not complete, and what could have been seen. */
export const registerCoverage: Register = (program, context) => {
  const command = withWorkspace(program.command('coverage'))
    .description('what the logs cover: periods, missing records, cleared logs, clock jumps, techniques that could have been seen')
    .argument('[path...]', 'logs or folders of logs; without them the coverage of the case')
    .option('--case <id>', 'the case whose last investigation is shown; may be left out when there is only one')
    .option('--zone <zone>', 'zone of times that state none, such as +08:00')
    .option('--from <day>', 'with --to: count visible techniques between these days (UTC) too')
    .option('--to <day>', 'see --from')
    .option('--json', 'the coverage as one JSON document')
    .action(async (paths: string[], options: Options) => {
      const { terminal } = context
      if (paths.length === 0) {
        if (options.from !== undefined || options.to !== undefined)
          throw usage(
            '--from and --to go with logs',
            'give the logs too: breachline coverage ./logs --from 2026-01-06 --to 2026-01-20',
          )
        const { view } = await onErrand(context, { ...options, command: 'coverage' }, async (errand) =>
          errand.page(await caseMeant(errand, options.case)),
        )
        if (options.json === true) return printJson(terminal, { coverage: view.coverage, faults: view.faults.total })
        return printCoverage(terminal, view.coverage)
      }
      if (options.case !== undefined)
        throw usage('give logs or --case, not both', 'files that count for a case are taken in with "breachline investigate"')
      const period = periodOf(options)
      const read = await watching(context, (watch) =>
        coverageFiles({ paths, ...given('zone', options.zone), ...given('period', period), watch }),
      )
      if (options.json === true) return printJson(terminal, read)
      printCoverage(terminal, read.coverage)
      terminal.out(`\n${counted(read.events, 'event')} in ${counted(read.files, 'file')}\n`)
      if (read.skipped.length > 0) terminal.err(`${counted(read.skipped.length, 'file')} skipped, no log\n`)
      printFaults(terminal, read.faultList, { most: 5, total: read.faults })
    })
  withExamples(
    command,
    ['coverage ./logs', 'coverage ./logs --from 2026-01-06 --to 2026-01-20 --json', 'coverage --case meridian'],
    'Missing records are counted where the source numbers them. "Could have shown" means that a record of the kind an analytic rests on\noccurs; it never means that nothing happened. "breachline preserve list" says which logs are overwritten next.',
  )
}

function periodOf({ from, to }: Options): { from: string; to: string } | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined) throw usage('--from and --to go together', 'give both days, such as 2026-01-06')
  return { from: utcDay(from, '--from'), to: `${utcDay(to, '--to')}T23:59:59.999999Z` }
}
