/** How an extract is written: UTF-8 always. Values of JSON lines are texts, as read. */
export type TableFormat =
  | { readonly kind: 'delimited'; readonly delimiter: string; readonly header: boolean }
  | { readonly kind: 'json-lines' }

/** The first line of a table; nothing for formats whose rows name their cells. */
export function headerLine(format: TableFormat, columns: readonly string[]): string {
  return format.kind === 'delimited' && format.header ? rowLine(format, columns, columns) : ''
}

/** One row; delimited cells are quoted (RFC 4180) where they must be. */
export function rowLine(format: TableFormat, columns: readonly string[], cells: readonly string[]): string {
  if (format.kind === 'json-lines')
    return `${JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])))}\n`
  const line = cells.map((cell) => quoted(cell, format.delimiter)).join(format.delimiter)
  // A table of one column has rows that would be blank lines.
  return `${line === '' ? '""' : line}\n`
}

function quoted(cell: string, delimiter: string): string {
  const must = cell.includes('"') || cell.includes(delimiter) || cell.includes('\n') || cell.includes('\r')
  return must ? `"${cell.replaceAll('"', '""')}"` : cell
}
