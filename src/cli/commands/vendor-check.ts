import type { Command } from 'commander'
import { hashOfSample, requestEvidence, verifyVendorCheck } from '../../app/index.ts'
import { given, group, needed, usage, wholeNumber, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { printJson } from '../terminal.ts'
import { watching } from '../watching.ts'
import { answer, ask, commit, read } from './vendor-check-steps.ts'

interface RequestOptions extends WorkspaceOptions {
  readonly out?: string
  readonly json?: boolean
  readonly case?: string
  readonly vendor?: string
  readonly operator?: string
  readonly period?: string
  readonly artefact: readonly string[]
  readonly hash?: string
  readonly rows?: string
  readonly sample?: string
  readonly due?: string
}

/** `vendor-check`: asking a vendor for records, and whether the sample stands in what it holds, without either side showing its records. */
export const registerVendorCheck: Register = (program, context) => {
  const all = group(program, 'vendor-check', 'ask a vendor: for records, and whether a sample stands in what it holds')
  all.addHelpText('after', steps)
  request(all, context)
  commit(all, context)
  ask(all, context)
  answer(all, context)
  read(all, context)
  verify(all, context)
}

const steps = `
The check goes by files, by hand:
  1. vendor     commit   writes commitment.json (send it now) and set.bin (send it with the answer)
  2. operator   ask      writes ask.json from the sample and from rows it knows it handed over
  3. vendor     answer   writes answer.json; send it with set.bin
  4. operator   read     says how many rows stand in the set, and writes a transcript
  5. anybody    verify   checks the transcript without any secret
By default the operator learns how many rows, never which, and the vendor learns how many were asked.
`

function request(all: Command, context: CommandContext): void {
  const command = withWorkspace(all.command('request'))
    .description('a letter that asks a vendor for logs, export jobs and access lists; sends nothing')
    .option('--case <id>', 'the case')
    .option('--vendor <name>', 'who is asked')
    .option('--operator <name>', 'who asks; the operator of the case when absent')
    .option('--period <days>', 'FROM..TO, both days included')
    .option('--artefact <text>', 'something wanted beside logs, export jobs and access lists; may be repeated', collected, [])
    .option('--sample <file>', 'the sample; its SHA-256 is written into the letter, nothing else of it')
    .option('--hash <sha256>', 'the SHA-256 instead of the file')
    .option('--rows <n>', 'number of its rows')
    .option('--due <day>', 'day by which an answer is asked for')
    .option('--out <dir>', 'folder for the letter and the JSON document', '.')
    .option('--json', '{letter, document} as one JSON document')
    .action(async (options: RequestOptions) => {
      const hint = 'see "breachline vendor-check request --help" for an example'
      const [from, to, more] = needed(options.period, '--period', hint).split('..')
      if (from === undefined || to === undefined || more !== undefined)
        throw usage(`--period "${options.period ?? ''}" is no period`, 'write it as 2026-01-01..2026-09-30')
      const hash = options.hash ?? (await hashOfSample(needed(options.sample, '--sample or --hash', hint)))
      const terms = {
        case: needed(options.case, '--case', hint),
        vendor: needed(options.vendor, '--vendor', hint),
        due: needed(options.due, '--due', hint),
        out: options.out ?? '.',
        artefacts: options.artefact,
        sha256: hash,
        from,
        to,
        ...given('operator', options.operator),
        ...given('rows', options.rows === undefined ? undefined : wholeNumber(options.rows, '--rows')),
      }
      const written = await inWorkspace(context, { ...options, command: 'vendor-check request' }, (open) =>
        Promise.resolve(requestEvidence(open, terms)),
      )
      if (options.json === true) return printJson(context.terminal, written)
      context.terminal.out(
        `written: ${written.letter}\nwritten: ${written.document}\nFill in the legal basis, have the letter read, then send it yourself. Not legal advice.\n`,
      )
    })
  withExamples(command, [
    'vendor-check request --case meridian --vendor "Straits Billing" --period 2026-01-01..2026-09-30 --sample sample.csv --rows 1886 --due 2026-10-14',
    'vendor-check request --case meridian --vendor "Straits Billing" --period 2026-01-01..2026-09-30 --artefact "list of sub-processors" --hash HASH --due 2026-10-14 --out letters',
  ])
}

function verify(all: Command, context: CommandContext): void {
  const command = all
    .command('verify')
    .description('check a transcript without any secret')
    .option('--transcript <file>', 'the transcript')
    .option('--json', '{case, mode, hits, sizes, checked, notChecked, sentences} as one JSON document')
    .action(async (options: { readonly transcript?: string; readonly json?: boolean }) => {
      const file = needed(
        options.transcript,
        '--transcript',
        'write: breachline vendor-check verify --transcript transcript.json',
      )
      const check = await watching(context, (watch) => verifyVendorCheck(file, watch))
      if (options.json === true) return printJson(context.terminal, check)
      const { terminal } = context
      terminal.out(`the transcript of case ${check.case} holds\n\nchecked:\n${check.checked.map((one) => `  ${one}\n`).join('')}`)
      terminal.out(`not checked, and not to be had from a transcript:\n${check.notChecked.map((one) => `  ${one}\n`).join('')}\n`)
      for (const sentence of check.sentences) terminal.out(`${sentence}\n`)
    })
  withExamples(command, ['vendor-check verify --transcript transcript.json'])
}
