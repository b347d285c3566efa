import { headedLayout } from '../headed/headed.ts'
import { syslogFrames } from '../syslog/octets.ts'
import { readLogLine, type LogLine } from './log-line.ts'

interface Seen {
  readonly seen: string
  readonly log: 'lines' | 'headed'
  readonly app?: string
}

const spoken: Readonly<Record<string, string>> = {
  cef: 'events in CEF',
  leef: 'events in LEEF',
  pairs: 'lines of name=value pairs',
  'comma-pairs': 'Cisco ISE messages',
  cisco: 'Cisco device messages',
  audit: 'Linux audit records',
  windows: 'Windows events',
  squid: 'Squid access log',
  haproxy: 'HAProxy log',
  'haproxy-tcp': 'HAProxy log',
  'nginx-error': 'nginx error log',
  'apache-error': 'Apache error log',
  'bind-query': 'DNS query log (BIND)',
  'windows-dns': 'DNS debug log (Windows)',
  'openvpn-status': 'OpenVPN status',
  'pan-os': 'PAN-OS log',
  netscaler: 'Citrix ADC log',
  tacacs: 'TACACS+ accounting',
  xferlog: 'FTP transfer log',
  vsftpd: 'vsftpd log',
  'server-audit': 'MariaDB audit log',
  'hdfs-audit': 'HDFS audit log',
  'oracle-audit': 'Oracle audit records',
  wallix: 'WALLIX Bastion log',
  beyondtrust: 'BeyondTrust log',
  thor: 'THOR or LOKI scan log',
  lastlog: 'lastlog output',
}

const headedNames = {
  w3c: 'log in W3C extended format',
  zeek: 'Zeek log',
  nfdump: 'flows (nfdump)',
  rwcut: 'flows (rwcut)',
} as const
const pairTimes = ['date', 'time', 'timestamp', 'ts', 'eventtime', 'devid', 'logid', 'level', 'msg', 'datetime']
const vpnSigns = /Peer Connection Initiated|MULTI: |VERIFY OK: |OpenVPN \d\.\d|Data Channel: |TLS: /

/** What kind of log the first lines are, when most of them have a form that is read; undefined for anything else. */
export function sniffLogLines(lines: readonly string[]): Seen | undefined {
  const [first = ''] = lines
  const layout = lines
    .slice(0, 20)
    .values()
    .map(headedLayout)
    .find((one) => one !== undefined)
  if (layout !== undefined) return { seen: headedNames[layout.form], log: 'headed' }
  if (/^OpenVPN CLIENT LIST$|^TITLE[,\t]OpenVPN/.test(first)) return { seen: spoken['openvpn-status'] ?? '', log: 'lines' }
  if (lines.filter((line) => timed.test(line)).length * 2 > lines.length && lines.some((line) => vpnSigns.test(line)))
    return { seen: 'OpenVPN log', log: 'lines', app: 'openvpn-file' }
  const forms = new Map<string, number>()
  let known = 0
  let read = 0
  for (const text of lines) {
    if (text === '----') continue
    const line = readLogLine(syslogFrames(text.slice(0, 16_384))[0] ?? '')
    if (line === undefined) continue
    read += 1
    const name = formOf(line)
    if (name === undefined) continue
    known += 1
    forms.set(name, (forms.get(name) ?? 0) + 1)
  }
  if (known * 5 < read * 3 || known === 0) return undefined
  const [most = ''] = [...forms].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? []
  return { seen: most, log: 'lines' }
}

function formOf(line: LogLine): string | undefined {
  const { form, fields, header } = line
  const inside = spoken[form]
  if (header !== undefined) {
    // A time and a word are not enough to call prose syslog.
    if (inside === undefined && header.app === '' && header.facility === -1) return undefined
    return inside === undefined ? 'syslog' : `${inside} in syslog`
  }
  if (form === 'pairs' && !pairTimes.some((name) => name in fields)) return undefined
  return inside
}

const timed =
  /^\[?(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}|[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \d{4}|\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}|\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2})[^,;|\t]{0,14}[\] ]./

/** A log of lines that all begin with a full time, of no kind known otherwise. */
export function sniffTimedLines(lines: readonly string[]): Seen | undefined {
  const starting = lines.filter((line) => timed.test(line)).length
  return starting >= 2 && starting * 10 >= lines.length * 9 ? { seen: 'log of lines with a time', log: 'lines' } : undefined
}
