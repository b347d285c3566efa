import { limits } from '../../base/index.ts'

/** State of a row that may run over several lines. */
interface OpenRow {
  readonly cells: string[]
  /** Text so far of the quoted cell that the line end fell into. */
  readonly quoted: string
}

/** What one more line does to a row. */
export type RowStep =
  | { readonly kind: 'row'; readonly cells: string[] }
  | { readonly kind: 'open'; readonly row: OpenRow }
  | { readonly kind: 'wrong-quote' }
  | { readonly kind: 'too-many-cells' }

/**
 * Reads one physical line as a row, or as the continuation of `open`. A quote opens a quoted cell only at the start of a cell
 * (elsewhere it is text); inside, a doubled quote is a quote, and after the closing one only the delimiter or the end may follow.
 * With `cut`, cells beyond `limits.columns` are left out instead of refused.
 */
export function readRow(
  line: string,
  syntax: { readonly delimiter: string; readonly quote: string; readonly cut?: boolean },
  open?: OpenRow,
): RowStep {
  const { delimiter, quote } = syntax
  if (open === undefined && (quote === '' || !line.includes(quote))) {
    const cells = line.split(delimiter, limits.columns + 1)
    if (cells.length <= limits.columns) return { kind: 'row', cells }
    return syntax.cut === true ? { kind: 'row', cells: cells.slice(0, limits.columns) } : { kind: 'too-many-cells' }
  }
  const cells = open?.cells ?? []
  let at = 0
  let quoted = open?.quoted
  for (;;) {
    if (cells.length >= limits.columns) return syntax.cut === true ? { kind: 'row', cells } : { kind: 'too-many-cells' }
    if (quoted === undefined) {
      if (line.startsWith(quote, at)) {
        quoted = ''
        at += 1
      } else {
        const end = line.indexOf(delimiter, at)
        cells.push(end === -1 ? line.slice(at) : line.slice(at, end))
        if (end === -1) return { kind: 'row', cells }
        at = end + 1
        continue
      }
    }
    const close = closingQuote(line, quote, at)
    if (close === -1) return { kind: 'open', row: { cells, quoted: `${quoted}${unquote(line.slice(at), quote)}\n` } }
    cells.push(quoted + unquote(line.slice(at, close), quote))
    quoted = undefined
    at = close + 1
    while (line[at] === ' ') at += 1
    if (at >= line.length) return { kind: 'row', cells }
    if (line[at] !== delimiter) return { kind: 'wrong-quote' }
    at += 1
  }
}

function closingQuote(line: string, quote: string, from: number): number {
  let at = line.indexOf(quote, from)
  while (at !== -1 && line[at + 1] === quote) at = line.indexOf(quote, at + 2)
  return at
}

function unquote(text: string, quote: string): string {
  return text.includes(quote) ? text.replaceAll(quote + quote, quote) : text
}
