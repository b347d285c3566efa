import { printable } from '../base/index.ts'

/** Rows as aligned columns, two spaces apart; text from evidence is made safe, the last column keeps its length up to `width`. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const safe = rows.map((row) => row.map((cell) => `${/^ {0,4}/.exec(cell)?.[0] ?? ''}${oneLine(cell)}`))
  const count = Math.max(0, ...safe.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...safe.map((row) => (row[at] ?? '').length)))
  return safe
    .map((row) => cut(row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '), width))
    .join('\n')
}

/** Text of evidence broken at spaces into lines of at most `width` characters; the lines after the first stand `hang` further in. */
export function wrapped(
  text: string,
  { width, indent, hang = 2 }: { readonly width: number; readonly indent: string; readonly hang?: number },
): string {
  const lines: string[] = []
  let current = indent
  let empty = true
  for (const word of text.split(' ').map(oneLine)) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current)
      current = `${indent}${' '.repeat(hang)}${word}`
    } else current = empty ? `${current}${word}` : `${current} ${word}`
    empty = false
  }
  return [...lines, current].join('\n')
}

/** Evidence on one line: white space joined, control and invisible characters written out. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ')).trim()
}

/** Text of at most `width` characters, with an ellipsis when something was left out. */
function cut(text: string, width: number): string {
  const letters = Array.from(text)
  return letters.length <= width ? text : `${letters.slice(0, Math.max(1, width - 1)).join('')}…`
}

/** `1 file`, `2 files`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}
