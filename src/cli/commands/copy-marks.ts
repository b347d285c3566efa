import {
  acknowledgeCopy,
  exportCopy,
  readAllowance,
  readMarks,
  readRecordMap,
  type ExportedCopy,
  type SampleMarks,
} from '../../app/index.ts'
import { exitCodes, percent } from '../../base/index.ts'
import { markGroupsOf } from '../../marks/index.ts'
import { given, group, needed, usage, wholeNumber, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { passwordsOf, withPasswords, type PasswordOption } from '../password-option.ts'
import { printFaults, printJson } from '../terminal.ts'

interface ExportOptions extends WorkspaceOptions {
  readonly file?: string
  readonly holder?: string
  readonly system?: string
  readonly asOf?: string
  readonly out?: string
  readonly id?: string
  readonly validOn?: string
  readonly allow?: string
  readonly forms?: string
  readonly map?: string
  readonly fields?: string
  readonly country?: string
  readonly rowFilter?: string
  readonly pool?: string
  readonly density?: string
  readonly canaries?: string
  readonly canaryCount: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

interface MarksOptions extends WorkspaceOptions, PasswordOption {
  readonly country?: string
  readonly json?: boolean
}

interface AcknowledgeOptions extends WorkspaceOptions {
  readonly signature?: string
  readonly key?: string
  readonly scan?: string
  readonly json?: boolean
}

/** `copy export`, `copy marks`, `copy acknowledge`: extracts handed out with marks, and their marks read back. */
export const registerCopyMarks: Register = (program, context) => {
  const copy = group(program, 'copy', "dated copies of customers' records that a sample is compared with")
  const exported = withWorkspace(copy.command('export'))
    .description('cut an extract for one recipient: marked row by row, with a signed manifest, registered as a copy')
    .option('--file <file>', 'the rows to hand out: CSV, JSON lines or SQL dump')
    .option('--holder <name>', 'who receives it')
    .option('--system <name>', 'system it is cut from')
    .option('--as-of <day>', 'day its values are of, YYYY-MM-DD')
    .option(
      '--valid-on <day>',
      'of a history (valid_from, valid_to) hand out the rows valid on this day (the day of --as-of when absent)',
    )
    .option('--out <file>', 'where the extract is written; manifest and acknowledgement stand beside it')
    .option('--id <id>', 'name of the extract: a-z, 0-9 and hyphens (made from holder, system and day when absent)')
    .option('--forms <forms>', 'marks allowed in every column, of spacing,punctuation,case,abbreviation,dates,codes')
    .option(
      '--allow <file>',
      'marks allowed by column, JSON or TOML: {"address": ["spacing", "punctuation"]}; others stay untouched',
    )
    .option('--map <file>', 'JSON or TOML of column name to meaning, as in copy add; "text": free text nothing is compared with')
    .option('--fields <names>', 'columns handed out, by comma (all when absent)')
    .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
    .option('--row-filter <text>', 'which rows these are, in words; stands in the manifest')
    .option(
      '--pool <group>',
      'recipients that may pool their copies share one group (from the second extract of a system on: that system)',
    )
    .option('--density <share>', 'share of the possible marks that is set, above 0 to 1 (0.5 when absent)')
    .option('--canaries <file>', 'numbers the operator owns, one a line or a table with the columns of the source')
    .option('--canary-count <n>', 'canary rows to insert', '3')
    .option('--dry-run', 'say what would be marked and write nothing')
    .option('--json', '{extract, counts, columns, expectations, canaries, manifest} as one JSON document')
    .action((options: ExportOptions) => runExport(context, options))
  withExamples(
    exported,
    [
      'copy export --file crm.csv --holder "Straits Billing" --system CRM --as-of 2026-03-31 --out straits.csv --country MY --dry-run',
      'copy export --file crm.csv --holder "Straits Billing" --system CRM --as-of 2026-03-31 --out straits.csv --allow forms.json',
      'copy export --file crm.csv --holder "Straits Billing" --system CRM --as-of 2026-03-31 --out straits.csv --canaries own-numbers.txt',
    ],
    'Marks are spellings of free text (default: spacing,punctuation,case). Identifiers are never touched and no value changes what it means.',
  )

  const marks = withPasswords(withWorkspace(copy.command('marks')))
    .description('read the marks in samples: which extract they come from, and what survived')
    .argument('<sample...>', 'CSV, JSON lines or SQL dump')
    .option('--country <code>', 'country of numbers written the national way (that of the extracts when absent)')
    .option('--json', '[{sample, rows, extracts[]}] as one JSON document')
    .action((samples: string[], options: MarksOptions) => runMarks(context, samples, options))
  withExamples(
    marks,
    ['copy marks sample.csv', 'copy marks sample.csv --json'],
    'The marks say which extract a sample was copied from, never who passed it on.',
  )

  const acknowledged = withWorkspace(copy.command('acknowledge'))
    .description("check and record a recipient's acknowledgement of an extract")
    .argument('<extract>', 'name of the extract')
    .option('--signature <file>', 'signature (base64) over the acknowledgement text')
    .option('--key <file>', "the recipient's Ed25519 public key in PEM")
    .option('--scan <file>', 'scan of the signed paper: its hash is recorded')
    .option('--json', 'what was recorded as one JSON document')
    .action((extract: string, options: AcknowledgeOptions) => runAcknowledge(context, extract, options))
  withExamples(acknowledged, [
    'copy acknowledge straits-billing-crm-2026-03-31 --signature straits.sig --key straits.pem',
    'copy acknowledge straits-billing-crm-2026-03-31 --scan receipt.pdf',
  ])
}

async function runExport(context: CommandContext, options: ExportOptions): Promise<void> {
  const hint =
    'write: breachline copy export --file crm.csv --holder "Straits Billing" --system CRM --as-of 2026-03-31 --out straits.csv'
  if (options.allow !== undefined && options.forms !== undefined)
    throw usage('--allow and --forms do not go together', 'give the forms by column, or for all columns')
  const allowance =
    options.allow === undefined
      ? options.forms === undefined
        ? undefined
        : markGroupsOf(options.forms.split(','))
      : readAllowance(options.allow)
  const dryRun = options.dryRun === true
  const copy = {
    file: needed(options.file, '--file', hint),
    holder: needed(options.holder, '--holder', hint),
    system: needed(options.system, '--system', hint),
    asOf: needed(options.asOf, '--as-of', hint),
    out: dryRun ? (options.out ?? '') : needed(options.out, '--out', hint),
    ...given('validOn', options.validOn),
    ...given('id', options.id),
    ...given('allowance', allowance),
    ...given('meanings', options.map === undefined ? undefined : readRecordMap(options.map)),
    ...given(
      'fields',
      options.fields?.split(',').map((name) => name.trim()),
    ),
    ...given('country', options.country),
    ...given('rowFilter', options.rowFilter),
    ...given('pool', options.pool),
    ...given('density', options.density === undefined ? undefined : shareOf(options.density)),
    ...given(
      'canaries',
      options.canaries === undefined
        ? undefined
        : { file: options.canaries, count: wholeNumber(options.canaryCount, '--canary-count') },
    ),
  }
  const done = await inWorkspace(context, { ...options, command: 'copy export' }, (open) => exportCopy({ ...open, copy, dryRun }))
  if (options.json === true) return printJson(context.terminal, done)
  printExport(context, done, copy.out)
}

function printExport({ terminal }: CommandContext, done: ExportedCopy, out: string): void {
  const { counts } = done
  const verb = done.written ? 'written' : 'would be written'
  terminal.out(
    `${done.extract}: ${counted(counts.rows, 'row')} ${verb}, ${counts.markedRows.toLocaleString('en-US')} with marks\n`,
  )
  if (done.validOn !== null) terminal.out(`  the source is a history: the rows valid on ${done.validOn} were taken\n`)
  if (counts.withoutIdentifier > 0)
    terminal.out(`  ${counted(counts.withoutIdentifier, 'row')} without an identifier: cannot be marked\n`)
  if (done.pool !== null) terminal.out(`  pool "${done.pool}": recipients who join their copies can still be told\n`)
  const rows = done.columns.map((one) => [
    `  ${one.name}`,
    one.role,
    one.marks.length === 0
      ? 'untouched'
      : one.marks
          .map((kind) => {
            const sites = counts.sites.find((site) => site.column === one.name && site.kind === kind)?.sites
            return sites === undefined ? kind : `${kind} ${sites.toLocaleString('en-US')}`
          })
          .join(', '),
  ])
  terminal.out(`\n${columns([['  column', 'taken for', 'marks (sites)'], ...rows], 1_000)}\n`)
  const needs = done.expectations.map((one) => [
    `  ${one.treatment}`,
    one.bitsPerRow.toFixed(2),
    ...one.rowsNeeded.map((need) => (need.rows === null ? 'not enough' : need.rows.toLocaleString('en-US'))),
  ])
  const head = ['  sample', 'bits a row', 'rows for 10^6 : 1', '5 % changed', '20 % changed']
  terminal.out(`\n${columns([head, ...needs], 1_000)}\n`)
  for (const one of counts.examples)
    terminal.out(
      `\n  ${one.column} (letters and digits hidden)\n    before  ${oneLine(one.before)}\n    after   ${oneLine(one.after)}\n`,
    )
  if (done.dates !== null) terminal.out(`\ndates of this extract are written as ${done.dates}\n`)
  if (done.codes !== null) terminal.out(`\ncodes of this extract: ${done.codes}\n`)
  printCanaries(terminal, done)
  if (done.written)
    terminal.out(`\nhand over: ${out}, ${out}.manifest.json, ${out}.acknowledgement.txt (to be signed and returned)\n`)
  else terminal.out('\nnothing was written\n')
  printFaults(terminal, done.faults, { total: done.faultCount })
}

function printCanaries(terminal: CommandContext['terminal'], { canaries }: ExportedCopy): void {
  if (canaries.rows === 0) return
  const chances = canaries.chances.map((one) => `${percent(one.chance)} of samples of ${counted(one.sample, 'row')}`)
  terminal.out(
    `\n${counted(canaries.rows, 'canary row')}: seen in ${chances.length === 0 ? 'hardly any sample' : chances.join(', ')}; that none is seen says nothing. A call or message to one of these numbers shows use of this copy.\n`,
  )
  if (canaries.emptyColumns.length > 0)
    terminal.out(
      `  left empty in canary rows, which may give them away: ${canaries.emptyColumns.join(', ')}; give them in --canaries\n`,
    )
}

function shareOf(text: string): number {
  const share = Number(text)
  if (/^\d*\.?\d{1,6}$/.test(text) && share > 0 && share <= 1) return share
  throw usage(`--density "${text}" is no share`, 'give a number above 0 and at most 1, such as 0.5')
}

async function runMarks(context: CommandContext, samples: readonly string[], options: MarksOptions): Promise<void> {
  const found = await inWorkspace(context, { ...options, command: 'copy marks' }, (open) =>
    readMarks({ ...open, paths: samples, ...given('country', options.country), ...passwordsOf(options) }),
  )
  if (found.every((one) => one.rows === 0)) context.exit(exitCodes.badInput)
  if (options.json === true) return printJson(context.terminal, found)
  for (const one of found) printMarks(context, one)
}

function printMarks({ terminal }: CommandContext, one: SampleMarks): void {
  const name = oneLine(one.sample)
  if (one.extracts.length === 0) terminal.out(`${name}: no extract was handed out from this workspace\n`)
  const carried = one.extracts.filter((reading) => reading.carries)
  for (const reading of carried) terminal.out(`${name}: ${oneLine(reading.statement)}\n`)
  const best = one.extracts[0]
  if (carried.length === 0 && best !== undefined) terminal.out(`${name}: ${oneLine(best.statement)}\n`)
  const rows = one.extracts
    .slice(0, 12)
    .map((reading) => [
      `  ${reading.extract}`,
      `${reading.rowsFound} of ${one.compared}`,
      `${reading.agreeing} of ${reading.sites}`,
      reading.log10LR.toFixed(1),
      reading.againstChance.log10P.toFixed(1),
      reading.log10Binomial?.toFixed(1) ?? '',
      String(reading.canaries),
    ])
  const head = ['  extract', 'rows found', 'sites as set', 'log10 LR', 'log10 p, fresh keys', 'log10 p, coins', 'canaries']
  if (rows.length > 0) terminal.out(`\n${columns([head, ...rows], 1_000)}\n`)
  for (const reading of carried) {
    const survived = reading.survived.map((site) => [
      `  ${site.column}`,
      site.kind,
      site.state,
      `${site.agreeing} of ${site.read} read, ${site.sites} set`,
    ])
    terminal.out(`\nwhat survived of ${reading.extract}:\n${columns(survived, 1_000)}\n`)
    if (reading.dates !== null) terminal.out(`  dates: ${reading.dates.state} (handed out as ${reading.dates.handedOut})\n`)
  }
  terminal.out('\nthe marks show which copy the rows come from, not who passed it on\n')
  printFaults(terminal, one.faults)
}

async function runAcknowledge(context: CommandContext, extract: string, options: AcknowledgeOptions): Promise<void> {
  const { signature, key, scan } = options
  if ((scan === undefined) === (signature === undefined) || (signature !== undefined && key === undefined))
    throw usage('a signature with its key, or a scan, is needed', 'give --signature FILE --key FILE, or --scan FILE')
  const returned = scan === undefined ? { signature: signature ?? '', publicKey: key ?? '' } : { scan }
  const done = await inWorkspace(context, { ...options, command: 'copy acknowledge' }, (open) =>
    Promise.resolve(acknowledgeCopy({ ...open, extract, returned })),
  )
  if (options.json === true) return printJson(context.terminal, done)
  const how =
    done.how === 'signature'
      ? `the signature holds, made with the key ${done.proof.slice(0, 16)}`
      : `a scan with SHA-256 ${done.proof} is recorded; nobody has checked the hand`
  context.terminal.out(`${done.extract}: ${how}\n`)
}
