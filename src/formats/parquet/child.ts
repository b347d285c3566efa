// Runs as a process of its own: a Parquet file is hostile until it was read.
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parentSource, request, tell, tellEnd } from '../child/ask-parent.ts'
import type { ParquetMessage, ParquetRequest } from './message.ts'

const wanted = request() as ParquetRequest
const source = parentSource(wanted.name, wanted.size)
const say = (message: ParquetMessage): void => tell(message)
let cut = 0

const file: AsyncBuffer = {
  byteLength: wanted.size,
  slice(from, to = wanted.size) {
    const bytes = source.read(from, to)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  },
}

/** A page says how large it becomes: one that would be too large is not unpacked. */
const careful: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([name, unpack]) => [
    name,
    (input: Uint8Array, size: number) => {
      if (!(size >= 0 && size <= wanted.pageBytes)) throw new Error('internal error: page too large')
      return unpack(input, size)
    },
  ]),
)

const parsers = {
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  timestampFromMilliseconds: (ms: bigint) => moment(ms * 1000n),
  timestampFromMicroseconds: (us: bigint) => moment(us),
  timestampFromNanoseconds: (ns: bigint) => moment(ns / 1000n),
}

function moment(us: bigint): string {
  const ms = us / 1000n
  const rest = us % 1000n
  if (ms < -62_135_596_800_000n || ms > 253_402_300_799_999n) return String(us)
  const text = new Date(Number(ms)).toISOString().replace('T', ' ')
  return rest > 0n
    ? `${text.slice(0, 23)}${String(rest).padStart(3, '0')}`
    : text.endsWith('.000Z')
      ? text.slice(0, 19)
      : text.slice(0, 23)
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return shortened(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Uint8Array) return bytesText(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  return shortened(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'bigint' ? String(one) : one instanceof Uint8Array ? bytesText(one) : one,
    ),
  )
}

function bytesText(bytes: Uint8Array): string {
  try {
    return shortened(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return shortened(Buffer.from(bytes).toString('hex'))
  }
}

function shortened(text: string): string {
  if (text.length <= wanted.cellChars) return text
  cut += 1
  return text.slice(0, wanted.cellChars)
}

async function read(metadata: FileMetaData): Promise<void> {
  const fields = parquetSchema(metadata).children
  const all = fields.map((child) => child.element.name)
  const nested = new Set(fields.filter((child) => child.children.length > 0).map((child) => child.element.name))
  const columns = all.slice(0, wanted.columns)
  say({ kind: 'columns', columns, all: all.length, rows: Number(metadata.num_rows) })
  if (!wanted.rows) return
  let from = 0
  for (const [group, { num_rows }] of metadata.row_groups.entries()) {
    const rows = Number(num_rows)
    if (!(rows >= 0 && rows <= wanted.groupRows)) return say({ kind: 'problem', problem: 'too-large' })
    try {
      await readGroup({ metadata, columns, nested, from, to: from + rows })
    } catch {
      say({ kind: 'lost', group, rows })
    }
    from += rows
  }
  say({ kind: 'left', cut })
}

/** All columns of a group before any row of it is told: a column that breaks must not shift the others. */
async function readGroup(at: {
  readonly metadata: FileMetaData
  readonly columns: readonly string[]
  readonly nested: ReadonlySet<string>
  readonly from: number
  readonly to: number
}): Promise<void> {
  const { metadata, columns, nested, from, to } = at
  const cells: ((row: number) => unknown)[] = []
  for (const column of columns) {
    const chunks: { rowStart: number; columnData: ArrayLike<unknown> }[] = []
    await parquetRead({
      file,
      metadata,
      compressors: careful,
      parsers,
      // Bytes of no stated type are text only where they are UTF-8; inside nested values the keys must be text.
      utf8: nested.has(column),
      columns: [column],
      rowStart: from,
      rowEnd: to,
      onChunk: (chunk) => chunks.push(chunk),
    })
    cells.push(joined(chunks, { from, to }))
  }
  for (let start = 0; start < to - from; start += 1_000)
    say({
      kind: 'rows',
      rows: Array.from({ length: Math.min(1_000, to - from - start) }, (_one, row) =>
        cells.map((cell) => cellText(cell(from + start + row))),
      ),
    })
}

/** The pieces of a column as one: by the row of the file, which must all be there. Asked for in rising order. */
function joined(
  chunks: { readonly rowStart: number; readonly columnData: ArrayLike<unknown> }[],
  rows: { readonly from: number; readonly to: number },
): (row: number) => unknown {
  chunks.sort((a, b) => a.rowStart - b.rowStart)
  let next = rows.from
  for (const { rowStart, columnData } of chunks) {
    if (rowStart > next) throw new Error('internal error: rows of a column are missing')
    next = Math.max(next, rowStart + columnData.length)
  }
  if (next < rows.to) throw new Error('internal error: rows of a column are missing')
  let at = 0
  return (row) => {
    while (row >= (chunks[at]?.rowStart ?? 0) + (chunks[at]?.columnData.length ?? 0)) at += 1
    return chunks[at]?.columnData[row - (chunks[at]?.rowStart ?? 0)]
  }
}

try {
  await read(await parquetMetadataAsync(file))
} catch {
  say({ kind: 'problem', problem: 'damaged' })
}
tellEnd()
process.exit(0)
