import { readAuditForm } from './audit-lines.ts'
import { readErrorLine } from './error-lines.ts'
import { readQueryLine } from './query-lines.ts'
import { compileTemplate, type Captures } from './template.ts'

/** A form of whole lines: named templates, tried in order. */
interface LineForm {
  readonly name: string
  /** A literal that every line in the form holds: looked for first, since that is quick. */
  readonly mark: string
  readonly like: readonly string[]
}

/**
 * Forms of lines that no header announces. Field names are ours. Shapes after: Squid "Log Formats" (native), HAProxy
 * configuration manual 8.2 (HTTP and TCP log format), the legend at the top of the debug log of
 * Windows DNS Server, OpenVPN reference manual (`--status-version`), PAN-OS syslog field descriptions, PostgreSQL none.
 */
const forms: readonly LineForm[] = [
  {
    name: 'squid',
    mark: '/',
    like: [
      '{time} {elapsed:int} {client} {result}/{status:int} {bytes:int} {method} {url} {user} {hierarchy}/{peer} {contentType}',
    ],
  },
  {
    name: 'haproxy',
    mark: '] ',
    like: [
      '{client:peer} [{time:any}] {frontend} {backend}/{server} {timers} {status} {bytes:int} {requestCookie} {responseCookie} {termination} {connections} {queues} {:any}"{request:any}"',
      // A request that did not fit into the longest line ends without its quote.
      '{client:peer} [{time:any}] {frontend} {backend}/{server} {timers} {status} {bytes:int} {requestCookie} {responseCookie} {termination} {connections} {queues} {:any}"{request:any}',
    ],
  },
  {
    name: 'haproxy-tcp',
    mark: '] ',
    like: ['{client:peer} [{time:any}] {frontend} {backend}/{server} {timers} {bytes:int} {termination} {connections} {queues}'],
  },
  {
    name: 'windows-dns',
    mark: ' PACKET ',
    like: [
      '{date} {clock} {half} {thread} PACKET {packet} {protocol} {direction} {client:ip} {id} {operation:any}[{flags:any}] {queryType} {name}',
      '{date} {clock} {thread} PACKET {packet} {protocol} {direction} {client:ip} {id} {operation:any}[{flags:any}] {queryType} {name}',
    ],
  },
  {
    name: 'openvpn-status',
    mark: ',',
    like: [
      'CLIENT_LIST,{commonName:any},{client:peer},{virtualAddress:any},{virtualAddress6:any},{bytesReceived:int},{bytesSent:int},{connectedSince:any},{connectedSinceEpoch:int},{user:any},',
      'CLIENT_LIST,{commonName:any},{client:peer},{virtualAddress:any},{bytesReceived:int},{bytesSent:int},{connectedSince:any},{connectedSinceEpoch:int}',
      '{commonName:any},{client:peer},{bytesReceived:int},{bytesSent:int},{connectedSince:any}',
    ],
  },
]

const compiled = forms.map(({ name, mark, like }) => ({ name, mark, like: like.map(compileTemplate) }))

/** Positions of a line of cells; '' = not kept. */
interface CellForm {
  readonly name: string
  readonly cell: number
  readonly is: string
  readonly names: readonly string[]
}

const panHead = ['', 'receive_time', 'serial', 'type', 'subtype', '', 'time_generated'] as const

const cellForms: readonly CellForm[] = [
  {
    name: 'pan-os',
    cell: 3,
    is: 'GLOBALPROTECT',
    names: [
      ...panHead,
      ...'vsys eventid stage auth_method tunnel_type srcuser srcregion machinename public_ip public_ipv6 private_ip private_ipv6 hostid serialnumber client_ver client_os client_os_ver repeatcnt reason error opaque status location login_duration connect_method error_code portal seqno actionflags'.split(
        ' ',
      ),
    ],
  },
  {
    name: 'pan-os',
    cell: 3,
    is: 'TRAFFIC',
    names: [
      ...panHead,
      ...'src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if outbound_if logset _ sessionid repeatcnt sport dport natsport natdport flags proto action bytes bytes_sent bytes_received packets start elapsed category'.split(
        ' ',
      ),
    ],
  },
  {
    name: 'pan-os',
    cell: 3,
    is: 'SYSTEM',
    names: [...panHead, ...'vsys eventid object _ _ module severity opaque seqno actionflags'.split(' ')],
  },
  {
    name: 'pan-os',
    cell: 3,
    is: 'CONFIG',
    names: [...panHead, ...'host vsys cmd admin client result path before_change_detail after_change_detail'.split(' ')],
  },
]

/** The fields of a line in one of the known forms, and the form's name. */
export function readForm(line: string): { readonly form: string; readonly fields: Captures } | undefined {
  // OpenVPN's third version of its status has tabs where the second has commas.
  const text = line.startsWith('CLIENT_LIST\t') ? line.replaceAll('\t', ',') : line
  for (const { name, mark, like } of compiled) {
    if (!text.includes(mark)) continue
    for (const template of like) {
      const fields = template(text)
      if (fields !== undefined) return { form: name, fields: name === 'windows-dns' ? withPlainName(fields) : fields }
    }
  }
  return (
    readQueryLine(text) ?? readErrorLine(text) ?? netScaler(text) ?? tacacsAccounting(text) ?? cells(text) ?? readAuditForm(text)
  )
}

/** `(3)www(7)example(3)com(0)` is `www.example.com`. */
function withPlainName(fields: Captures): Captures {
  const query = (fields['name'] ?? '').replaceAll(/\(\d{1,3}\)/g, '.').replaceAll(/^\.|\.$/g, '')
  return { ...fields, query }
}

/** Whether a line in a form belongs to the file's frame and tells no event. */
export function isFrameLine(text: string): boolean {
  return (
    /^(?:HEADER|TITLE|TIME|GLOBAL_STATS|ROUTING_TABLE)[,\t]|^END$|^(?:OpenVPN CLIENT LIST|ROUTING TABLE|GLOBAL STATS)$|^(?:Updated|Virtual Address|Common Name|Max bcast\/mcast queue length),/.test(
      text,
    ) ||
    /^[\d.a-f:/]{3,45}C?,[^,]{1,64},[\d.:[\]a-f]{3,64},(?:\w{3} |\d{4}-)/.test(text) ||
    /^(?:DNS Server log file creation at|Log file wrap at|Message logging key)/.test(text) ||
    /^Username {4,40}Port {2,40}From {2,80}Latest$|^\S{1,64} {2,120}\*\*Never logged in\*\*$/.test(text)
  )
}

const netScalerHead =
  /^(\d{2}\/\d{2}\/\d{4}:\d{2}:\d{2}:\d{2}) {1,2}(?:([A-Z]{3,4}) {1,2})?(?:(\S{1,128}) )?(\d{1,3}-PPE-\d{1,3}|PPE-\d{1,3}) : {1,2}(?:([a-z]\S{0,63}) )?([A-Z]\w{1,31}) ([A-Z_]{2,64}|Message) (\d{1,20})(?: \d{1,10})? : {1,3}/

/** Citrix ADC (NetScaler): a head of its own, then items ` - Name value`. */
function netScaler(text: string): { form: string; fields: Captures } | undefined {
  if (text.charCodeAt(2) !== 47) return undefined
  const head = netScalerHead.exec(text)
  if (head === null) return undefined
  const [all, time = '', zone = '', node = '', engine = '', partition = '', feature = '', event = '', id = ''] = head
  const fields: Captures = { time: `${time} ${zone}`.trim(), node, engine, partition, feature, event, id }
  for (const item of text.slice(all.length).split(/ ?- /, 100)) {
    // Marks of the kind of session stand in brackets in front of the first item.
    const part = item.replace(/^\s{0,3}(?:\[[^\]]{0,200}\] ?){0,8}/, '').trim()
    const blank = part.indexOf(' ')
    const name = part.slice(0, blank === -1 ? part.length : blank).replace(/:$/, '')
    if (!/^[A-Za-z_:]{1,64}$/.test(name) || name in fields || blank === -1) continue
    fields[name] = part
      .slice(blank + 1)
      .replaceAll(/\\?"/g, '')
      .trim()
  }
  const [user = ''] = fields['username:domainname']?.split(':') ?? []
  if (user !== '') fields['User'] ??= user
  for (const name of ['Source', 'Destination', 'Vserver']) {
    const pair = /^([\d.]{7,15}|[\da-fA-F:]{3,45}):(\d{1,5})$/.exec(fields[name] ?? '')
    if (pair !== null) Object.assign(fields, { [`${name}Ip`]: pair[1], [`${name}Port`]: pair[2] })
  }
  const group = /^(\S{1,128})@(\S{1,128})/.exec(fields['Context'] ?? '')
  if (group !== null) {
    fields['contextUser'] = group[1] ?? ''
    fields['contextIp'] = group[2] ?? ''
  }
  return { form: 'netscaler', fields }
}

/** tac_plus accounting: time, device, user, port, remote address, start or stop, then `name=value`, parted by tabs. */
function tacacsAccounting(text: string): { form: string; fields: Captures } | undefined {
  if (!text.includes('\t')) return undefined
  const parts = text.split('\t', 100)
  if (parts.length < 6) return undefined
  const record = parts.findIndex((part) => /^(?:start|stop|update)$/i.test(part))
  if (record < 4 || record > 6) return undefined
  const [device = '', user = '', port = '', remote = ''] = parts.slice(record - 4, record)
  const fields: Captures = { record: parts[record] ?? '', device, user, port, remote }
  if (record > 4) fields['time'] = parts[0] ?? ''
  for (const part of parts.slice(record + 1)) {
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    if (equals > 0 && /^[\w-]{1,64}$/.test(name) && !(name in fields)) fields[name] = part.slice(equals + 1)
  }
  return { form: 'tacacs', fields }
}

function cells(text: string): { form: string; fields: Captures } | undefined {
  if (!/^[^,]{0,20},[^,]{0,40},[^,]{0,40},[A-Z]{3,20},/.test(text)) return undefined
  const row = commaCells(text)
  const form = cellForms.find(({ cell, is }) => row[cell] === is)
  if (form === undefined) return undefined
  const fields: Captures = {}
  form.names.forEach((name, i) => {
    const value = row[i]
    if (name !== '' && name !== '_' && value !== undefined && value !== '') fields[name] = value
  })
  return { form: form.name, fields }
}

function commaCells(text: string): string[] {
  const row: string[] = []
  let at = 0
  while (at <= text.length && row.length < 300) {
    if (text[at] === '"') {
      const end = quoteEnd(text, at + 1)
      row.push(text.slice(at + 1, end).replaceAll('""', '"'))
      const comma = text.indexOf(',', end)
      at = comma === -1 ? text.length + 1 : comma + 1
    } else {
      const comma = text.indexOf(',', at)
      row.push(text.slice(at, comma === -1 ? undefined : comma))
      at = comma === -1 ? text.length + 1 : comma + 1
    }
  }
  return row
}

function quoteEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1)
    if (text[i] === '"') {
      if (text[i + 1] !== '"') return i
      i += 1
    }
  return text.length
}
