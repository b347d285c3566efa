import { readRecordMap, registeredCopies, registerFile, type NewCopy, type RegisteredCopy } from '../../app/index.ts'
import { meaningText } from '../../provenance/index.ts'
import { join } from 'node:path'
import { given, group, needed, oneOf, withExamples } from '../arguments.ts'
import { inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted } from '../layout.ts'
import { printFaults, printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions {
  readonly file?: string
  readonly id?: string
  readonly map?: string
  readonly country?: string
  readonly json?: boolean
}

interface CopyOptions extends Options {
  readonly holder?: string
  readonly system?: string
  readonly asOf?: string
  readonly kind?: string
  readonly history?: boolean
}

/** `copy add`, `copy list`, `leak add`: what a sample is compared with. */
export const registerCopies: Register = (program, context) => {
  const copy = group(program, 'copy', "dated copies of customers' records that a sample is compared with")
  const add = withTable(copy.command('add'))
    .description('register a dated copy: tokens only, no personal value is kept')
    .option('--holder <name>', 'company or department that holds it')
    .option('--system <name>', 'system it was cut from')
    .option('--as-of <day>', 'day its values are of, YYYY-MM-DD; for a history the last day')
    .option('--kind <kind>', 'own: a system of the operator; extract: handed out to the holder', 'extract')
    .option('--history', 'rows are versions with valid_from and valid_to')
    .action(async (options: CopyOptions) => {
      const hint = 'write: breachline copy add --holder "Straits Billing" --system CRM --as-of 2026-09-30 --file extract.csv'
      const kind = oneOf(options.kind ?? 'extract', ['own', 'extract'] as const, '--kind')
      await register(context, options, {
        kind,
        holder: needed(options.holder, '--holder', hint),
        system: needed(options.system, '--system', hint),
        asOf: needed(options.asOf, '--as-of', hint),
        file: needed(options.file, '--file', hint),
        history: options.history === true,
      })
    })
  withExamples(
    add,
    [
      'copy add --holder "Straits Billing" --system CRM --as-of 2026-03-31 --file extracts/straits.csv',
      'copy add --kind own --holder "Meridian Telekom" --system CRM --as-of 2026-09-30 --history --file crm-history.csv',
      'copy add --holder "Straits Billing" --system CRM --as-of 2026-03-31 --file x.csv --map columns.json --country MY',
    ],
    'The answer lists what every column was taken for; correct it with --map, for instance {"cust_ref": "contract", "x1": "ignored"}.',
  )
  const list = withWorkspace(copy.command('list'))
    .description('the registered copies and leaks')
    .option('--json', '{copies} as one JSON document')
    .action((options: Options) => listed(context, options))
  withExamples(list, ['copy list', 'copy list --json'])

  const leak = withTable(group(program, 'leak', 'earlier leaks that a sample may repeat').command('add'))
    .description('register an earlier leak: tokens only')
    .option('--name <name>', 'name it goes by')
    .option('--date <day>', 'day it became known, YYYY-MM-DD')
    .option('--approved-by <name>', 'who allowed it to be held; recorded')
    .action(async (options: Options & { name?: string; date?: string; approvedBy?: string }) => {
      const hint = 'write: breachline leak add --name forum-2021 --date 2021-06-11 --file leak.csv'
      await register(context, options, {
        kind: 'leak',
        holder: needed(options.name, '--name', hint),
        system: '',
        asOf: needed(options.date, '--date', hint),
        file: needed(options.file, '--file', hint),
        history: false,
        ...given('approvedBy', options.approvedBy),
      })
    })
  withExamples(leak, ['leak add --name forum-2021 --date 2021-06-11 --file leaks/forum-2021.csv --approved-by "Aisha Rahman"'])
}

function withTable(command: ReturnType<Parameters<Register>[0]['command']>): typeof command {
  return withWorkspace(command)
    .option('--file <file>', 'the table: CSV, JSON lines or SQL dump')
    .option('--id <id>', 'name of the copy: a-z, 0-9 and hyphens (made from the file or leak name when absent)')
    .option('--map <file>', 'JSON or TOML of column name to meaning')
    .option('--country <code>', 'country of telephone numbers written the national way, such as MY')
    .option('--json', '{copy, rows, fields, faults} as one JSON document')
}

async function register(context: CommandContext, options: Options, copy: NewCopy): Promise<void> {
  const map = options.map === undefined ? {} : { map: readRecordMap(options.map) }
  const registered = await inWorkspace(
    context,
    { ...options, command: `${copy.kind === 'leak' ? 'leak' : 'copy'} add` },
    (open) =>
      registerFile({ ...open, copy: { ...copy, ...map, ...given('id', options.id), ...given('country', options.country) } }),
  )
  if (options.json === true) return printJson(context.terminal, registered)
  printRegistered(context, registered)
}

function printRegistered({ terminal }: CommandContext, one: RegisteredCopy): void {
  terminal.out(`${one.copy}: ${counted(one.rows, 'row')}\n`)
  terminal.out(
    `${columns(
      one.fields.map((field) => [`  ${field.name}`, field.meaning]),
      terminal.width,
    )}\n`,
  )
  printFaults(terminal, one.faults)
}

function listed({ terminal }: CommandContext, options: Options): void {
  const copies = registeredCopies({ path: (...parts) => join(options.workspace, ...parts) })
  if (options.json === true) {
    const shown = copies.map(
      ({ id, kind, holder, system, asOf, history, rows, columns: fields, sha256, source, faultCount }) => ({
        copy: id,
        kind,
        holder,
        system,
        asOf,
        history,
        rows,
        fields: fields.map((field) => ({ name: field.name, meaning: meaningText(field.meaning) })),
        file: source,
        sha256,
        faults: faultCount,
      }),
    )
    return printJson(terminal, { copies: shown })
  }
  if (copies.length === 0) return terminal.out('no copy is registered in this workspace\n')
  const rows = copies.map((one) => [one.id, one.kind, one.holder, one.system, one.asOf, one.rows.toLocaleString('en-US')])
  terminal.out(`${columns([['copy', 'kind', 'holder', 'system', 'as of', 'rows'], ...rows], terminal.width)}\n`)
}
