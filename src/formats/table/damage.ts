import { fault, type Batch, type Fault } from '../../base/index.ts'
import { mixedFault, type EncodingTally } from './encoding.ts'
import type { Row } from './reader.ts'

/** `6.01235E+10`: what a spreadsheet shows of a long number. Without the plus sign only with a fraction. */
const scientific = /^[+-]?\d(?:[.,]\d{1,14})?[eE]\+\d{2,3}$|^[+-]?\d[.,]\d{1,14}[eE]\d{2,3}$/

/**
 * The rows as they come; after them, once per column, a fault with the number of cells in scientific notation: their last digits are gone,
 * so that they identify nobody. Lines of two encodings are told there too.
 */
export async function* withDamage<B extends Batch<Row>>(
  rows: AsyncIterable<B>,
  of: { readonly file: string; readonly columns: readonly string[]; readonly tally?: EncodingTally },
): AsyncGenerator<B | Batch<Row>> {
  const found = new Map<number, { cells: number; first: Row }>()
  for await (const batch of rows) {
    for (const row of batch.records)
      for (let at = 0; at < row.values.length; at += 1) {
        const cell = row.values[at] ?? ''
        if (!isScientific(cell)) continue
        const seen = found.get(at)
        if (seen === undefined) found.set(at, { cells: 1, first: row })
        else seen.cells += 1
      }
    yield batch
  }
  const faults: Fault[] = [...found]
    .sort((a, b) => a[0] - b[0])
    .map(([at, { cells, first }]) =>
      fault(
        'value-damaged-scientific',
        `${cells} ${cells === 1 ? 'value' : 'values'} of column ${at + 1} stand in scientific notation; their last digits are lost.`,
        { file: of.file, line: first.line, record: first.n, field: (of.columns[at] ?? `c${at + 1}`).slice(0, 100) },
        'Ask for the file as it was before a spreadsheet saved it; these values match nothing.',
        0,
      ),
    )
  const mixed = of.tally === undefined ? undefined : mixedFault(of.tally, of.file)
  if (mixed !== undefined) faults.push(mixed)
  if (faults.length > 0) yield { records: [], faults }
}

/** Does a cell stand in scientific notation, as a spreadsheet writes it? */
export function isScientific(cell: string): boolean {
  return cell.length >= 5 && cell.length <= 24 && (cell.includes('E') || cell.includes('e')) && scientific.test(cell.trim())
}
