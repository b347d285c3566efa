import { answerWith, keptAnswer, provenanceFiles, readRecordMap, type SampleVerdict } from '../../app/index.ts'
import { citeText } from '../../evidence/index.ts'
import { given, usage, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine, percent } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'
import { exitCodes, type Fault } from '../../base/index.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly map?: string
  readonly country?: string
  readonly json?: boolean
}

type Shown = SampleVerdict & { readonly faults?: readonly Fault[] }

/** `provenance SAMPLE...`: real, recycled or fabricated; whose copy it agrees with, as of which day. */
export const registerProvenance: Register = (program, context) => {
  const command = withWorkspace(program.command('provenance'))
    .description('judge samples against the registered copies and leaks')
    .argument('[sample...]', 'CSV, JSON lines or SQL dump; without one, --case shows what the case holds')
    .option('--map <file>', 'JSON or TOML of column name to meaning')
    .option('--country <code>', 'country of numbers written the national way (that of the copies when absent)')
    .option('--case <id>', 'take the samples into this case and investigate it anew')
    .option('--json', 'the verdict as one JSON document; an array for several samples')
    .action(async (samples: string[], options: Options) => {
      if (samples.length === 0 && options.case === undefined)
        throw usage('no sample given', 'give a file: breachline provenance sample.csv')
      const verdicts = await inWorkspace(
        context,
        { ...options, command: 'provenance' },
        async (open): Promise<readonly Shown[]> => {
          const map = options.map === undefined ? undefined : readRecordMap(options.map)
          if (options.case === undefined)
            return provenanceFiles({ ...open, paths: samples, ...given('map', map), ...given('country', options.country) })
          const caseId = options.case
          const rule = map === undefined ? {} : { rule: { map: { ...map } } }
          const answer =
            samples.length === 0
              ? keptAnswer(open.workspace, caseId)
              : await answerWith({ ...open, caseId, files: [{ paths: samples, role: 'sample', ...rule }] })
          return [...(answer.provenance === null ? [] : [answer.provenance]), ...answer.furtherSamples]
        },
      )
      if (verdicts.length > 0 && verdicts.every((one) => one.read === 0)) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, verdicts.length === 1 ? verdicts[0] : verdicts)
      if (verdicts.length === 0) context.terminal.out('the case holds no sample\n')
      for (const verdict of verdicts) printVerdict(context, verdict)
    })
  withExamples(
    command,
    ['provenance sample.csv', 'provenance sample.csv --map columns.json --json', 'provenance sample.csv --case meridian'],
    'Register what to compare with first: breachline copy add --help. The posterior rests on a stated prior; the log10 LR does not.',
  )
}

function printVerdict({ terminal }: CommandContext, one: Shown): void {
  const kinds = Object.entries(one.kind).map(([name, share]) => `${name} ${percent(share)}`)
  terminal.out(`${oneLine(one.sample)}: ${oneLine(one.statement)}\n`)
  terminal.out(`  ${counted(one.rows, 'row')}, ${one.read} read, ${one.identified} with an identifier; ${kinds.join(', ')}\n\n`)
  const sources = one.sources
    .slice(0, 8)
    .map((source) => [
      `  ${source.copy}`,
      source.holder,
      source.system,
      percent(source.posterior),
      source.log10LR.toFixed(1),
      `${source.rowsInside} / ${source.rowsAgreeing}`,
      source.asOf === undefined ? '' : `${source.asOf.day} (${source.asOf.from} to ${source.asOf.to})`,
    ])
  const others = [
    ['  an unknown copy', '', '', percent(one.unknownCopy)],
    ...one.knownLeaks.map((leak) => [`  ${leak.leak}`, 'known leak', '', percent(leak.posterior), '', percent(leak.containment)]),
    ['  fabricated', '', '', percent(one.fabricated)],
  ]
  const head = ['  answer', 'holder', 'system', 'posterior', 'log10 LR', 'rows inside / agreeing', 'as of']
  terminal.out(`${columns([head, ...sources, ...others], 1_000)}\n\n`)
  for (const ground of one.grounds)
    terminal.out(
      `  - ${oneLine(ground.text)} [${ground.cites
        .slice(0, 3)
        .map((cite) => oneLine(citeText(cite)))
        .join('; ')}]\n`,
    )
  terminal.out(`  ${oneLine(one.prior)}\n  ${oneLine(one.calibration)}\n`)
  printFaults(terminal, one.faults ?? [])
}
