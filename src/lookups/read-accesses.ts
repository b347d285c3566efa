import { fault, parseIso, type Batch, type Fault } from '../base/index.ts'
import { openRecords, readPgAudit, type PgAuditRecord, type Row } from '../formats/index.ts'
import { statementReader, type StatementReading } from '../statements/index.ts'
import { columnPlaces } from './columns.ts'
import { sourceKey, type AuditSource, type ReadingContext } from './source.ts'
import { subscriberReader, type SubscriberToken } from './subscriber.ts'

/** A row of `lookup_accesses`. */
interface AccessRow {
  readonly source: string
  readonly n: number
  readonly time: string
  readonly day: string
  readonly account: string
  readonly subscriber: string
  readonly masked: string
  readonly system: string
  readonly operation: string
  readonly rows: number
  readonly host: string
  readonly tables: readonly string[]
  readonly unbounded: 0 | 1
  readonly blind: string
}

/** Reasons why a record does not say whose data was read. */
export type Blindness = '' | 'bind-values-not-logged' | 'statement-not-logged' | 'no-identifier'

type Common = Omit<AccessRow, 'subscriber' | 'masked' | 'unbounded' | 'blind'>

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
        }
        rows.push(...statementRows(record, { reading: read(record.statement), common, subscriberOf }))
      }
      yield { records: rows, faults }
    }
    return
  }
  const table = await openRecords(audit.source, audit.format, context.watch === undefined ? {} : { watch: context.watch })
  const cell = columnPlaces({
    file: audit.source.name,
    columns: table.columns,
    wanted: ['ts', 'account', 'subscriber', 'system', 'operation', 'source_host', 'rows'],
    needed: ['ts', 'account', 'subscriber'],
    map: audit.map,
  })
  for await (const batch of table.rows) {
    const rows: AccessRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const row of batch.records) {
      const read = tableRow(row)
      if ('kind' in read) faults.push(read)
      else rows.push(read)
    }
    yield { records: rows, faults }
  }

  function tableRow(row: Row): AccessRow | Fault {
    const where = { file: audit.source.name, line: row.line, record: row.n }
    const moment = parseIso(cell(row.values, 'ts'), audit.zone)
    if (moment === undefined)
      return fault(
        'lookup-time-wrong',
        'The time of the access cannot be read.',
        { ...where, field: 'ts' },
        'Write it as 2026-03-04T05:06:07+08:00.',
        1,
      )
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
    const count = cell(row.values, 'rows').trim()
    const rows = /^\d{1,15}$/.test(count) ? Number(count) : -1
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
    }
  }
}

function statementRows(
  record: PgAuditRecord,
  options: {
    reading: StatementReading
    common: Omit<Common, 'operation' | 'tables'>
    subscriberOf: (field: string, raw: string) => SubscriberToken | undefined
  },
): AccessRow[] {
  const { reading } = options
  const tables = reading.tables.length > 0 ? reading.tables : record.object === '' ? [] : [record.object.toLowerCase()]
  const common: Common = { ...options.common, tables, operation: `${record.command} ${tables.slice(0, 5).join(' ')}`.trim() }
  const nobody = (blind: Blindness, unbounded: 0 | 1): AccessRow[] => [
    { ...common, subscriber: '', masked: '', unbounded, blind },
  ]
  if (record.statement === '') return nobody('statement-not-logged', 0)
  const rows = new Map<string, AccessRow>()
  let unknown = false
  for (const { field, value } of reading.subscribers) {
    const raw =
      value.kind === 'literal' ? value.text : record.parameters === 'not-logged' ? undefined : record.parameters[value.index - 1]
    const found = raw === undefined || raw === '<long param suppressed>' ? undefined : options.subscriberOf(field, raw)
    if (found === undefined) unknown = true
    else
      rows.set(found.token, {
        ...common,
        subscriber: found.token,
        masked: found.masked,
        unbounded: reading.bulk ? 1 : 0,
        blind: '',
      })
  }
  if (rows.size > 0) return [...rows.values()]
  if (unknown) return nobody('bind-values-not-logged', 0)
  return reading.bulk ? nobody('', 1) : []
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
