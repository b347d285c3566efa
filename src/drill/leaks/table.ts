import { csvRow } from '../output.ts'

/** How a generated table is written to a file. */
export type TableFormat =
  | { readonly kind: 'csv'; readonly delimiter: ',' | ';' | '\t' | '|'; readonly header: boolean }
  | { readonly kind: 'json-lines' }
  | { readonly kind: 'sql-dump' }
  | { readonly kind: 'login-lines' }

/** A table as it is handed over: a name, its format and its text. Says nothing of where its rows came from. */
export interface GeneratedFile {
  readonly name: string
  readonly format: TableFormat
  readonly columns: readonly string[]
  readonly text: string
}

/** Writes a table in a format. */
export function tableFile(
  name: string,
  format: TableFormat,
  table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
): GeneratedFile {
  return { name: `${name}.${extension(format)}`, format, columns: table.columns, text: textOf(format, table) }
}

function extension(format: TableFormat): string {
  switch (format.kind) {
    case 'csv':
      return format.delimiter === '\t' ? 'tsv' : 'csv'
    case 'json-lines':
      return 'jsonl'
    case 'sql-dump':
      return 'sql'
    case 'login-lines':
      return 'txt'
  }
}

function textOf(
  format: TableFormat,
  { columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] },
): string {
  switch (format.kind) {
    case 'csv':
      return lines((format.header ? [columns, ...rows] : rows).map((row) => csvRow(row.map(oneLine), format.delimiter)))
    case 'json-lines':
      return lines(rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])))))
    case 'sql-dump':
      return sqlDump(columns, rows)
    case 'login-lines':
      return lines(rows.map((row) => row.join(':')))
  }
}

function sqlDump(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = columns.map((column) => `\`${column.replaceAll('`', '')}\``)
  const values = rows.map(
    (row) =>
      `(${row.map((cell) => (cell === '' ? 'NULL' : `'${cell.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)).join(',')})`,
  )
  const inserts: string[] = []
  for (let from = 0; from < values.length; from += 500)
    inserts.push(`INSERT INTO \`customers\` (${names.join(', ')}) VALUES\n${values.slice(from, from + 500).join(',\n')};`)
  return lines([
    `CREATE TABLE \`customers\` (\n${names.map((name) => `  ${name} varchar(255) DEFAULT NULL`).join(',\n')}\n);`,
    ...inserts,
  ])
}

function oneLine(cell: string): string {
  return cell.replaceAll('\t', ' ').replaceAll('|', '/')
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`
}
