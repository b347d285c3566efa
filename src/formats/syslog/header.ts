/** What a syslog header says; '' for parts that are not there. */
export interface SyslogHeader {
  /** As written; '' for the nil value. */
  readonly time: string
  readonly host: string
  /** Program, or the tag in front of the colon. */
  readonly app: string
  readonly pid: string
  readonly messageId: string
  /** 0 to 23, or -1 without a priority. */
  readonly facility: number
  /** 0 (emergency) to 7 (debug), or -1 without a priority. */
  readonly severity: number
  /** Structured data of RFC 5424 as `id.name`. */
  readonly data: Readonly<Record<string, string>>
  readonly message: string
}

const priority = /^<(\d{1,3})>/
const version5424 = /^1 (\S{1,64}) (\S{1,255}) (\S{1,255}) (\S{1,128}) (\S{1,64}) /
const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?(?=[ :])/
const isoBlank = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?(?=[ :])/
const monthDay =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: (?:[A-Z]{3,5}|\d{4})(?=[ :]))?(?=[ :])/
const sequence = /^\d{1,10}: /
const tag = /^(?!CEF:|LEEF:)([A-Za-z_(/%-][^\s:[\]=,"]{0,127})(?:\[([^\]\s]{0,64})\])?: {0,8}/
/** F5 and others name the level in front of the program. */
const levelWord = /^(?:emerg|alert|crit|err|error|warning|warn|notice|info|debug) (?=[A-Za-z_][\w./-]{0,63}(?:\[\d{1,10}\])?: )/
/** What ProFTPD puts in front in a file of its own (`SystemLog`). */
const proftpd = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3}) (\S{1,255}) proftpd\[(\d{1,10})\] /
const dataName = /[^\s="\]]{1,255}/y

/**
 * The syslog header in front of a message: RFC 5424, or RFC 3164 and its kin (with year, with fractions, with the time in
 * ISO 8601, with Cisco's sequence number and mark of an unset clock, without host). Undefined for a text without one.
 */
export function syslogHeader(text: string): SyslogHeader | undefined {
  const pri = priority.exec(text)
  const value = pri === null ? -1 : Number(pri[1])
  if (value > 191) return undefined
  const level = value === -1 ? { facility: -1, severity: -1 } : { facility: value >> 3, severity: value & 7 }
  let rest = text.slice(pri?.[0].length ?? 0)
  const modern = version5424.exec(rest)
  if (modern !== null) {
    const data = structuredData(rest, modern[0].length)
    if (data !== undefined) {
      const [, time = '', host = '', program = '', pid = '', id = ''] = modern
      // Some senders keep the colon of the older form.
      const app = program.replace(/:$/, '')
      // rsyslog keeps the blanks that stood behind the tag of the older form.
      const message = rest.slice(data.end).replace(/^ {0,9}\uFEFF?/, '')
      const [t, h, a, p, m] = [time, host, app, pid, id].map((one) => (one === '-' ? '' : one)) as [
        string,
        string,
        string,
        string,
        string,
      ]
      return { time: t, host: h, app: a, pid: p, messageId: m, ...level, data: data.fields, message }
    }
  }
  const ftp = pri === null ? proftpd.exec(rest) : null
  if (ftp !== null) {
    const [all, time = '', host = '', pid = ''] = ftp
    return { time, host, app: 'proftpd', pid, messageId: '', ...level, data: {}, message: rest.slice(all.length) }
  }
  rest = rest.trimStart()
  const number = sequence.exec(rest)
  if (number !== null) rest = rest.slice(number[0].length)
  if (rest.startsWith('*') || rest.startsWith('.')) rest = rest.slice(1)
  const time = (iso.exec(rest) ?? monthDay.exec(rest) ?? (pri === null ? null : isoBlank.exec(rest)))?.[0]
  // A message with a priority and no time of its own: the rest is the message.
  if (time === undefined)
    return pri === null ? undefined : { time: '', host: '', app: '', pid: '', messageId: '', ...level, data: {}, message: rest }
  rest = rest.slice(time.length).replace(/^:? {0,3}/, '')
  const none = { messageId: '', ...level, data: {} }
  // Cisco devices write no host, or one with a colon of its own.
  if (rest.startsWith('%')) return { time, host: '', app: '', pid: '', ...none, message: rest }
  const first = /^\S{1,255}/.exec(rest)?.[0] ?? ''
  const direct = tag.exec(rest)
  const isTag = direct !== null && direct[0].trimEnd() === first
  let host = ''
  if (!isTag && first !== '') {
    host = first
    rest = rest
      .slice(first.length)
      .replace(/^ {0,3}(?:: {1,2})?/, '')
      .replace(levelWord, '')
  }
  const named = tag.exec(rest)
  const app = named?.[1] ?? ''
  return {
    time,
    host,
    app,
    pid: named?.[2] ?? '',
    ...none,
    message: named === null || app.startsWith('%') ? rest : rest.slice(named[0].length),
  }
}

/** Structured data that begins at `from`; its end. Undefined when it is none. */
function structuredData(text: string, from: number): { fields: Record<string, string>; end: number } | undefined {
  const fields: Record<string, string> = {}
  if (text[from] === '-') return { fields, end: from + 1 }
  let at = from
  while (text[at] === '[') {
    dataName.lastIndex = at + 1
    const id = dataName.exec(text)?.[0]
    if (id === undefined) return undefined
    at += 1 + id.length
    while (text[at] === ' ') {
      dataName.lastIndex = at + 1
      const name = dataName.exec(text)?.[0]
      if (name === undefined || !text.startsWith('="', at + 1 + name.length)) return undefined
      const value = quotedEnd(text, at + 3 + name.length)
      if (value === undefined) return undefined
      fields[`${id}.${name}`] = value.text
      at = value.end
    }
    if (text[at] !== ']') return undefined
    at += 1
  }
  return at === from ? undefined : { fields, end: at }
}

function quotedEnd(text: string, from: number): { text: string; end: number } | undefined {
  let value = ''
  let start = from
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\' && /["\\\]]/.test(text[i + 1] ?? '')) {
      value += text.slice(start, i)
      start = i + 1
      i += 1
    } else if (text[i] === '"') return { text: value + text.slice(start, i), end: i + 1 }
  }
  return undefined
}
