import type { Export } from '../../app/index.ts'
import { given, isoMoment, oneOf, usage, withExamples } from '../arguments.ts'
import { withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { inErrand } from '../hand-over.ts'
import { writeOut } from '../write-out.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly out?: string
  readonly json?: boolean
}

/** `report`: the case as a document; what leaves is recorded in the chain of custody by its hash. */
export const registerReport: Register = (program, context) => {
  const report = withWorkspace(program.command('report'))
    .description('the case as one self-contained document')
    .option('--case <id>', 'the case; may be left out when there is only one')
    .option('--format <format>', 'html, json, or sitrep: known, not known, decided, next, by whom', 'html')
    .option('--since <time>', 'with sitrep: what came since (ISO 8601 with zone)')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--release-holders', 'name the holders of copies; without it they are "Holder A", "Holder B"')
    .option('--json', 'the same as --format json; with sitrep the sitrep as one JSON document')
    .action(async (options: Options & { format: string; since?: string; releaseHolders?: boolean }) => {
      const releaseHolders = options.releaseHolders === true
      const asked = oneOf(options.format, ['html', 'json', 'sitrep'] as const, '--format')
      if (asked === 'sitrep') {
        const since = options.since === undefined ? undefined : isoMoment(options.since, '--since').at
        const json = options.json === true
        return leave(
          context,
          { ...options, command: 'report' },
          { kind: 'sitrep', json, releaseHolders, ...given('since', since) },
        )
      }
      if (options.since !== undefined)
        throw usage('--since goes with --format sitrep', 'write: breachline report --format sitrep --since TIME')
      const format = options.json === true ? 'json' : asked
      await leave(context, { ...options, command: 'report' }, { kind: 'report', format, releaseHolders })
    })
  withExamples(
    report,
    [
      'report --case meridian --out report.html',
      'report --case meridian --format json --out report.json',
      'report --case meridian --format sitrep --since 2026-10-06T18:00:00+08:00',
      'report --case meridian --release-holders --out for-counsel.html',
    ],
    'States what persons adopted and marks what is only proposed. The custody head in it is the one before the report was made.',
  )
}

async function leave(context: CommandContext, options: Options & { readonly command: string }, what: Export): Promise<void> {
  const text = await inErrand(context, options.command, options, (errand, id) => errand.leave(id, what))
  writeOut(context, { text, ...given('file', options.out) })
}
