import type { ByteSource, Watch } from '../../base/index.ts'
import { LineDecoder } from './encoding.ts'
import { plainScanner } from './plain-lines.ts'
import type { PlainBatch } from './reader.ts'
import { LineQueue, type OpenTable } from './row-queue.ts'
import { LineCutter } from './text-lines.ts'

/** Longest piece without a line end that waits for its rest. */
const heldBytes = 64 * 1024
/** Plain rows that must stand between two lines that are not, for lines to be handed over one by one. */
const fewPlain = 8
const firstStretch = 2 * 1024
const longestStretch = 1024 * 1024

/**
 * The rows of a table as `rows` of its reader gives them, plain ones as bytes. Lines that are not plain, and as many after them as they need, go
 * through the reader of lines; where there are many of those, whole stretches do.
 */
export async function* readPlain(source: ByteSource, table: OpenTable, watch?: Watch): AsyncGenerator<PlainBatch> {
  const decoder = new LineDecoder(table.tally)
  const cutter = new LineCutter('\n')
  const queue = new LineQueue(table)
  const scan = plainScanner(table)
  for (const one of table.faults) queue.out.fault(one)
  let held: Uint8Array = new Uint8Array()
  // Part of a line is with the reader of lines already.
  let within = false
  let line = 1
  let since = fewPlain
  let stretch = 0
  let done = 0

  function* slowly(bytes: Uint8Array): Generator<PlainBatch> {
    const lines = cutter.add(decoder.decode(bytes))
    line += lines.length
    queue.add(lines)
    while (queue.read(false)) yield queue.out.take()
  }

  for await (const chunk of source.stream()) {
    watch?.signal?.throwIfAborted()
    done += chunk.length
    // A copy: the rows outlive the chunk.
    const bytes = Buffer.concat([held, chunk])
    held = new Uint8Array()
    for (let at = 0; at < bytes.length;) {
      if (scan !== undefined && !within && queue.idle) {
        const { end, utf8, firstUtf8, ...plain } = scan(bytes, at)
        const lines = { from: at, to: end, delimiter: table.syntax.delimiter, quote: table.syntax.quote }
        at = end
        if (plain.rows > 0) {
          if (!queue.out.empty) yield queue.out.take()
          decoder.pass(plain.rows, utf8, firstUtf8)
          cutter.pass(plain.rows)
          yield { records: [], faults: [], plain: { ...plain, n: queue.pass(plain.rows), line, lines } }
          line += plain.rows
          since += plain.rows
        }
      }
      const first = bytes.indexOf(10, at)
      if (first === -1) {
        if (within || bytes.length - at > heldBytes) {
          within = true
          yield* slowly(bytes.subarray(at))
        } else held = bytes.subarray(at)
        break
      }
      if (since >= fewPlain) stretch = 0
      else stretch = stretch === 0 ? 1 : Math.min(longestStretch, Math.max(firstStretch, stretch * 2))
      since = 0
      const later = at + stretch >= bytes.length ? bytes.lastIndexOf(10) : bytes.indexOf(10, at + stretch)
      const end = 1 + Math.max(first, later)
      yield* slowly(bytes.subarray(at, end))
      within = false
      at = end
    }
    watch?.report?.({ step: `reading ${source.name}`, done, total: source.size, unit: 'bytes' })
  }
  yield* slowly(held)
  const rest = cutter.add(decoder.decode())
  const last = cutter.end()
  queue.add(last === undefined ? rest : [...rest, last])
  while (queue.read(true)) yield queue.out.take()
  queue.end()
  if (!queue.out.empty) yield queue.out.take()
}
