import { fault, limits, wellFormed, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { decoded, headBytes, sniffEncoding } from './encoding.ts'
import { RowBatch, type Row, type TableReader } from './reader.ts'
import { textLines, type TextLine } from './text-lines.ts'

/** Rows whose keys make the columns, in the order they are first seen. */
const rowsForColumns = 1_000

/**
 * JSON lines of flat objects as a table. Numbers keep the digits as written, `null` is '', a nested value is its JSON text.
 * Keys first seen after the first 1,000 rows are a fault (told once a key) and their cells are left out.
 */
export async function openJsonLines(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  const encoding = sniffEncoding(await source.slice(0, headBytes))
  const lines = textLines(decoded(source, encoding, options.watch))[Symbol.asyncIterator]()
  const columns = new Map<string, number>()
  const early: TextLine[] = []
  let chars = 0
  while (early.length < rowsForColumns && chars < limits.lineBytes) {
    const { done, value } = await lines.next()
    if (done === true) break
    for (const line of value) {
      early.push(line)
      chars += line.text.length
      if (early.length > rowsForColumns || line.text.trim() === '') continue
      const read = readObject(line.text)
      if (read.kind === 'object') for (const key of read.cells.keys()) if (columns.size < limits.columns) addColumn(columns, key)
    }
  }
  const rows = readRows({ early, lines, columns, file: source.name })
  return { dialect: { delimiter: '', quote: '', encoding, header: true }, columns: [...columns.keys()], rows }
}

async function* readRows(table: {
  early: readonly TextLine[]
  lines: AsyncIterator<TextLine[]>
  columns: Map<string, number>
  file: string
}): AsyncIterable<Batch<Row>> {
  const out = new RowBatch()
  const told = new Set<string>()
  let n = 0
  const read = (line: TextLine): void => {
    if (!line.tooLong && line.text.trim() === '') return
    n += 1
    const where: Fault['where'] = { file: table.file, line: line.line, record: n }
    if (line.tooLong)
      return out.fault(
        fault(
          'json-line-too-long',
          `The line is longer than ${limits.lineBytes} characters and was skipped.`,
          where,
          'Split the line.',
          1,
        ),
      )
    const object = readObject(line.text)
    if (object.kind === 'not-json')
      return out.fault(
        fault('json-line-wrong', 'The line is not valid JSON.', where, 'Correct the line; the others were read.', 1),
      )
    if (object.kind === 'not-object')
      return out.fault(
        fault('json-line-not-object', 'The line is JSON but no object with named values.', where, 'Write one object a line.', 1),
      )
    const values = Array.from<string>({ length: table.columns.size }).fill('')
    for (const [key, value] of object.cells) {
      const at = table.columns.get(key)
      if (at !== undefined) values[at] = value
      else if (told.size < 100 && !told.has(key)) {
        told.add(key)
        out.fault(
          fault(
            'json-line-late-key',
            `A key that the first ${rowsForColumns} rows do not have is left out (told once).`,
            where,
            'Put a row with every key first.',
            0,
          ),
        )
      }
    }
    out.row({ n, line: line.line, values })
  }
  for (const line of table.early) {
    read(line)
    if (out.full) yield out.take()
  }
  for (let next = await table.lines.next(); next.done !== true; next = await table.lines.next())
    for (const line of next.value) {
      read(line)
      if (out.full) yield out.take()
    }
  if (!out.empty) yield out.take()
}

function addColumn(columns: Map<string, number>, key: string): void {
  if (!columns.has(key)) columns.set(key, columns.size)
}

type ReadObject = { kind: 'object'; cells: Map<string, string> } | { kind: 'not-json' } | { kind: 'not-object' }

function readObject(text: string): ReadObject {
  try {
    const value: unknown = parseExact(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'not-object' }
    const cells = new Map<string, string>()
    for (const [key, cell] of Object.entries(value)) cells.set(wellFormed(key).text, wellFormed(cellText(cell)).text)
    return { kind: 'object', cells }
  } catch {
    return { kind: 'not-json' }
  }
}

class Digits {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.source)
  }
}

/** Numbers whose digits a float could change: fractions, exponents, 16 digits and more, minus zero. */
const inexact = /[:[,]\s{0,9}-?(?:\d{16}|\d{1,15}[.eE])|-0/

/** JSON with every number kept as its digits: identifiers of more than 15 digits do not survive a float. */
function parseExact(text: string): unknown {
  if (!inexact.test(text)) return JSON.parse(text)
  const reviver = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? new Digits(context.source) : value
  return (JSON.parse as (text: string, reviver: unknown) => unknown)(text, reviver)
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return String(cell)
  if (cell instanceof Digits) return cell.source
  return JSON.stringify(cell)
}
