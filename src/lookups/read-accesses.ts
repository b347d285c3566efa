import type { Batch } from '../base/index.ts'
import { readPgAudit } from '../formats/index.ts'
import { statementReader } from '../statements/index.ts'
import type { AccessRow } from './access-row.ts'
import { readAccessTable } from './read-access-table.ts'
import { sourceKey, type AuditSource, type ReadingContext } from './source.ts'
import { noCompanions, type Companions } from './sources/companions.ts'
import { consoleAccesses } from './sources/console-log.ts'
import { eventAccesses } from './sources/event-accesses.ts'
import type { RowMaking } from './sources/record-access.ts'
import { recordAccesses } from './sources/record-accesses.ts'
import { sourceKind, type SourceKind } from './sources/source-kind.ts'
import { statementRows } from './statement-accesses.ts'
import { subscriberReader } from './subscriber.ts'

/** Accesses of an exhibit of any kind; rows and faults in the order of the source. */
export async function* readAccesses(
  audit: AuditSource,
  context: ReadingContext,
  given: { readonly kind?: SourceKind; readonly companions?: Companions } = {},
): AsyncIterable<Batch<AccessRow>> {
  const kind = given.kind ?? (await sourceKind(audit))
  const companions = given.companions ?? noCompanions
  const making: RowMaking = {
    source: sourceKey(audit),
    file: audit.source.name,
    zone: audit.zone,
    system: audit.system,
    host: audit.host,
    dayOf: dayIn(context.zone),
    subscriberOf: subscriberReader(context),
  }
  switch (kind.reading) {
    case 'pgaudit':
      yield* pgAuditAccesses(audit, context, making)
      return
    case 'console':
      yield* consoleAccesses(audit, { making, context })
      return
    case 'events':
      yield* eventAccesses(audit, { making, context, companions })
      return
    case 'records':
      yield* recordAccesses(audit, { making, context, companions })
      return
    case 'beside':
      return
    case 'accesses':
    case 'statements':
      yield* readAccessTable(audit, { making, context, companions })
  }
}

async function* pgAuditAccesses(
  audit: AuditSource,
  context: ReadingContext,
  making: RowMaking,
): AsyncGenerator<Batch<AccessRow>> {
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
        source: making.source,
        n: record.n,
        time: record.time.at,
        day: making.dayOf(record.time.at),
        account: record.user.toLowerCase(),
        system: record.database || (audit.system ?? ''),
        rows: record.rows ?? -1,
        host: record.host || (audit.host ?? ''),
        seq: -1,
      }
      const { subscriberOf } = making
      rows.push(...statementRows(record, { reading: read(record.statement), common, subscriberOf, zone: audit.zone }))
    }
    yield { records: rows, faults }
  }
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
