import { invariant } from '../base/index.ts'

/** How the records of an index are laid out: tokens of identifiers, then per marked column the token of its value and its mask. */
export interface IndexLayout {
  readonly identifiers: number
  readonly marked: number
}

/** A row of an extract as its index keeps it: no value, only tokens. */
export interface IndexedRow {
  /** 16 hex digits per identifier column, '' where the row has none; in key order. */
  readonly tokens: readonly string[]
  /** Per marked column: 8 hex digits of the token of its canonical form ('' = none), and the sites set in it. */
  readonly cells: readonly { readonly value: string; readonly mask: number }[]
}

const tokenBytes = 8
const valueBytes = 4
const maskBytes = 2

/** Bytes of one record. */
export function recordBytes({ identifiers, marked }: IndexLayout): number {
  return identifiers * tokenBytes + marked * (valueBytes + maskBytes)
}

/** One row as bytes. */
export function encodeRow(row: IndexedRow, layout: IndexLayout): Buffer {
  invariant(row.tokens.length === layout.identifiers && row.cells.length === layout.marked, 'index layout')
  const out = Buffer.alloc(recordBytes(layout))
  for (const [at, token] of row.tokens.entries()) out.write(token, at * tokenBytes, 'hex')
  for (const [at, cell] of row.cells.entries()) {
    const start = layout.identifiers * tokenBytes + at * (valueBytes + maskBytes)
    out.write(cell.value, start, 'hex')
    out.writeUInt16LE(cell.mask, start + valueBytes)
  }
  return out
}

/** The rows of an index that share an identifier with the sample, by their number from 0. Rows without one never match. */
export async function matchRows(options: {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly layout: IndexLayout
  /** Has the sample this identifier? */
  readonly wanted: ReadonlySet<string>
}): Promise<readonly (IndexedRow & { readonly n: number })[]> {
  const { layout, wanted } = options
  const size = recordBytes(layout)
  const near = nearby(wanted)
  const found: (IndexedRow & { readonly n: number })[] = []
  let rest: Buffer = Buffer.alloc(0)
  let n = 0
  for await (const chunk of options.chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk])
    let at = 0
    for (; at + size <= bytes.length; at += size, n += 1) {
      for (let id = 0; id < layout.identifiers; id += 1) {
        const start = at + id * tokenBytes
        if (!near(bytes.readUInt32BE(start))) continue
        if (!wanted.has(bytes.toString('hex', start, start + tokenBytes))) continue
        found.push({ n, ...decodeRow(bytes.subarray(at, at + size), layout) })
        break
      }
    }
    rest = Buffer.from(bytes.subarray(at))
  }
  return found
}

function decodeRow(bytes: Buffer, layout: IndexLayout): IndexedRow {
  const tokens = Array.from({ length: layout.identifiers }, (_, at) => {
    const token = bytes.toString('hex', at * tokenBytes, (at + 1) * tokenBytes)
    return token === none ? '' : token
  })
  const cells = Array.from({ length: layout.marked }, (_, at) => {
    const start = layout.identifiers * tokenBytes + at * (valueBytes + maskBytes)
    return { value: bytes.toString('hex', start, start + valueBytes), mask: bytes.readUInt16LE(start + valueBytes) }
  })
  return { tokens, cells }
}

/** A quick test by the first 24 bits, so that most records of an index cost no text. */
function nearby(wanted: ReadonlySet<string>): (head: number) => boolean {
  const bits = new Uint8Array(2 ** 21)
  for (const token of wanted) {
    const head = Number.parseInt(token.slice(0, 6), 16)
    bits[head >>> 3] = (bits[head >>> 3] ?? 0) | (1 << (head & 7))
  }
  return (head) => {
    const top = head >>> 8
    return ((bits[top >>> 3] ?? 0) & (1 << (top & 7))) !== 0
  }
}

const none = '0'.repeat(tokenBytes * 2)
