import type { LogEvent } from '../../events/index.ts'
import { asksForRows } from '../statement-tables.ts'
import { count } from './record-access.ts'
import { webRead, type WebPaths, type WebRead } from './web-paths.ts'

/** What an event says of a read: a statement, a file, a request, or an object of a database without its statement. */
export type EventRead =
  | { readonly kind: 'statement'; readonly statement: string; readonly parameters: string; readonly rows: number }
  | { readonly kind: 'object'; readonly object: string; readonly rows: number }
  | { readonly kind: 'file'; readonly path: string; readonly account: string; readonly host: string }
  | { readonly kind: 'request'; readonly request: WebRead }

/** Sessions and system calls remembered until the record that needs them. */
const remembered = 10_000

/** Records of one query by the plug-in that wrote them lie within this. */
const oneQueryMs = 2_000

/**
 * Reads among the events of one log, in its order. What did not succeed, changes something, or comes again as a further record of one query is none.
 */
export function eventReads(paths: WebPaths): (event: LogEvent) => EventRead | undefined {
  const sessions = new Map<string, { readonly account: string; readonly host: string }>()
  const writes = new Map<string, boolean>()
  const queries = new Map<string, number>()
  return (event) => {
    const { fields } = event
    note(event)
    if (event.class === 'http') {
      if (event.category === 'proxy') return undefined
      const request = webRead(event, paths)
      return request === undefined ? undefined : { kind: 'request', request }
    }
    if (fields['outcome'] === 'failure' || (event.product === 'mariadb' && count(fields['retcode'] ?? '') > 0)) return undefined
    if (event.product === 'hadoop' || (event.product === 'ranger' && (fields['resource'] ?? '').startsWith('/')))
      return /^(?:open|read)$/i.test(event.eventId) ? fileRead(fields['object'] ?? '', event) : undefined
    if (event.class === 'datastore') return databaseRead(event)
    return event.class === 'file' ? fileRead(fileReadPath(event), event) : undefined
  }

  function fileRead(path: string, event: LogEvent): EventRead | undefined {
    const session = sessions.get(sessionKey(event))
    const account = event.account || (session?.account ?? '')
    return path === '' ? undefined : { kind: 'file', path, account, host: event.sourceIp || (session?.host ?? '') }
  }

  function note(event: LogEvent): void {
    const { fields } = event
    if (event.service === 'sftp' && event.class === 'authentication')
      keep(sessions, sessionKey(event), { account: event.account, host: event.sourceIp })
    if (event.service !== 'auditd' || fields['type'] !== 'SYSCALL') return
    const flags = fields['SYSCALL'] === 'open' ? fields['a1'] : fields['SYSCALL'] === 'openat' ? fields['a2'] : undefined
    if (flags !== undefined) keep(writes, fields['audit_serial'] ?? '', (Number.parseInt(flags, 16) & 1) === 1)
  }

  function databaseRead(event: LogEvent): EventRead | undefined {
    const { fields } = event
    const statement = fields['statement'] ?? ''
    // SQL Server counts rows changed there, unless it says how many it answered with.
    const changed = event.product === 'mssql' && fields['response_rows'] === undefined
    const rows = changed ? -1 : count(fields['rows'] ?? '')
    // The text says what is asked for: sources call their actions as they like.
    if (statement === '' || !asksForRows(statement, '')) return objectRead(fields, rows)
    // The plug-ins of Ranger write a record for each object of a query; MySQL one for each table beside that of the statement.
    const key = `${event.account}\u0000${fields['sess'] ?? fields['connection_id'] ?? ''}\u0000${event.sourceIp}\u0000${statement}`
    const at = Date.parse(event.time)
    const before = queries.get(key)
    keep(queries, key, at)
    if (before !== undefined && Math.abs(at - before) <= oneQueryMs && severalRecords(event)) return undefined
    return { kind: 'statement', statement, parameters: fields['parameters'] ?? '', rows }
  }

  /** The path of a file that the event says was read; '' for other events of files. */
  function fileReadPath(event: LogEvent): string {
    const { fields, eventId } = event
    const named = fields['TargetFilename'] ?? fields['file'] ?? ''
    switch (event.service) {
      case 'xferlog':
        return eventId === 'o' ? named : ''
      case 'vsftpd':
        return eventId === 'DOWNLOAD' ? named : ''
      case 'sftp':
        return count(fields['bytesRead'] ?? '') > 0 ? named : ''
      case 'auditd':
        return readByCall(fields) ? joined(fields['cwd'] ?? '', fields['name'] ?? '') : ''
      default:
        return windowsRead(event)
    }
  }

  function readByCall(fields: LogEvent['fields']): boolean {
    if (fields['nametype'] !== 'NORMAL' || fields['success'] === 'no') return false
    return (fields['SYSCALL'] ?? '').startsWith('open') && writes.get(fields['audit_serial'] ?? '') !== true
  }
}

/** What a database says it read, where no statement tells more: none at hand, or a call of a procedure. */
function objectRead(fields: LogEvent['fields'], rows: number): EventRead | undefined {
  const object = fields['object'] ?? ''
  // Oracle writes numbers of actions to syslog: 3 is SELECT.
  const reads = /^(?:select|sl|3|read|get|scan|query)$/i.test(fields['command'] ?? '')
  const calls = /^\s*(?:$|exec|call|begin|declare)/i.test(fields['statement'] ?? '')
  return object !== '' && reads && calls ? { kind: 'object', object, rows } : undefined
}

function windowsRead({ eventId, fields }: LogEvent): string {
  // ReadData is the lowest bit of the mask.
  if (!/[13579bdf]$/i.test(fields['AccessMask'] ?? '')) return ''
  if (eventId === '4663') return fields['ObjectType'] === 'File' ? (fields['ObjectName'] ?? '') : ''
  if (eventId !== '5145') return ''
  const [share, inside] = [fields['ShareName'] ?? '', fields['RelativeTargetName'] ?? '']
  return inside === '' || inside === '\\' || share.endsWith('IPC$') ? '' : `${share}\\${inside}`
}

/** Sources that write several records of one query. */
function severalRecords({ product, service }: LogEvent): boolean {
  return product === 'ranger' || (product === 'mysql' && service === 'audit_log')
}

function sessionKey({ host, fields }: LogEvent): string {
  return `${host}/${fields['pid'] ?? ''}`
}

function joined(folder: string, name: string): string {
  return name.startsWith('/') || folder === '' ? name : `${folder}/${name}`
}

/** Remembers, and forgets the oldest beyond the limit. */
function keep<Value>(into: Map<string, Value>, key: string, value: Value): void {
  into.delete(key)
  into.set(key, value)
  if (into.size <= remembered) return
  const oldest = into.keys().next()
  if (oldest.done !== true) into.delete(oldest.value)
}
