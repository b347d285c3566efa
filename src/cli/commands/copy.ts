import {
  copyTermsFile,
  livePassword,
  readRecordMap,
  registerFile,
  registerLive,
  shownCopy,
  updateCopy,
  type KeptCopy,
  type NewCopy,
} from '../../app/index.ts'
import { join } from 'node:path'
import type { CopyDetails } from '../../provenance/index.ts'
import { given, group, needed, oneOf, usage, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { passwordsOf, withPasswords, type PasswordOption } from '../password-option.ts'
import { printFaults, printJson } from '../terminal.ts'
import { listCopies } from './copy-list.ts'
import { printCopy } from './copy-show.ts'

interface Options extends WorkspaceOptions, PasswordOption {
  readonly file?: string
  readonly sheet?: string
  readonly id?: string
  readonly map?: string
  readonly country?: string
  readonly json?: boolean
}

interface CopyOptions extends Options {
  readonly manifest?: string
  readonly holder?: string
  readonly system?: string
  readonly asOf?: string
  readonly kind?: string
  readonly history?: boolean
  readonly fields?: string
  readonly rowFilter?: string
  readonly ended?: string
  readonly operator: readonly string[]
  readonly live?: string
  readonly columns?: string
  readonly whereColumn: readonly string[]
  readonly whereValue: readonly string[]
  readonly zone?: string
  readonly authority?: string
}

const addHint = 'write: breachline copy add --holder "Straits Billing" --system CRM --as-of 2026-09-30 --file extract.csv'

/** `copy add|list|show|update`, `leak add`: what a sample is compared with. */
export const registerCopies: Register = (program, context) => {
  const copy = group(program, 'copy', "dated copies of customers' records that a sample is compared with")
  const add = withTable(copy.command('add'), '; live: the password alone')
    .description('register a dated copy: tokens only, no personal value is kept')
    .option('--holder <name>', 'company or department that holds it')
    .option('--system <name>', 'system it was cut from')
    .option(
      '--as-of <day>',
      'day its values are of, YYYY-MM-DD; for a history the last day; for a live table the day of the read',
    )
    .option('--kind <kind>', 'own: a system of the operator; extract: handed out to the holder (default: extract; live: own)')
    .option('--history', 'rows are versions with valid_from and valid_to')
    .option('--manifest <file>', 'TOML or JSON: all of this, format, receipt, and where its bytes have been')
    .option('--fields <names>', 'fields as agreed, with commas between')
    .option('--row-filter <text>', 'which rows were agreed to be in it')
    .option('--operator <name>', 'operator whose subscribers stand in it (repeat for an aggregator)', collected, [])
    .option('--ended <day>', 'day on which the work with the holder ended')
    .option('--live <address>', 'a table of a running PostgreSQL, MySQL or ClickHouse instead of a file; never with a password')
    .option('--columns <names>', 'live: columns to read, with commas between (all when absent)')
    .option('--where-column <name>', 'live: only rows whose column equals the value (repeat in pairs)', collected, [])
    .option('--where-value <value>', 'live: the value for --where-column', collected, [])
    .option('--zone <offset>', 'live: zone in which times are taken as days, such as +08:00')
    .option('--authority <text>', 'live: on whose word the system is read; recorded')
    .action((options: CopyOptions) => added(context, options))
  withExamples(
    add,
    [
      'copy add --holder "Straits Billing" --system CRM --as-of 2026-03-31 --file extracts/straits.csv',
      'copy add --kind own --holder "Meridian Telekom" --system CRM --as-of 2026-09-30 --history --file crm-history.parquet',
      'copy add --holder "Straits Billing" --system CRM --as-of 2026-03-31 --file x.csv --map columns.json --country MY',
      'copy add --manifest extracts/straits.toml --file extracts/straits.xlsx --sheet Subscribers',
      'copy add --holder "Kinabalu Calls" --ended 2025-06-30 --system CRM --as-of 2025-05-31 --fields msisdn,name,plan --file kinabalu.csv',
      'copy add --live "postgresql://reader@crm-db:5432/crm?table=public.subscribers" --password-file crm.pw --holder "Meridian Telekom" --system CRM --zone +08:00',
    ],
    'The answer lists what every column was taken for; correct it with --map, for instance {"cust_ref": "contract", "x1": "ignored"}.',
  )
  const list = withWorkspace(copy.command('list'))
    .description('the registered copies and leaks')
    .option('--json', '{copies} as one JSON document')
    .action((options: Options) => listCopies(context, options))
  withExamples(list, ['copy list', 'copy list --json'])

  const show = withWorkspace(copy.command('show'))
    .description('everything known of a copy: terms, receipt, places, acquisition, what does not fit')
    .argument('<id>', 'name of the copy')
    .option('--json', 'the manifest with its former states as one JSON document')
    .action((id: string, options: Options) => {
      const shown = shownCopy({ path: (...parts) => join(options.workspace, ...parts) }, id)
      if (options.json === true) return printJson(context.terminal, shown)
      printCopy(context.terminal, shown)
    })
  withExamples(show, ['copy show straits-2026-03', 'copy show straits-2026-03 --json'])

  const update = withWorkspace(copy.command('update'))
    .description('change what is known of a copy (receipt, places, terms); the former state is kept')
    .argument('<id>', 'name of the copy')
    .option('--manifest <file>', 'TOML or JSON with the entries that change')
    .option('--json', '{copy, rows, fields, faults, notices} as one JSON document')
    .action(async (id: string, options: CopyOptions) => {
      const file = needed(options.manifest, '--manifest', 'write: breachline copy update straits-2026-03 --manifest straits.toml')
      const kept = await inWorkspace(context, { ...options, command: 'copy update' }, ({ workspace, signer }) =>
        Promise.resolve(updateCopy({ workspace, signer, id, file })),
      )
      if (options.json === true) return printJson(context.terminal, kept)
      context.terminal.out(`${kept.copy}: updated\n`)
      printNotices(context, kept)
    })
  withExamples(
    update,
    ['copy update straits-2026-03 --manifest extracts/straits.toml'],
    'Holder, system, day and rows stay as registered: verdicts rest on them.',
  )

  const leak = withTable(group(program, 'leak', 'earlier leaks that a sample may repeat').command('add'))
    .description('register an earlier leak: tokens only')
    .option('--name <name>', 'name it goes by')
    .option('--date <day>', 'day it became known, YYYY-MM-DD')
    .option('--approved-by <name>', 'who allowed it to be held; recorded')
    .action(async (options: Options & { name?: string; date?: string; approvedBy?: string }) => {
      const hint = 'write: breachline leak add --name forum-2021 --date 2021-06-11 --file leak.csv'
      const copy: NewCopy = {
        kind: 'leak',
        holder: needed(options.name, '--name', hint),
        system: '',
        asOf: needed(options.date, '--date', hint),
        file: needed(options.file, '--file', hint),
        history: false,
        ...readingOf(options),
        ...given('approvedBy', options.approvedBy),
      }
      const kept = await inWorkspace(context, { ...options, command: 'leak add' }, (open) =>
        registerFile({ ...open, copy, ...passwordsOf(options) }),
      )
      printKept(context, kept, options)
    })
  withExamples(leak, ['leak add --name forum-2021 --date 2021-06-11 --file leaks/forum-2021.csv --approved-by "Aisha Rahman"'])
}

function withTable(command: ReturnType<Parameters<Register>[0]['command']>, passwords = ''): typeof command {
  return withPasswords(withWorkspace(command), passwords)
    .option('--file <file>', 'the table: CSV, TSV, JSON lines, SQL dump, Parquet or XLSX')
    .option('--sheet <name>', 'sheet of a workbook or table of a dump (the first with rows when absent)')
    .option('--id <id>', 'name of the copy: a-z, 0-9 and hyphens (made from the file or leak name when absent)')
    .option('--map <file>', 'JSON or TOML of column name to meaning')
    .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
    .option('--json', '{copy, rows, fields, faults, notices} as one JSON document')
}

/** How the rows are to be read, as far as it was said. */
function readingOf(options: Options): Pick<NewCopy, 'map' | 'table' | 'id' | 'country'> {
  return {
    ...given('map', options.map === undefined ? undefined : readRecordMap(options.map)),
    ...given('table', options.sheet),
    ...given('id', options.id),
    ...given('country', options.country),
  }
}

async function added(context: CommandContext, options: CopyOptions): Promise<void> {
  const terms = options.manifest === undefined ? {} : copyTermsFile(options.manifest)
  const { id, kind, holder, system, asOf, history, ...said } = terms
  if (kind === 'leak') throw usage('the manifest describes a leak', 'register it with: breachline leak add')
  const details: CopyDetails = {
    ...said,
    ...given('fields', options.fields === undefined ? undefined : names(options.fields, '--fields')),
    ...given('rowFilter', options.rowFilter),
    ...given('operators', options.operator.length === 0 ? undefined : options.operator),
    ...given('holderStatus', options.ended === undefined ? undefined : ended(options.ended)),
  }
  const live = options.live
  const common = {
    kind:
      options.kind === undefined
        ? (kind ?? (live === undefined ? 'extract' : 'own'))
        : oneOf(options.kind, ['own', 'extract'] as const, '--kind'),
    holder: needed(options.holder ?? holder, '--holder', addHint),
    system: needed(options.system ?? system, '--system', addHint),
    history: options.history ?? history ?? false,
    details,
    ...given('id', id),
    ...readingOf(options),
  }
  const day = options.asOf ?? asOf
  if (live === undefined) {
    const copy = { ...common, file: needed(options.file, '--file', addHint), asOf: needed(day, '--as-of', addHint) }
    onlyLive(options)
    printKept(
      context,
      await inWorkspace(context, { ...options, command: 'copy add' }, (open) =>
        registerFile({ ...open, copy, ...passwordsOf(options) }),
      ),
      options,
    )
    return
  }
  if (options.file !== undefined || options.sheet !== undefined) throw usage('--live is given with a file', 'give one of the two')
  if (options.whereColumn.length !== options.whereValue.length)
    throw usage(
      '--where-column and --where-value do not pair',
      'give a value for every column: --where-column operator --where-value Meridian',
    )
  const copy = {
    ...common,
    address: live,
    password: livePassword(onePassword(options.passwordFile)),
    where: options.whereColumn.map((column, at) => ({ column, value: options.whereValue[at] ?? '' })),
    ...given('asOf', day),
    ...given('columns', options.columns === undefined ? undefined : names(options.columns, '--columns')),
    ...given('zone', options.zone),
    ...given('authority', options.authority),
  }
  printKept(
    context,
    await inWorkspace(context, { ...options, command: 'copy add' }, (open) => registerLive({ ...open, copy })),
    options,
  )
}

function onlyLive(options: CopyOptions): void {
  const { columns: read, zone, authority, whereColumn, whereValue } = options
  if ([read, zone, authority].some((one) => one !== undefined) || whereColumn.length + whereValue.length > 0)
    throw usage('an option of a live table is given without --live', 'add --live ADDRESS, or leave it out')
}

function onePassword(files: readonly string[]): string | undefined {
  if (files.length < 2) return files[0]
  throw usage('--password-file is given twice', 'a live table has one password')
}

function names(text: string, option: string): string[] {
  const list = text.split(',').map((name) => name.trim())
  if (list.includes('')) throw usage(`${option} holds an empty name`, 'write the names with commas between: msisdn,name,plan')
  return list
}

function ended(day: string): CopyDetails['holderStatus'] {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return { status: 'ended', since: day }
  throw usage(`--ended "${day}" is no day`, 'write it as 2026-09-30')
}

function printKept(context: CommandContext, kept: KeptCopy, options: Options): void {
  const { terminal } = context
  if (options.json === true) return printJson(terminal, kept)
  terminal.out(`${kept.copy}: ${counted(kept.rows, 'row')}\n`)
  terminal.out(
    `${columns(
      kept.fields.map((field) => [`  ${field.name}`, field.meaning]),
      terminal.width,
    )}\n`,
  )
  printNotices(context, kept)
  printFaults(terminal, kept.faults)
}

function printNotices({ terminal }: CommandContext, kept: KeptCopy): void {
  if (kept.notices.length === 0) return
  terminal.out('does not fit what was declared:\n')
  for (const notice of kept.notices) terminal.out(`  - ${oneLine(notice)}\n`)
}
