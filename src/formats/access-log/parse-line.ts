/** One request as a web server logged it; texts as written, `-` read as ''. */
export interface AccessRecord {
  /** Line number, from 1. */
  readonly line: number
  /** Virtual host that some formats put first; '' without. */
  readonly vhost: string
  /** Name or address of the server, where the log states it; '' without. */
  readonly server: string
  /** Address or name of the client. */
  readonly client: string
  readonly user: string
  /** As written: `11/Jul/2018:08:41:28 +0300`. */
  readonly timeText: string
  /** The same in ISO 8601 with the stated offset; '' when there is no such time. */
  readonly time: string
  readonly method: string
  /** Request target as written: path, and `?` with the query. */
  readonly target: string
  readonly path: string
  readonly query: string
  readonly version: string
  /** Three digits. */
  readonly status: string
  /** Bytes of the response, as digits; '' when not counted. */
  readonly bytes: string
  readonly referer: string
  readonly agent: string
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const timePattern = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/

/** A line in common or combined log format, also with a virtual host first and more fields at the end; undefined for anything else. */
export function parseAccessLine(text: string, line: number): AccessRecord | undefined {
  const open = text.indexOf(' [')
  const close = open === -1 ? -1 : text.indexOf('] "', open)
  if (close === -1 || open > 2_000) return undefined
  const head = text.slice(0, open).split(' ')
  const vhost = head.length >= 4 ? (head.shift() ?? '') : ''
  const [client, , ...user] = head
  if (client === undefined || client === '' || user.length === 0) return undefined
  const request = quoted(text, close + 2)
  if (request === undefined) return undefined
  // A proxy writes 0 for a connection that ended before a request.
  const counted = /^ (\d{3}|0) (\d{1,19}|-)(?= |$)/.exec(text.slice(request.end, request.end + 30))
  if (counted === null) return undefined
  const [all, status = '', bytes = ''] = counted
  const afterBytes = request.end + all.length
  const referer = quoted(text, afterBytes + 1)
  const agent = referer === undefined ? undefined : quoted(text, referer.end + 1)
  const timeText = text.slice(open + 2, close)
  return {
    line,
    vhost,
    server: '',
    client,
    user: given(user.join(' ')),
    timeText,
    time: isoOf(timeText),
    ...requestParts(request.text),
    status,
    bytes: given(bytes),
    referer: given(referer?.text ?? ''),
    agent: given(agent?.text ?? ''),
  }
}

/** The text between quotes that begin at `at`; a backslash keeps the next character from ending it. */
function quoted(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  if (text[at] !== '"') return undefined
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1
    else if (text[i] === '"') return { text: text.slice(at + 1, i), end: i + 1 }
  }
  return undefined
}

/** Method, target and version of a request line; one that is no HTTP request is all target. */
export function requestParts(request: string): Pick<AccessRecord, 'method' | 'target' | 'path' | 'query' | 'version'> {
  const first = request.indexOf(' ')
  const last = request.lastIndexOf(' ')
  const versioned = last > first && /^HTTP\/\d/.test(request.slice(last + 1))
  // A request that is no HTTP request (a probe in another protocol) is all target.
  if (first <= 0 || !/^[A-Za-z-]{1,32}$/.test(request.slice(0, first)))
    return { method: '', target: given(request), path: given(request), query: '', version: '' }
  const target = request.slice(first + 1, versioned ? last : undefined)
  const mark = target.indexOf('?')
  return {
    method: request.slice(0, first),
    target,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    version: versioned ? request.slice(last + 1) : '',
  }
}

/** A time such as `11/Jul/2018:08:41:28 +0300` in ISO 8601; '' when it is none. */
export function isoOf(text: string): string {
  const match = timePattern.exec(text)
  if (match === null) return ''
  const month = months.indexOf(match[2] ?? '') / 3 + 1
  return Number.isInteger(month) && month > 0
    ? `${match[3]}-${String(month).padStart(2, '0')}-${match[1]}T${match[4]}${match[5]}`
    : ''
}

function given(text: string): string {
  return text === '-' ? '' : text
}
