import { answerWith, keptAnswer, provenanceFiles, readRecordMap, type SampleVerdict } from '../../app/index.ts'
import { given, usage, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { passwordsOf, withPasswords, type PasswordOption } from '../password-option.ts'
import { printFaults, printJson } from '../terminal.ts'
import { printVerdict } from './print-verdict.ts'
import { priorOption } from './prior-option.ts'
import { exitCodes, printable, type Fault } from '../../base/index.ts'

interface Options extends WorkspaceOptions, PasswordOption {
  readonly case?: string
  readonly map?: string
  readonly country?: string
  readonly prior?: string
  readonly json?: boolean
}

type Shown = SampleVerdict & { readonly faults?: readonly Fault[] }

/** `provenance SAMPLE...`: real, recycled or fabricated; whose copy it agrees with, as of which day. */
export const registerProvenance: Register = (program, context) => {
  const command = withPasswords(withWorkspace(program.command('provenance')), '; with --case they stay with your keys')
    .description('judge samples against the registered copies and leaks')
    .argument('[sample...]', 'tables, dumps, workbooks, text or archives; without one, --case shows what the case holds')
    .option('--map <file>', 'JSON or TOML of column name to meaning')
    .option('--country <code>', 'country of numbers written the national way (that of the copies when absent)')
    .option(
      '--prior <shares>',
      'another prior than the standing one, in your name: unknown=0.3,invention=0.02,leaks=0.1; or a .json file that names who set it',
    )
    .option('--case <id>', 'take the samples into this case and investigate it anew')
    .option('--json', 'the verdict as one JSON document; an array for several samples')
    .action(async (samples: string[], options: Options) => {
      if (samples.length === 0 && options.case === undefined)
        throw usage('no sample given', 'give a file: breachline provenance sample.csv')
      if (options.case !== undefined && options.prior !== undefined)
        throw usage('--prior judges a file alone; a case keeps the standing one', 'leave --case out')
      const verdicts = await inWorkspace(
        context,
        { ...options, command: 'provenance' },
        async (open): Promise<readonly Shown[]> => {
          const map = options.map === undefined ? undefined : readRecordMap(options.map)
          if (options.case === undefined)
            return provenanceFiles({
              ...open,
              paths: samples,
              ...passwordsOf(options),
              ...given('map', map),
              ...given('country', options.country),
              ...given('prior', options.prior === undefined ? undefined : priorOption(options.prior, open.signer.name)),
            })
          const caseId = options.case
          const rule = map === undefined ? {} : { rule: { map: { ...map } } }
          const answer =
            samples.length === 0
              ? keptAnswer(open.workspace, caseId)
              : await answerWith({
                  ...open,
                  caseId,
                  files: [{ paths: samples, role: 'sample', ...rule }],
                  ...passwordsOf(options),
                })
          return [...(answer.provenance === null ? [] : [answer.provenance]), ...answer.furtherSamples]
        },
      )
      if (verdicts.length > 0 && verdicts.every((one) => one.read === 0)) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, verdicts.length === 1 ? verdicts[0] : verdicts)
      if (verdicts.length === 0) context.terminal.out('the case holds no sample\n')
      for (const [at, verdict] of verdicts.entries()) {
        if (at > 0) context.terminal.out('\n')
        printVerdict(context.terminal, verdict)
        if (verdict.dayOne !== undefined) context.terminal.out(`\nfirst day: ${printable(verdict.dayOne.statement)}\n`)
        printFaults(context.terminal, verdict.faults ?? [])
      }
    })
  withExamples(
    command,
    [
      'provenance sample.csv',
      'provenance sample.csv --map columns.json --json',
      'provenance sample.7z --password-file sample.pw',
      'provenance sample.csv --prior unknown=0.3',
      'provenance sample.csv --prior prior.json',
      'provenance sample.csv --case meridian',
    ],
    'Register what to compare with first: breachline copy add --help. The posterior rests on a stated prior; the log10 LR does not.',
  )
}
