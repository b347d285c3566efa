import { fault, parseIso, type Batch, type Fault } from '../base/index.ts'
import { openRecords, readPgAudit, type Row } from '../formats/index.ts'
import { statementReader } from '../statements/index.ts'
import { seconds, type AccessRow } from './access-row.ts'
import { asksForRows, bindValues, statementLayout } from './statement-tables.ts'
import { columnPlaces } from './columns.ts'
import { sourceKey, type AuditSource, type ReadingContext } from './source.ts'
import { statementRows } from './statement-accesses.ts'
import { subscriberReader } from './subscriber.ts'

/** Accesses of an exhibit of any kind; rows and faults in the order of the source. */
export async function* readAccesses(audit: AuditSource, context: ReadingContext): AsyncIterable<Batch<AccessRow>> {
  const subscriberOf = subscriberReader(context)
  const dayOf = dayIn(context.zone)
  if (audit.format === 'pgaudit') {
    const read = statementReader()
    let last = ''
    const options = {
      ...(audit.logLinePrefix === undefined ? {} : { prefix: audit.logLinePrefix }),
      ...(audit.zone === undefined ? {} : { zone: audit.zone }),
      ...(context.watch === undefined ? {} : { watch: context.watch }),
    }
    for await (const { records, faults } of readPgAudit(audit.source, options)) {
      const rows: AccessRow[] = []
      for (const record of records) {
        if (record.class !== 'READ') continue
        // With pgaudit.log_relation one statement has an entry for each of its tables.
        const statement = `${record.session}/${record.statementId}/${record.time.at}/${record.statement}`
        if (statement === last) continue
        last = statement
        const common = {
          source: sourceKey(audit),
          n: record.n,
          time: record.time.at,
          day: dayOf(record.time.at),
          account: record.user.toLowerCase(),
          system: record.database || (audit.system ?? ''),
          rows: record.rows ?? -1,
          host: record.host || (audit.host ?? ''),
          seq: -1,
        }
        rows.push(...statementRows(record, { reading: read(record.statement), common, subscriberOf, zone: audit.zone }))
      }
      yield { records: rows, faults }
    }
    return
  }
  const table = await openRecords(audit.source, audit.format, context.watch === undefined ? {} : { watch: context.watch })
  const layout = statementLayout(table.columns, audit.map)
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
    ],
    needed: ['ts', 'account', layout === undefined ? 'subscriber' : 'statement'],
    map: layout === undefined ? audit.map : { besides: layout.besides?.[0] ?? 'besides', ...layout.map },
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

  function timeWrong(row: Row): Fault {
    return fault(
      'lookup-time-wrong',
      'The time of the access cannot be read.',
      { file: audit.source.name, line: row.line, record: row.n, field: 'ts' },
      'Write it as 2026-03-04T05:06:07+08:00.',
      1,
    )
  }

  /** A row of a log of queries: one access for each subscriber that the statement names. */
  function statementRow(row: Row): readonly AccessRow[] | Fault {
    const moment = parseIso(cell(row.values, 'ts'), zone)
    if (moment === undefined) return timeWrong(row)
    if (layout?.besides?.[1].includes(cell(row.values, 'besides')) === true) return []
    const statement = cell(row.values, 'statement')
    if (!asksForRows(statement, cell(row.values, 'action'))) return []
    const reading = readStatement(statement)
    return statementRows(
      { statement, parameters: bindValues(cell(row.values, 'parameters')), command: reading.command || 'SELECT', object: '' },
      {
        reading,
        subscriberOf,
        zone,
        blind: { values: 'values-not-in-table', text: 'text-not-in-table' },
        common: {
          source: sourceKey(audit),
          n: row.n,
          time: moment.at,
          day: dayOf(moment.at),
          account: cell(row.values, 'account').trim().toLowerCase(),
          system: cell(row.values, 'system') || (audit.system ?? ''),
          rows: numeral(cell(row.values, 'rows')),
          host: cell(row.values, 'source_host') || (audit.host ?? ''),
          seq: numeral(cell(row.values, 'seq')),
        },
      },
    )
  }

  function tableRow(row: Row): AccessRow | Fault {
    const where = { file: audit.source.name, line: row.line, record: row.n }
    const moment = parseIso(cell(row.values, 'ts'), audit.zone)
    if (moment === undefined) return timeWrong(row)
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
    const rows = numeral(cell(row.values, 'rows'))
    return {
      source: sourceKey(audit),
      n: row.n,
      time: moment.at,
      day: dayOf(moment.at),
      account: cell(row.values, 'account').trim().toLowerCase(),
      subscriber: found?.token ?? '',
      masked: found?.masked ?? '',
      system: cell(row.values, 'system') || (audit.system ?? ''),
      operation: cell(row.values, 'operation'),
      rows,
      host: cell(row.values, 'source_host') || (audit.host ?? ''),
      tables: [],
      unbounded: raw === '*' ? 1 : 0,
      blind: raw === '' ? 'no-identifier' : '',
      window_from: seconds(cell(row.values, 'window_from'), audit.zone),
      window_to: seconds(cell(row.values, 'window_to'), audit.zone),
      fields: cell(row.values, 'fields').trim(),
      seq: numeral(cell(row.values, 'seq')),
    }
  }
}

function numeral(text: string): number {
  const trimmed = text.trim()
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : -1
}

/** The day a time belongs to, at an offset such as `+08:00`; UTC without one. */
function dayIn(zone: string | undefined): (at: string) => string {
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (offset === null) return (at) => at.slice(0, 10)
  const minutes = (Number(offset[2]) * 60 + Number(offset[3] ?? '0')) * (offset[1] === '-' ? -1 : 1)
  let hour = ''
  let day = ''
  return (at) => {
    // Offsets are whole quarters of an hour: the day changes only with the minute.
    if (at.slice(0, 16) === hour) return day
    hour = at.slice(0, 16)
    day = new Date(Date.parse(`${hour}:00Z`) + minutes * 60_000).toISOString().slice(0, 10)
    return day
  }
}
