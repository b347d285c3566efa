import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { headLines } from './dialect.ts'
import { decoded, headBytes, newTally, sniffEncoding } from './encoding.ts'
import { parseExact } from './exact-json.ts'
import { flatCells, openJsonTable } from './json-table.ts'
import { RowBatch, type Row, type TableReader } from './reader.ts'
import { textLines, type TextLine } from './text-lines.ts'

/** Rows whose keys make the columns, in the order they are first seen. */
const rowsForColumns = 1_000

/**
 * JSON as a table: objects one a line, else as `openJsonTable` reads them. Numbers keep the digits as written, `null` is '', a nested object becomes columns with
 * dotted names one level deep. Keys first seen after the first 1,000 rows are a fault (told once a key) and their cells are left out.
 */
export async function openJsonLines(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  if (!(await oneObjectPerLine(source))) return openJsonTable(source, options)
  const encoding = sniffEncoding(await source.slice(0, headBytes))
  const tally = newTally()
  const lines = textLines(decoded(source, encoding, options.watch, tally))[Symbol.asyncIterator]()
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
  return { dialect: { delimiter: '', quote: '', encoding, header: true }, columns: [...columns.keys()], rows, tally }
}

/** Whether one of the first lines is an object of its own: other JSON is read by its brackets. */
async function oneObjectPerLine(source: ByteSource): Promise<boolean> {
  const head = await source.slice(0, headBytes)
  const text = new TextDecoder(sniffEncoding(head)).decode(head)
  const start = text.trimStart()
  if (start === '' || (!start.startsWith('[') && !start.startsWith('{'))) return true
  if (start.startsWith('[')) return false
  const lines = headLines(text, source.size > head.length).slice(0, 20)
  const read = lines.map((line) => readObject(line))
  const objects = read.filter((one) => one.kind === 'object')
  if (objects.length === 0) return lines.length === 0 || !lines.slice(1).some((line) => /^\s*["}\]]/.test(line))
  // One line alone may be an object that wraps the records.
  return (
    lines.length > 1 ||
    !objects.some((one) => one.kind === 'object' && [...one.cells.values()].some((cell) => cell.startsWith('[{')))
  )
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

type ReadObject = { kind: 'object'; cells: ReadonlyMap<string, string> } | { kind: 'not-json' } | { kind: 'not-object' }

function readObject(text: string): ReadObject {
  try {
    const value = parseExact(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'not-object' }
    return { kind: 'object', cells: flatCells(value) }
  } catch {
    return { kind: 'not-json' }
  }
}
