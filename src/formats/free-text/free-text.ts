import { limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { openTable } from '../table/csv.ts'
import { headLines } from '../table/dialect.ts'
import { decoded, headBytes, newTally, sniffEncoding } from '../table/encoding.ts'
import { keyedTable, type KeyedRecord } from '../table/keyed.ts'
import type { TableReader } from '../table/reader.ts'
import { textLines, type TextLine } from '../table/text-lines.ts'
import { blockRecords } from './blocks.ts'
import { labelledParts, withoutMark } from './label.ts'
import { LabelNames } from './label-names.ts'
import { tooLongFault, withoutRecordFault } from './line-faults.ts'
import { sniffRecords, type TextShape } from './sniff.ts'

/**
 * Opens records in running text or chat as a table: blocks of `Key: value` lines, lines of labelled parts, or, where neither is found, the
 * numbers and addresses that stand in the sentences (`c1` numbers, `c2` e-mail addresses). A row is a record in the order of the text, `line` where
 * it begins. Lines without a record are counted in one fault.
 */
export async function openFreeText(source: ByteSource, options: { readonly watch?: Watch } = {}): Promise<TableReader> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: true })
  const first = headLines(text, source.size > head.length, { empty: true })
  const shape: TextShape = sniffRecords(first) ?? 'values'
  // One word a line is a table of one column.
  const words = first.filter((line) => line.trim() !== '')
  if (shape === 'values' && words.filter((line) => !/\s/.test(line.trim())).length >= words.length * 0.9)
    return openTable(source, options)
  const ending = !text.includes('\n') && text.includes('\r') ? '\r' : '\n'
  const tally = newTally()
  const lines = textLines(decoded(source, encoding, options.watch, tally), ending)
  const records =
    shape === 'blocks' ? blockRecords(lines, { file: source.name }) : lineRecords(lines, { file: source.name, shape })
  const table = await keyedTable(records, { file: source.name, lateCode: 'text-late-label' })
  return { dialect: { delimiter: '', quote: '', encoding, header: shape !== 'values' }, ...table, tally }
}

async function* lineRecords(
  lines: AsyncIterable<TextLine[]>,
  of: { readonly file: string; readonly shape: 'lines' | 'values' },
): AsyncGenerator<Batch<KeyedRecord>> {
  const names = new LabelNames()
  let without = 0
  let first = 0
  for await (const some of lines) {
    const records: KeyedRecord[] = []
    const faults: Fault[] = []
    for (const { line, text, tooLong } of some) {
      if (tooLong) {
        faults.push(tooLongFault({ file: of.file, line }))
        continue
      }
      if (text.trim() === '') continue
      const found = of.shape === 'lines' ? partsRecord(text, names) : valueRecords(text)
      if (found.length === 0) {
        without += 1
        if (first === 0) first = line
      }
      for (const cells of found) records.push({ line, cells })
    }
    yield { records, faults }
  }
  if (without > 0) yield { records: [], faults: [withoutRecordFault({ file: of.file, line: first }, without)] }
}

function partsRecord(text: string, names: LabelNames): ReadonlyMap<string, string>[] {
  const parts = labelledParts(text)
  if (parts === undefined) return []
  const cells = new Map<string, string>()
  for (const { label, value } of parts) names.put(cells, label, value)
  return [cells]
}

const value = /(?<![\w@.+-])(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|\+?\(?\d[\d ()-]{5,18}\d)(?![\w@])/g

function valueRecords(text: string): ReadonlyMap<string, string>[] {
  const numbers: string[] = []
  const addresses: string[] = []
  for (const [found] of withoutMark(text).matchAll(value)) {
    if (found.includes('@')) addresses.push(found)
    else if (found.replaceAll(/\D/g, '').length >= 7) numbers.push(found)
    if (numbers.length + addresses.length >= limits.columns) break
  }
  return Array.from({ length: Math.max(numbers.length, addresses.length) }, (_one, at) => {
    const cells = new Map<string, string>([['c1', numbers[at] ?? '']])
    if (addresses[at] !== undefined) cells.set('c2', addresses[at])
    return cells
  })
}
