import { compileTemplate, type Captures, type Template } from './template.ts'
import { readPairs } from './pairs.ts'

/**
 * Lines of database audits, file transfer, jump hosts and scanners. Shapes after: xferlog(5), vsftpd.conf(5), MariaDB
 * "Audit Plugin: Log Format", Hadoop's FSNamesystem.audit, Oracle's UNIFIED_AUDIT_SYSTEMLOG, WALLIX "SIEM Logs Guide",
 * BeyondTrust "Syslog message reference", THOR manual and LOKI.
 */
export function readAuditForm(text: string): { readonly form: string; readonly fields: Captures } | undefined {
  return (
    transferLine(text) ??
    serverAudit(text) ??
    hdfsAudit(text) ??
    oracleAudit(text) ??
    wallix(text) ??
    beyondTrust(text) ??
    thor(text) ??
    lastlogLine(text)
  )
}

const xferlog = compileTemplate(
  '{weekday} {month} {day:int} {clock} {year:int} {seconds:int} {client} {bytes:int} {file} {mode} {action} {direction} {access} {user} {service} {authentication:int} {authUser} {completion}',
)

const ftpLead = '{weekday} {month} {day:int} {clock} {year:int} [pid {pid:int}] '
const vsftpd: readonly Template[] = [
  `${ftpLead}[{user:any}] {result} {action}: Client "{client}", "{file:any}", {bytes:int} bytes`,
  `${ftpLead}[{user:any}] {result} {action}: Client "{client}", "{file:any}"`,
  `${ftpLead}[{user:any}] {result} {action}: Client "{client}"`,
  `${ftpLead}{action}: Client "{client}"`,
].map(compileTemplate)

const weekday = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \d{4} /

/** Both logs of FTP servers begin with the day of the week and end with the year. */
function transferLine(text: string): { form: string; fields: Captures } | undefined {
  const lead = weekday.exec(text)
  if (lead === null) return undefined
  const time = lead[0].trim()
  const transfer = xferlog(text)
  if (transfer !== undefined && /^[iod]$/.test(transfer['direction'] ?? '') && /^[ic]$/.test(transfer['completion'] ?? ''))
    return { form: 'xferlog', fields: { time, ...pick(transfer, transferNames) } }
  for (const like of vsftpd) {
    const fields = like(text)
    // The address of an IPv4 client is written as one of IPv6.
    if (fields !== undefined) return { form: 'vsftpd', fields: { time, ...pick(fields, ftpNames) } }
  }
  return undefined
}

const transferNames = 'seconds client bytes file mode action direction access user service authUser completion'.split(' ')
const ftpNames = 'pid user result action client file bytes'.split(' ')

function pick(fields: Captures, names: readonly string[]): Captures {
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))
}

const auditOperation = /^(?:CONNECT|DISCONNECT|FAILED_CONNECT|QUERY|READ|WRITE|CREATE|ALTER|RENAME|DROP|PROXY_CONNECT)$/
const auditNames = ['serverhost', 'username', 'clienthost', 'connectionid', 'queryid', 'operation', 'database'] as const

/** MariaDB's server_audit: cells parted by commas, the statement in single quotes, then the return code. */
function serverAudit(text: string): { form: string; fields: Captures } | undefined {
  const timed = /^\d{8} \d{2}:\d{2}:\d{2},/.test(text)
  const cells = text.split(',', timed ? 8 : 7)
  const own = timed ? cells.slice(1) : cells
  if (own.length < 7 || !auditOperation.test(own[5] ?? '')) return undefined
  const rest = text.slice(cells.reduce((sum, cell) => sum + cell.length + 1, 0))
  const comma = rest.lastIndexOf(',')
  const quoted = comma === -1 ? '' : rest.slice(0, comma)
  const fields: Captures = timed ? { time: cells[0] ?? '' } : {}
  auditNames.forEach((name, i) => {
    const value = own[i] ?? ''
    if (value !== '') fields[name] = value
  })
  const object = /^'[^]*'$/.test(quoted) ? unescaped(quoted.slice(1, -1)) : quoted
  if (object !== '') fields['object'] = object
  const code = rest.slice(comma + 1)
  if (/^\d{1,6}/.test(code)) fields['retcode'] = code.trim()
  return { form: 'server-audit', fields }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function unescaped(text: string): string {
  return text.replaceAll(/\\(['\\nrtbf])/g, (_, letter: string) => escapes[letter] ?? letter)
}

/** `… FSNamesystem.audit: allowed=true⇥ugi=…⇥ip=/…⇥cmd=…` */
function hdfsAudit(text: string): { form: string; fields: Captures } | undefined {
  const at = text.indexOf('allowed=')
  if (at === -1 || at > 300 || !text.includes('\tugi=')) return undefined
  const lead = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[,.]\d{3})/.exec(text)
  const fields: Captures = lead === null ? {} : { time: (lead[1] ?? '').replace(',', '.') }
  for (const part of text.slice(at).split('\t', 50)) {
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    if (equals > 0 && /^\w{1,32}$/.test(name) && part.slice(equals + 1) !== 'null') fields[name] = part.slice(equals + 1)
  }
  fields['ip'] = (fields['ip'] ?? '').replace(/^\//, '')
  // A proxy user stands in front of the one whose right it uses.
  const user = /^([^ @/(]{1,256})/.exec(fields['ugi'] ?? '')?.[1]
  if (user !== undefined) fields['user'] = user
  return { form: 'hdfs-audit', fields }
}

/** `TYPE:"4" DBID:"…" SESID:"…" DBUSER:"HR" ACTION:"3" RETCODE:"0"`; older servers write the length of a value in front. */
function oracleAudit(text: string): { form: string; fields: Captures } | undefined {
  if (!/^(?:Oracle (?:Unified )?Audit\[\d{1,10}\]: )?(?:LENGTH: ?|TYPE:)/.test(text)) return undefined
  const fields: Captures = {}
  const pair = /([A-Z][A-Z_ ]{1,40}):(?:\[\d{1,8}\] ?)?"((?:[^"]|""){0,65536})"/g
  for (const found of text.matchAll(pair)) {
    const name = (found[1] ?? '').trim()
    if (Object.keys(fields).length < 200) fields[name] = (found[2] ?? '').replaceAll('""', '"')
  }
  return fields['ACTION'] === undefined ? undefined : { form: 'oracle-audit', fields }
}

/** `[SSH Session] session_id="…" client_ip="…" type="…"` */
function wallix(text: string): { form: string; fields: Captures } | undefined {
  const head = /^\[([A-Za-z]{3,10}(?: Session)?|wabauth|wabaudit|rdpproxy|sshproxy)\] (?=[a-z_]{2,40}=")/.exec(text)
  if (head === null) return undefined
  const log = head[1] ?? ''
  const known = log.endsWith(' Session') || log.startsWith('wab') || log.endsWith('proxy')
  return known ? { form: 'wallix', fields: { ...readPairs(text.slice(head[0].length)), log } } : undefined
}

/** `1427:01:01:site=…;when=…;who=…;event=…` */
function beyondTrust(text: string): { form: string; fields: Captures } | undefined {
  const head = /^\d{1,10}:\d{2}:\d{2}:(?=(?:site|when)=)/.exec(text)
  if (head === null) return undefined
  const fields: Captures = {}
  for (const part of text.slice(head[0].length).split(';', 200)) {
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    if (equals > 0 && /^[\w:.-]{1,64}$/.test(name) && name !== '__proto__') fields[name] = part.slice(equals + 1)
  }
  // The name stands first, the account in brackets.
  const account = /\(([^()]{1,256})\)$/.exec(fields['who'] ?? '')?.[1]
  return {
    form: 'beyondtrust',
    fields: account === undefined ? fields : { ...fields, whoName: fields['who'] ?? '', who: account },
  }
}

const level = '(Alert|Warning|Notice|Info|Error|Debug|Result)'
const thorHead = new RegExp(
  String.raw`^(?:(\d{8}T\d{2}:\d{2}:\d{2}Z) (\S{1,253}) (?:LOKI|THOR): )?(?:THOR: )?${level}: (?=MODULE: )`,
  'i',
)

/** `Alert: MODULE: Filescan MESSAGE: … FILE: …`: names in capitals. */
function thor(text: string): { form: string; fields: Captures } | undefined {
  const head = thorHead.exec(text)
  if (head === null) return undefined
  const fields: Captures = { level: head[3] ?? '' }
  if (head[1] !== undefined) Object.assign(fields, { time: head[1], scanHost: head[2] ?? '' })
  const body = text.slice(head[0].length)
  const marks = [...body.matchAll(/(?:^| )([A-Z][A-Z0-9_]{1,40}): /g)].slice(0, 300)
  marks.forEach((mark, i) => {
    const value = body.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? body.length).trim()
    const name = mark[1] ?? ''
    if (!(name in fields)) fields[name] = value
  })
  return { form: 'thor', fields }
}

const lastlogTemplate =
  /^(\S{1,64}) {2,40}(?:(\S{1,32}) {1,40})?(?:([\d.:a-fA-F]{3,45}|[\w.-]{1,64}) {1,40})?([A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4})$/

/** A line of `lastlog`: user, port, from, time. */
function lastlogLine(text: string): { form: string; fields: Captures } | undefined {
  if (text.length > 400 || !/ [+-]\d{4} \d{4}$/.test(text)) return undefined
  const found = lastlogTemplate.exec(text)
  if (found === null) return undefined
  const [, user = '', port, from, time = ''] = found
  const fields: Captures = { user, time }
  if (port !== undefined) fields['port'] = port
  if (from !== undefined) fields['from'] = from
  return { form: 'lastlog', fields }
}
