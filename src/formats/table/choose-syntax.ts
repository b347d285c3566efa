import { fault, limits, type Fault } from '../../base/index.ts'
import { sniffDialect, sniffRows } from './dialect.ts'
import { commonWidth } from './header.ts'

/** How the rows of a table are cut; `cut` = cells beyond `limits.columns` are left out. */
export interface Syntax {
  readonly delimiter: string
  readonly quote: string
  readonly cut?: boolean
}

/** Delimiter and quote, and what is to be said of them. */
export function chooseSyntax(
  lines: readonly string[],
  options: { readonly file: string; readonly given: string | undefined },
): { readonly syntax: Syntax; readonly faults: Fault[] } {
  const { file, given } = options
  let syntax = sniffDialect(lines, given)
  const faults: Fault[] = []
  if (given !== undefined && lines.length > 1 && !lines.some((line) => line.includes(given))) {
    const sniffed = sniffDialect(lines)
    if (commonWidth(sniffRows(lines, { ...sniffed, cut: true })) > 1) {
      syntax = sniffed
      faults.push(
        fault(
          'table-delimiter-wrong',
          `The delimiter given does not stand in the first lines; ${JSON.stringify(sniffed.delimiter)} was used.`,
          { file },
          'Leave the delimiter out, or give the right one.',
          0,
        ),
      )
    }
  }
  const rows = sniffRows(lines, { ...syntax, cut: true })
  const wide = rows.filter((row) => row.length >= limits.columns).length
  if (wide * 2 <= rows.length || rows.length === 0) return { syntax, faults }
  const all = lines[0]?.split(syntax.delimiter).length ?? 0
  if (all <= limits.columns) return { syntax, faults }
  faults.push(
    fault(
      'table-columns-left-out',
      `The table has ${all} columns; those beyond the ${limits.columns}th were left out.`,
      { file },
      'Split the table by columns.',
      0,
    ),
  )
  return { syntax: { ...syntax, cut: true }, faults }
}
