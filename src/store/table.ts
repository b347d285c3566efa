/** A table of the lake, described once: DDL, documentation and the page's column help come from it. */
export interface Table {
  readonly name: string
  /** Columns in order, without `load_id`, which the store puts first. Types are ClickHouse types. */
  readonly columns: Readonly<Record<string, { readonly type: string; readonly doc: string }>>
  readonly orderBy: readonly string[]
  readonly settings?: string
  /** Bytes on disk up to which parts are merged as long as the table has few: what is loaded in large blocks need not be written twice. */
  readonly mergesUpTo?: number
}

const identifier = /^[a-z][a-z0-9_]{0,62}$/

/** Quotes a name of our own schema; anything else is a bug. */
export function quoted(name: string): string {
  if (!identifier.test(name)) throw new Error(`internal error: ${JSON.stringify(name)} is no identifier of the schema`)
  return `\`${name}\``
}

/** `CREATE TABLE IF NOT EXISTS` for a table, with `load_id` first. */
export function createTableSql(table: Table): string {
  const columns = Object.entries(table.columns).map(([name, column]) => `${quoted(name)} ${column.type}`)
  const order = table.orderBy.map(quoted).join(', ')
  const settings = [
    ...(table.settings === undefined ? [] : [table.settings]),
    ...(table.mergesUpTo === undefined ? [] : [`max_bytes_to_merge_at_max_space_in_pool = ${table.mergesUpTo}`]),
  ]
  return [
    `CREATE TABLE IF NOT EXISTS ${quoted(table.name)} (`,
    ['`load_id` UInt64', ...columns].map((line) => `  ${line}`).join(',\n'),
    `) ENGINE = MergeTree ORDER BY (${order})`,
    ...(settings.length === 0 ? [] : [`SETTINGS ${settings.join(', ')}`]),
  ].join('\n')
}
