import type { PgAuditRecord } from '../formats/index.ts'
import type { LogEvent } from './event.ts'
import { accountName, hostName, ipText } from './name.ts'

/**
 * An event from an entry of a database's audit log. `host` is the database server, which such logs do not state; the client stands in
 * `sourceIp`, or in the field `client` when the server writes names.
 */
export function datastoreEvent(record: PgAuditRecord, host: string | undefined): LogEvent {
  const fields: Record<string, string> = {
    class: record.class,
    command: record.command,
    object: record.object,
    statement: record.statement,
    parameters: record.parameters === 'not-logged' ? '<not logged>' : record.parameters.join(', '),
    user: record.user,
    database: record.database,
    client: record.host,
    application: record.application,
    session: record.session,
  }
  if (record.rows !== undefined) fields['rows'] = String(record.rows)
  return {
    time: record.time.at,
    zone: record.time.zone,
    host: hostName(host ?? ''),
    class: 'datastore',
    product: 'postgresql',
    category: 'database',
    service: 'pgaudit',
    channel: '',
    provider: '',
    eventId: '',
    account: accountName(undefined, record.user),
    process: '',
    commandLine: '',
    parentProcess: '',
    sourceIp: ipText(record.host),
    targetIp: '',
    targetPort: 0,
    bytesOut: -1,
    fields,
    at: { kind: 'record', n: record.n },
  }
}
