import type { PgAuditRecord, PgLogin } from '../formats/index.ts'
import { blankEvent, type LogEvent } from './event.ts'
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

/** An event from a log-in that the server's log tells of. */
export function databaseLoginEvent(record: PgLogin, host: string | undefined): LogEvent {
  const { login, reason } = record
  const fields: Record<string, string> = {
    command: login === 'ended' ? 'DISCONNECT' : 'CONNECT',
    ...(login === 'ended' ? {} : { outcome: login === 'accepted' ? 'success' : 'failure' }),
    ...(reason === '' ? {} : { reason }),
    user: record.user,
    database: record.database,
    client: record.host,
    application: record.application,
    session: record.session,
  }
  return {
    ...blankEvent,
    time: record.time.at,
    zone: record.time.zone,
    host: hostName(host ?? ''),
    class: 'authentication',
    product: 'postgresql',
    category: 'database',
    service: 'server',
    account: accountName(undefined, record.user),
    sourceIp: ipText(record.host),
    fields,
    at: { kind: 'record', n: record.n },
  }
}
