import { dayOneFiles, readRecordMap, type GivenTable } from '../../app/index.ts'
import { exitCodes, percent } from '../../base/index.ts'
import type { DayOne, SystemAnswer } from '../../provenance/index.ts'
import { given, usage, withExamples } from '../arguments.ts'
import { collected, inWorkspace, withWorkspace, type CommandContext, type Register, type WorkspaceOptions } from '../command.ts'
import { columns, counted, oneLine } from '../layout.ts'
import { passwordsOf, withPasswords, type PasswordOption } from '../password-option.ts'
import { printFaults, printJson } from '../terminal.ts'

interface Options extends WorkspaceOptions, PasswordOption {
  readonly system: readonly string[]
  readonly restorePoint: readonly string[]
  readonly inventory?: string
  readonly ranges?: string
  readonly map?: string
  readonly country?: string
  readonly json?: boolean
}

/** `can-produce SAMPLE`: which systems can and cannot have produced a sample, when nothing is registered. */
export const registerCanProduce: Register = (program, context) => {
  const command = withPasswords(withWorkspace(program.command('can-produce')))
    .description("day one: which systems can and cannot have produced a sample, from today's tables and restore points")
    .argument('<sample>', 'the sample: CSV, JSON lines, SQL dump, XLSX, Parquet or text')
    .option(
      '--system <name=file[@day]>',
      "a system's table, as of today or a day; copy:ID for a registered own copy",
      collected,
      [],
    )
    .option('--restore-point <name=file@day>', 'an older table of the same system; may be given again', collected, [])
    .option('--inventory <file>', 'inventory.toml with agreements and logs (that of the workspace when absent)')
    .option('--ranges <file>', 'table of number ranges: columns operator and prefix')
    .option('--map <file>', 'JSON or TOML of column name to meaning, for the sample')
    .option(
      '--country <code>',
      'country of telephone numbers written the national way, such as MY (that of the folders and copies when absent)',
    )
    .option('--json', 'the answer as one JSON document')
    .action(async (sample: string, options: Options) => {
      const tables = [
        ...options.system.map((text) => tableOf(text, '--system')),
        ...options.restorePoint.map((text) => tableOf(text, '--restore-point')),
      ]
      if (tables.length === 0) throw usage('no system given', 'write: breachline can-produce sample.csv --system "CRM=crm.csv"')
      const map = options.map === undefined ? undefined : readRecordMap(options.map)
      const answer = await inWorkspace(context, { ...options, command: 'can-produce' }, (open) =>
        dayOneFiles({
          workspace: open.workspace,
          watch: open.watch,
          sample,
          tables,
          ...given('inventory', options.inventory),
          ...given('ranges', options.ranges),
          ...given('map', map),
          ...given('country', options.country),
          ...passwordsOf(options),
        }),
      )
      if (answer.read === 0) context.exit(exitCodes.badInput)
      if (options.json === true) return printJson(context.terminal, answer)
      printAnswer(context, answer)
    })
  withExamples(
    command,
    [
      'can-produce sample.csv --system "CRM=crm.csv" --system "Billing=billing.csv" --country MY',
      'can-produce sample.csv --system "CRM=crm.csv@2026-09-30" --restore-point "CRM=crm-june.csv@2026-06-30" --inventory inventory.toml --country MY',
    ],
    'Tables are read where they lie and nothing of them is kept. It names systems and agreements, never a source.',
  )
}

/** `CRM=crm.csv@2026-09-30`; a file whose name ends like a day keeps it only when it has no other. */
function tableOf(text: string, option: '--system' | '--restore-point'): GivenTable {
  const at = text.indexOf('=')
  const [system, place] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1)]
  const day = /^(.+)@(\d{4}-\d{2}-\d{2})$/.exec(place)
  if (at < 1 || system === '' || place === '')
    throw usage(`${option} "${text}" is not NAME=FILE@DAY`, 'write it as "CRM=crm.csv@2026-09-30"')
  if (day === null && option === '--restore-point' && !place.startsWith('copy:'))
    throw usage(`${option} "${text}" has no day`, 'say of which day it is: "CRM=crm-june.csv@2026-06-30"')
  const asOf = day?.[2]
  return { system, file: day?.[1] ?? place, ...(asOf === undefined ? {} : { asOf }) }
}

const standings: Readonly<Record<SystemAnswer['standing'], string>> = {
  can: 'can',
  cannot: 'CANNOT',
  'not-decided': 'not decided',
}

function printAnswer(context: CommandContext, answer: DayOne & { readonly sample: string }): void {
  const { terminal } = context
  const line = (text: string): void =>
    terminal.out(`${text === '' ? '' : `${' '.repeat(text.length - text.trimStart().length)}${oneLine(text)}`}\n`)
  line(`${answer.sample}: ${answer.statement}`)
  line(
    `  ${counted(answer.rows, 'row')}, ${answer.compared} different ones compared, ${answer.recognised} recognised in a table given`,
  )
  line('')
  for (const one of answer.systems) {
    const found = `${percent(one.foundToday)} of the rows in the newest table, ${percent(one.foundEver)} in any`
    line(`  ${one.system}: ${standings[one.standing]}   (${answer.lookedUpBy.length === 0 ? 'by values alone' : found})`)
    for (const { text } of one.reasons.slice(0, 4)) line(`    - ${text}`)
    if (one.reasons.length > 4) line(`    - and ${one.reasons.length - 4} more reasons (--json)`)
    for (const text of one.window?.reasons ?? []) line(`    - day: ${text}`)
  }
  if (answer.operators !== undefined) line(`  numbers: ${answer.operators.what}`)
  line('')
  const rows = answer.columns.map((column) => [
    `  ${column.name}`,
    column.meaning,
    column.heldBy.length === 0
      ? column.alike.length === 0
        ? 'in no table given'
        : `values in no table given; such numbers in ${column.alike.map((one) => `${one.system}.${one.column}`).join(', ')}`
      : column.heldBy.map((one) => `${one.system}.${one.column} ${percent(one.share)}`).join(', '),
  ])
  terminal.out(`${columns([['  column', 'taken for', 'its values occur in'], ...rows], Math.max(terminal.width, 100))}\n\n`)
  for (const one of answer.agreements) line(`  agreement ${one.agreement}: ${one.standing.replaceAll('-', ' ')}; ${one.why}`)
  if (answer.next.length > 0) line('  to fetch next, the most telling first:')
  for (const [at, step] of answer.next.slice(0, 6).entries()) line(`    ${at + 1}. ${step.what}: ${step.why}`)
  for (const text of answer.limits) line(`  ${text}`)
  printFaults(terminal, answer.faults)
}
