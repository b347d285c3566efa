import type { Dialect } from './reader.ts'
import { readRow } from './row-syntax.ts'

/** Characters that part the cells of tables. */
export const delimiters = [',', '\t', ';', '|'] as const

/**
 * Delimiter and quote of a table by its first lines: the delimiter that gives the most rows the same number of cells, above one.
 * `:` is tried only where nothing else fits and most lines start with an e-mail address (lists of address and password).
 */
export function sniffDialect(lines: readonly string[], given?: string): Pick<Dialect, 'delimiter' | 'quote'> {
  const quote = sniffQuote(lines, given === undefined ? delimiters : [given])
  if (given !== undefined) return { delimiter: given, quote }
  let best: { delimiter: string; score: number; cells: number } | undefined
  for (const delimiter of delimiters) {
    const counts = new Map<number, number>()
    for (const cells of sniffRows(lines, { delimiter, quote, cut: true }))
      counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    const rows = counts.values().reduce((sum, count) => sum + count, 0)
    for (const [cells, count] of counts) {
      if (cells < 2) continue
      const score = count / rows
      if (best === undefined || score > best.score + 1e-9 || (Math.abs(score - best.score) < 1e-9 && cells > best.cells))
        best = { delimiter, score, cells }
    }
  }
  if (best !== undefined && best.score >= 0.3) return { delimiter: best.delimiter, quote }
  const pairs = lines.filter((line) => /^[^\s:@]{1,100}@[^\s:@]{1,100}:/.test(line)).length
  return { delimiter: pairs > lines.length / 2 ? ':' : ',', quote }
}

/** The complete rows among the first lines, leaving out those that do not parse. */
export function sniffRows(lines: readonly string[], syntax: { delimiter: string; quote: string; cut?: boolean }): string[][] {
  const rows: string[][] = []
  for (let at = 0; at < lines.length; at += 1) {
    let step = readRow(lines[at] ?? '', syntax)
    let next = at
    while (step.kind === 'open' && next + 1 < lines.length && next - at < 20) {
      next += 1
      step = readRow(lines[next] ?? '', syntax, step.row)
    }
    if (step.kind !== 'row') continue
    rows.push(step.cells)
    at = next
  }
  return rows
}

/** Up to 200 complete lines, empty ones only when asked for; `cut` = the text goes on behind the head. */
export function headLines(head: string, cut: boolean, options: { readonly empty?: boolean } = {}): string[] {
  const lines = head.slice(0, 128 * 1024).split(head.includes('\n') ? /\r?\n/ : '\r', 201)
  if (lines.length > 200 || (lines.length > 1 && (cut || head.length > 128 * 1024))) lines.pop()
  return options.empty === true ? lines : lines.filter((line) => line !== '')
}

function sniffQuote(lines: readonly string[], candidates: readonly string[]): string {
  if (lines.some((line) => line.includes('"'))) return '"'
  const closed = (cell: string): boolean => cell.length > 1 && cell.startsWith("'") && cell.endsWith("'")
  const single = lines.filter((line) => candidates.some((delimiter) => line.split(delimiter, 20).filter(closed).length > 0))
  return single.length > lines.length / 2 ? "'" : '"'
}

/**
 * Whether the first row names columns: its cells are distinct and not empty, none is mostly digits or an address,
 * and either a later row has such cells or every cell is shaped like a name of a column.
 */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows
  if (first === undefined || first.length === 0) return false
  const names = first.map((cell) => cell.trim())
  if (names.some((name) => name === '' || name.length > 100 || isValue(name))) return false
  if (names.some((name) => name.split(' ', 7).length > 6)) return false
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) return false
  if (rest.some((row) => row.some(isValue))) return true
  return names.every((name) => /^[A-Za-z_][A-Za-z0-9_. -]*$/.test(name))
}

function isValue(cell: string): boolean {
  if (cell.includes('@')) return true
  const digits = cell.replaceAll(/\D/g, '').length
  return digits > 0 && digits * 2 >= cell.length
}

/** Column names as texts that differ: trimmed, empty ones numbered, repeated ones with `#2`, `#3`. */
export function columnNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell.trim() === '' ? `c${index + 1}` : cell.trim()
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}#${times}`
  })
}
