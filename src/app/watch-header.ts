import { bytesSource } from '../base/index.ts'
import { readEvents, type ReadEventsOptions } from '../events/index.ts'
import { headedLayout, identify, type Identified } from '../formats/index.ts'

const newline = 10
const hash = 0x23
const mark = Buffer.from([0xef, 0xbb, 0xbf])

/** Most bytes of the lines that name columns. */
const headerBytes = 65_536

/** What the readers of such logs take from lines with `#`; anything else there (`#Remark`, `#close`) is no part of a header. */
const directives = new Set([
  'separator',
  'set_separator',
  'empty_field',
  'unset_field',
  'path',
  'types',
  'software',
  'version',
  'date',
  'fields',
])

/** Bytes with which the other lines begin that name columns: nfdump and rwcut. */
const starts = new Set(Buffer.from(' Dtsd'))

/** A log under a header of its own: the file, or the one that had its name before. */
export interface Headed {
  readonly format: Identified
  /** The lines that name the columns, in base64. */
  readonly header: string
}

/** The lines a later stretch of a log cannot be read without: those in effect that name its columns; none for most logs. `bytes` begin with a line. */
export function headerOf(before: Uint8Array, bytes: Uint8Array, cut: 'lines' | 'headed' | 'table'): Uint8Array {
  if (cut === 'lines') return before
  return cut === 'table' ? tableHeader(before, bytes) : directivesOf(before, bytes)
}

/** The first line of a table that is not blank; the last one like it where the columns change. */
function tableHeader(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  let header = before
  for (const line of linesOf(bytes)) {
    if (line.length > headerBytes) continue
    if (header.length === 0) header = line.some((byte) => byte > 32) ? line : header
    else if (line !== header && beginsAlike(line, header)) header = line
  }
  return Uint8Array.from(header)
}

/** Whether two lines have the same first cell. */
function beginsAlike(line: Uint8Array, header: Uint8Array): boolean {
  const named = Buffer.from(header.buffer, header.byteOffset, header.length)
  const from = named.subarray(0, 3).equals(mark) ? 3 : 0
  let end = from
  while (end < named.length && !',;\t|\r\n'.includes(String.fromCharCode(named[end] ?? newline))) end += 1
  const own = named.subarray(from, end + 1)
  return own.length > 1 && Buffer.from(line.buffer, line.byteOffset, Math.min(own.length, line.length)).equals(own)
}

/** The last line of each directive, in the order in which they first came. */
function directivesOf(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const known = new Map<string, Uint8Array>()
  let changed = false
  const take = (line: Uint8Array): void => {
    const name = directiveOf(line)
    if (name === undefined) return
    known.set(name, line)
    changed = true
  }
  for (const line of linesOf(before)) take(line)
  changed = false
  for (const line of linesOf(bytes)) {
    const first = line[line[0] === mark[0] ? 3 : 0]
    if (first === hash || starts.has(first ?? 0)) take(line)
  }
  if (!changed) return before
  const all = Buffer.concat([...known.values()])
  return all.length > headerBytes ? before : Uint8Array.from(all)
}

function directiveOf(line: Uint8Array): string | undefined {
  if (line.length > headerBytes) return undefined
  const text = Buffer.from(line.buffer, line.byteOffset, line.length)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
  const [, directive] = /^#(\w{1,32}):?[ \t]/.exec(text) ?? []
  if (directive !== undefined) return directives.has(directive.toLowerCase()) ? directive.toLowerCase() : undefined
  return headedLayout(text) === undefined ? undefined : 'fields'
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(newline, from)
    const next = end < 0 ? bytes.length : end + 1
    yield bytes.subarray(from, next)
    from = next
  }
}

/** Bytes of a beginning by which it is told whose columns it has. */
const fitBytes = 16_384

/**
 * Whether what begins without a header goes on under the one of the file before: where a log is copied and cut, or opened anew by a
 * program that names its columns only once, its rows are known by nothing else.
 */
export async function fitsHeader(
  first: Uint8Array,
  { format, header }: Headed,
  reading: Pick<ReadEventsOptions, 'zone' | 'until'>,
): Promise<boolean> {
  const cut = format.log ?? 'lines'
  const own = await identify(bytesSource('log', first))
  if (cut === 'lines' || header === '' || own.log === cut || format.kind === 'csv') return false
  const part = first.subarray(0, fitBytes)
  const whole = part.subarray(0, part.lastIndexOf(newline) + 1)
  const source = bytesSource('log', Buffer.concat([Buffer.from(header, 'base64'), whole]))
  let good = 0
  let bad = 0
  for await (const { records, faults } of readEvents(source, { ...reading, identified: format })) {
    const timed = records.filter((one) => one.time !== '').length
    good += timed
    bad += records.length - timed + faults.filter((one) => one.code !== 'event-time').length
  }
  return good > bad
}
