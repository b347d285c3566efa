import { fault, type Fault } from '../../base/index.ts'
import type { Syntax } from './choose-syntax.ts'
import { delimiters, looksLikeHeader } from './dialect.ts'
import { commonWidth, type FoundHeader } from './header.ts'
import { readRow } from './row-syntax.ts'

/** A first line of names that is written with another delimiter than the rows; said in `faults`. */
export function otherHeader(
  line: string,
  of: { readonly rows: readonly (readonly string[])[]; readonly syntax: Syntax; readonly faults: Fault[]; readonly file: string },
): FoundHeader | undefined {
  const { rows, syntax, faults, file } = of
  const width = commonWidth(rows)
  if (width < 2 || rows[0]?.length !== 1) return undefined
  for (const delimiter of delimiters) {
    if (delimiter === syntax.delimiter) continue
    const read = readRow(line, { ...syntax, delimiter })
    if (read.kind !== 'row' || read.cells.length !== width || !looksLikeHeader([read.cells, ...rows.slice(1)])) continue
    const what = 'The names of the columns are written with another delimiter than the rows and were read with it.'
    faults.push(fault('table-several-delimiters', what, { file, line: 1 }, 'Nothing, if files were joined.', 0))
    return { at: 0, cells: read.cells, titles: true }
  }
  return undefined
}
