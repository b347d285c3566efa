import { fault, parseIso, type Batch, type Fault, type Moment } from '../base/index.ts'
import { oracleTime, oracleTimeTodo } from '../events/index.ts'
import type { Row } from '../formats/index.ts'
import { statementReader } from '../statements/index.ts'
import { seconds, type AccessRow } from './access-row.ts'
import { columnMap, columnPlaces } from './columns.ts'
import type { AuditSource, ReadingContext } from './source.ts'
import type { Companions } from './sources/companions.ts'
import { count, timeWrong, type RowMaking } from './sources/record-access.ts'
import { opened } from './sources/source-kind.ts'
import { statementRows } from './statement-accesses.ts'
import { asksForRows, bindValues, statementLayout } from './statement-tables.ts'

/** Accesses of a table that names subscribers itself, or of a table of statements. */
export async function* readAccessTable(
  audit: AuditSource,
  options: { readonly making: RowMaking; readonly context: ReadingContext; readonly companions: Companions },
): AsyncGenerator<Batch<AccessRow>> {
  const { making, context, companions } = options
  const { subscriberOf, dayOf } = making
  const table = await opened(audit, context.watch === undefined ? {} : { watch: context.watch })
  const map = columnMap(audit.map)
  const layout = statementLayout(table.columns, map)
  const readStatement = statementReader()
  const zone = layout?.zone ?? audit.zone
  const cell = columnPlaces({
    file: audit.source.name,
    columns: table.columns,
    wanted: [
      'ts',
      'account',
      'subscriber',
      'system',
      'operation',
      'source_host',
      'rows',
      'fields',
      'window_from',
      'window_to',
      'seq',
      'statement',
      'parameters',
      'action',
      'besides',
      'query_id',
    ],
    needed: ['ts', 'account', layout === undefined ? 'subscriber' : 'statement'],
    map: layout === undefined ? map : { besides: layout.besides?.[0] ?? 'besides', ...layout.map },
  })
  for await (const batch of table.rows) {
    const rows: AccessRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const row of batch.records) {
      const read = layout === undefined ? tableRow(row) : statementRow(row)
      if ('kind' in read) faults.push(read)
      else if (Array.isArray(read)) rows.push(...read)
      else rows.push(read as AccessRow)
    }
    yield { records: rows, faults }
  }

  /** A row of a log of queries: one access for each subscriber that the statement names. */
  function statementRow(row: Row): readonly AccessRow[] | Fault {
    const moment = momentIn(cell(row.values, 'ts'), zone)
    if (moment === undefined)
      return timeWrong(audit.source.name, row, layout?.name === 'oracle-unified-audit' ? oracleTimeTodo : undefined)
    if (layout?.besides?.[1].includes(cell(row.values, 'besides')) === true) return []
    const statement = cell(row.values, 'statement')
    if (!asksForRows(statement, cell(row.values, 'action'))) return []
    const reading = readStatement(statement)
    const read = companions.query(cell(row.values, 'query_id').trim())
    return statementRows(
      { statement, parameters: bindValues(cell(row.values, 'parameters')), command: reading.command || 'SELECT', object: '' },
      {
        // What the database itself says was read counts before the text, which may name a view.
        reading:
          read === undefined || read.tables.length === 0 ? reading : { ...reading, tables: read.tables, fields: read.columns },
        subscriberOf,
        zone,
        blind: { values: 'values-not-in-table', text: 'text-not-in-table' },
        common: {
          source: making.source,
          n: row.n,
          time: moment.at,
          day: dayOf(moment.at),
          account: cell(row.values, 'account').trim().toLowerCase(),
          system: cell(row.values, 'system') || (audit.system ?? ''),
          rows: count(cell(row.values, 'rows')),
          host: cell(row.values, 'source_host') || (audit.host ?? ''),
          seq: count(cell(row.values, 'seq')),
        },
      },
    )
  }

  function tableRow(row: Row): AccessRow | Fault {
    const where = { file: audit.source.name, line: row.line, record: row.n }
    const moment = momentIn(cell(row.values, 'ts'), audit.zone)
    if (moment === undefined) return timeWrong(audit.source.name, row)
    const raw = cell(row.values, 'subscriber').trim()
    const found = raw === '' ? undefined : subscriberOf('subscriber', raw)
    if (raw !== '' && raw !== '*' && found === undefined)
      return fault(
        'lookup-subscriber-wrong',
        'The subscriber of the access is no identifier known here.',
        { ...where, field: 'subscriber' },
        'Give the identifier as the system holds it, and the country of the operator.',
        1,
      )
    return {
      source: making.source,
      n: row.n,
      time: moment.at,
      day: dayOf(moment.at),
      account: cell(row.values, 'account').trim().toLowerCase(),
      subscriber: found?.token ?? '',
      masked: found?.masked ?? '',
      system: cell(row.values, 'system') || (audit.system ?? ''),
      operation: cell(row.values, 'operation'),
      rows: count(cell(row.values, 'rows')),
      counted: '',
      host: cell(row.values, 'source_host') || (audit.host ?? ''),
      tables: [],
      unbounded: raw === '*' ? 1 : 0,
      blind: raw === '' ? 'no-identifier' : '',
      window_from: seconds(cell(row.values, 'window_from'), audit.zone),
      window_to: seconds(cell(row.values, 'window_to'), audit.zone),
      fields: cell(row.values, 'fields').trim(),
      seq: count(cell(row.values, 'seq')),
    }
  }
}

/** A time of ISO 8601, or as Oracle writes it where no format is set. */
function momentIn(text: string, zone: string | undefined): Moment | undefined {
  return parseIso(text, zone) ?? oracleTime(text, zone)
}
