import type { RawLines } from './raw-lines.ts'
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

/**
 * Lines of delimited text as raw rows: a source for every lane, over `file()` of its path, and what they bind. One thread reads a lane, for its
 * numbers are counted as they pass; nothing is trimmed, guessed or taken for a header.
 */
export function lanesSql(
  raw: RawColumns,
  { delimiter, quote, width, at, lanes }: RawLines,
  paths: readonly string[],
): { readonly sources: readonly string[]; readonly params: Readonly<Record<string, unknown>> } {
  const [number, ...cells] = Object.entries(raw)
  const schema = Array.from({ length: width }, (_, column) => `x${column} ${cells[at.indexOf(column)]?.[1] ?? 'String'}`).join(
    ', ',
  )
  const settings = {
    max_threads: 1,
    min_insert_block_size_rows: 0,
    min_insert_block_size_bytes: 0,
    format_csv_delimiter: delimiter === '\t' ? "'\\t'" : `'${delimiter}'`,
    format_csv_allow_double_quotes: quote === '"' ? 1 : 0,
    format_csv_allow_single_quotes: quote === "'" ? 1 : 0,
    input_format_csv_allow_whitespace_or_tab_as_delimiter: 1,
    input_format_csv_trim_whitespaces: 0,
    input_format_csv_detect_header: 0,
    input_format_null_as_default: 0,
  }
  const asSet = Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  const named = at.map((column, index) => `x${column} AS ${quoted(cells[index]?.[0] ?? '')}`).join(', ')
  return {
    sources: lanes.map(
      (_, lane) =>
        `(SELECT CAST({raw_first_${lane}:UInt64} + rowNumberInAllBlocks(), '${number?.[1] ?? ''}') AS ${quoted(number?.[0] ?? '')}, ${named}
    FROM file({raw_pipe_${lane}:String}, CSV, '${schema}') SETTINGS ${asSet})`,
    ),
    params: Object.fromEntries(
      lanes.flatMap(({ n }, lane) => [
        [`raw_first_${lane}`, n],
        [`raw_pipe_${lane}`, paths[lane]],
      ]),
    ),
  }
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
