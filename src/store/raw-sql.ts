import { quoted } from './table.ts'

/** Raw columns with their ClickHouse types, in order. */
type RawColumns = Readonly<Record<string, string>>

/** Raw columns as they stand in a table. */
export function columnsText(raw: RawColumns): string {
  return Object.entries(raw)
    .map(([name, type]) => `${quoted(name)} ${type}`)
    .join(', ')
}

/** The raw columns as the quoted text that `input()` takes. */
export function schemaText(raw: RawColumns): string {
  return `'${columnsText(raw).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** The block of raw rows with its derived columns; values of repeating columns are looked up where the block can be read twice. */
export function derivedSql(options: {
  readonly source: string
  readonly derived: Readonly<Record<string, string>>
  readonly repeating: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly twice: boolean
}): string {
  const { source, derived, repeating, twice } = options
  const named = (expressions: Readonly<Record<string, string>>): string =>
    Object.entries(expressions)
      .map(([name, expression]) => `, ${expression} AS ${quoted(name)}`)
      .join('')
  if (!twice) return `(SELECT *${named(derived)}${Object.values(repeating).map(named).join('')} FROM ${source})`
  let from = `(SELECT *${named(derived)} FROM ${source})`
  for (const [column, expressions] of Object.entries(repeating)) {
    const values = `SELECT DISTINCT ${quoted(column)} FROM ${source}`
    from = `(SELECT * FROM ${from} AS l ANY LEFT JOIN (SELECT *${named(expressions)} FROM (${values})) AS r USING (${quoted(column)}))`
  }
  return from
}
