import { fault, parseIso, type Batch, type Fault } from '../../base/index.ts'
import { readEvents, type LogEvent } from '../../events/index.ts'
import { statementReader } from '../../statements/index.ts'
import type { AccessRow } from '../access-row.ts'
import type { AuditSource, ReadingContext } from '../source.ts'
import { statementRows } from '../statement-accesses.ts'
import { bindValues } from '../statement-tables.ts'
import type { Companions } from './companions.ts'
import { eventReads, type EventRead } from './event-reads.ts'
import { holdsRecords, readFile } from './file-reads.ts'
import { accessRow, timeWrong, type RecordAccess, type RowMaking } from './record-access.ts'
import { webPaths } from './web-paths.ts'

/**
 * Accesses in a log of any source that the events room reads: audit logs of databases, requests of web servers, reads of files. A log without any gives one
 * fault that says so.
 */
export async function* eventAccesses(
  audit: AuditSource,
  options: { readonly making: RowMaking; readonly context: ReadingContext; readonly companions: Companions },
): AsyncGenerator<Batch<AccessRow>> {
  const { making, context, companions } = options
  const readOf = eventReads(webPaths(audit.map?.['subscriber']))
  const patterns = (audit.map?.['file'] ?? '').split(/\s+/).filter((one) => one !== '')
  const read = statementReader()
  let [any, requests] = [false, false]
  const events = readEvents(audit.source, {
    ...(audit.zone === undefined ? {} : { zone: audit.zone }),
    ...(audit.host === undefined ? {} : { host: audit.host }),
    ...(context.watch === undefined ? {} : { watch: context.watch }),
  })
  for await (const batch of events) {
    const records: AccessRow[] = []
    const faults: Fault[] = batch.faults.filter((one) => one.code !== 'event-time')
    for (const event of batch.records) {
      requests ||= event.class === 'http'
      const found = readOf(event)
      if (found === undefined) continue
      const n = 'n' in event.at && typeof event.at.n === 'number' ? event.at.n : 0
      const rows = rowsOf(found, event, n)
      if ('kind' in rows) faults.push(rows)
      else records.push(...rows)
    }
    any ||= records.length > 0
    yield { records, faults }
  }
  if (!any) yield { records: [], faults: [nothingIn(audit, requests)] }

  function rowsOf(found: EventRead, event: LogEvent, n: number): readonly AccessRow[] | Fault {
    if (found.kind === 'statement') return statementOf(found, event, n)
    const access =
      found.kind === 'file' ? fileOf(found, event) : found.kind === 'request' ? requestOf(found, event) : objectOf(found, event)
    if (access === undefined) return []
    const row = accessRow(access, { n }, making)
    return 'kind' in row ? row : [row]
  }

  function statementOf(found: EventRead & { kind: 'statement' }, event: LogEvent, n: number): readonly AccessRow[] | Fault {
    if (event.time === '') return timeWrong(making.file, { n })
    const reading = read(found.statement)
    return statementRows(
      { statement: found.statement, parameters: bindValues(found.parameters), command: reading.command || 'SELECT', object: '' },
      {
        reading,
        subscriberOf: making.subscriberOf,
        zone: making.zone,
        blind: { values: 'values-not-in-log', text: 'statement-not-in-log' },
        common: {
          source: making.source,
          n,
          time: event.time,
          day: making.dayOf(event.time),
          account: event.account,
          system: event.fields['database'] || (making.system ?? ''),
          rows: found.rows,
          host: clientOf(event) || (making.host ?? ''),
          seq: -1,
        },
      },
    )
  }

  function fileOf(found: EventRead & { kind: 'file' }, event: LogEvent): RecordAccess | undefined {
    const known = companions.inFile(found.path)
    if (known === undefined && !holdsRecords(found.path, patterns)) return undefined
    const file = readFile(found.path)
    return {
      time: momentOf(event),
      account: found.account,
      blind: 'file-of-many',
      many: true,
      operation: `read ${file.shape}`,
      // Days as the name states them, whatever the zone.
      from: file.from === '' ? '' : `${file.from}T00:00:00Z`,
      to: file.to === '' ? '' : `${file.to}T00:00:00Z`,
      rows: known?.rows ?? -1,
      ...(known?.of === 'subscribers' ? { counted: known.of } : {}),
      host: found.host,
      system: event.host,
    }
  }

  function requestOf({ request }: EventRead & { kind: 'request' }, event: LogEvent): RecordAccess {
    return {
      time: momentOf(event),
      // Many servers log no login: the address is who asked, as far as the log says.
      account: event.account || (event.sourceIp === '' ? '' : `address/${event.sourceIp}`),
      identifiers: [{ field: request.field, raw: request.raw }],
      blind: 'not-in-request',
      operation: `${request.method} ${request.place}`,
      host: event.sourceIp,
      system: event.host,
    }
  }
}

function objectOf(found: EventRead & { kind: 'object' }, event: LogEvent): RecordAccess {
  const object = found.object
    .toLowerCase()
    .slice(0, 200)
    .replaceAll(/\d{5,}/g, '#')
  return {
    time: momentOf(event),
    account: event.account,
    blind: 'object-only',
    operation: `${readWord(event.fields['command'] ?? '')} ${object}`,
    tables: [object],
    rows: found.rows,
    system: event.fields['database'] ?? '',
    host: clientOf(event),
  }
}

/** What a source calls its reads: SQL Server's SL and Oracle's 3 are SELECT. */
function readWord(command: string): string {
  return /^(?:sl|3)$/i.test(command) ? 'SELECT' : command.toUpperCase().slice(0, 40)
}

function momentOf(event: LogEvent): RecordAccess['time'] {
  return event.time === '' ? undefined : parseIso(event.time)
}

function clientOf(event: LogEvent): string {
  return event.sourceIp || (event.fields['client'] ?? '')
}

function nothingIn({ source }: AuditSource, requests: boolean): Fault {
  return requests
    ? fault(
        'lookup-no-access',
        'No request of this log names a subscriber.',
        { file: source.name },
        'Say which part of the path or which parameter does: --map with {"subscriber": "/customers/{subscriber} /search?msisdn={subscriber}"}.',
        0,
      )
    : fault(
        'lookup-no-access',
        'This log tells of no read of records.',
        { file: source.name },
        'Give it to detect or story; for who read whose records see docs/who-read.md.',
        0,
      )
}
