import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { asUtf8 } from './utf8.ts'

/** One line of a text, without its line end. */
export interface Line {
  /** Line number, from 1. */
  readonly n: number
  /** Offset of its first byte and of the byte after its last one. In a UTF-16 source: of the UTF-8 form. */
  readonly from: number
  readonly to: number
  /** Well-formed text; bytes that are no UTF-8 stand as U+FFFD (and a fault says so). */
  readonly text: string
}

const todo = 'The line was passed over; look at it in the original. The lines after it were read.'

/**
 * The lines of a source in order, one batch per block read. LF and CRLF end a line; the last one needs no end. UTF-8, or
 * UTF-16 with a byte-order mark. A line longer than `maxBytes` (default `limits.lineBytes`) is never held: it becomes one
 * fault, and reading goes on behind the next line end. Empty lines are given too, so that numbers stay true.
 */
export async function* readLines(
  source: ByteSource,
  options: { readonly maxBytes?: number; readonly watch?: Watch } = {},
): AsyncGenerator<Batch<Line>> {
  const max = options.maxBytes ?? limits.lineBytes
  const pending: Buffer[] = []
  let pendingBytes = 0
  let dropping = false
  let n = 1
  let lineStart = 0
  let offset = 0

  for await (const block of asUtf8(source)) {
    options.watch?.signal?.throwIfAborted()
    const records: Line[] = []
    const faults: Fault[] = []
    const { bytes } = block
    faults.push(...block.faults)
    let from = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      const tooLong = dropping || pendingBytes + end - from > max
      if (tooLong) faults.push(longLine(source, n, lineStart, max))
      else take(pendingBytes === 0 ? bytes.subarray(from, end) : Buffer.concat([...pending, bytes.subarray(from, end)]))
      pending.length = 0
      pendingBytes = 0
      dropping = false
      n += 1
      from = end + 1
      lineStart = offset + from
    }
    if (from < bytes.length) {
      pendingBytes += bytes.length - from
      if (pendingBytes > max) {
        dropping = true
        pending.length = 0
      } else pending.push(Buffer.from(bytes.subarray(from)))
    }
    offset += bytes.length
    if (records.length > 0 || faults.length > 0) yield { records, faults }
    options.watch?.report?.({ step: `reading ${source.name}`, done: offset, total: source.size, unit: 'bytes' })

    function take(line: Buffer): void {
      records.push(lineOf(source, { line, n, from: lineStart }, faults))
    }
  }
  if (dropping) yield { records: [], faults: [longLine(source, n, lineStart, max)] }
  else if (pendingBytes > 0) {
    const faults: Fault[] = []
    const last = lineOf(source, { line: Buffer.concat(pending), n, from: lineStart }, faults)
    yield { records: [last], faults }
  }
}

export function lineOf(source: ByteSource, at: { line: Buffer; n: number; from: number }, faults: Fault[]): Line {
  const { line, n, from } = at
  const length = line.length > 0 && line[line.length - 1] === 13 ? line.length - 1 : line.length
  const text = line.toString('utf8', 0, length)
  if (text.includes('\ufffd') && !validUtf8(line)) {
    const what = 'The line holds bytes that are no UTF-8; they were replaced by U+FFFD.'
    faults.push(
      fault(
        'text-not-utf8',
        what,
        { file: source.name, line: n, offset: from },
        'If the file has another encoding, convert it and add it again.',
        0,
      ),
    )
  }
  return { n, from, to: from + length, text }
}

const strict = new TextDecoder('utf-8', { fatal: true })

function validUtf8(bytes: Buffer): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

export function longLine(source: ByteSource, line: number, offset: number, max: number): Fault {
  return fault('line-too-long', `The line is longer than ${max} bytes.`, { file: source.name, line, offset }, todo, 1)
}
