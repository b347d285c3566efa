import { limits, type ByteSource, type Watch } from '../../base/index.ts'
import type { FormatKind } from '../identify.ts'
import { openSqlDump } from '../sql-dump/sql-dump.ts'
import { listSheets, openXlsx } from '../xlsx/xlsx.ts'

const mark = Symbol('table')

interface MarkedSource extends ByteSource {
  readonly [mark]?: string
}

/** The same bytes, of which `openRecords` reads the table or sheet `name`. */
export function oneTable(source: ByteSource, name: string): ByteSource {
  const marked: MarkedSource = {
    name: source.name,
    size: source.size,
    stream: (from) => source.stream(from),
    slice: (from, to) => source.slice(from, to),
    [mark]: name,
  }
  return marked
}

/** The table that a source was marked with. */
export function markedTable(source: ByteSource): string | undefined {
  return (source as MarkedSource)[mark]
}

/**
 * Names of the tables with rows in a file that holds several (sheets of a workbook, tables of an SQL dump), in their order, at most
 * `limits.tablesPerFile`; empty when there is one table or none, or when it cannot be read (opening it says why).
 */
export async function tableNames(source: ByteSource, kind: FormatKind, watch?: Watch): Promise<readonly string[]> {
  const names = await allNames(source, kind, watch === undefined ? {} : { watch })
  return names.length > 1 ? names : []
}

async function allNames(source: ByteSource, kind: FormatKind, watch: { readonly watch?: Watch }): Promise<string[]> {
  if (kind === 'sql-dump') {
    const { tables } = await openSqlDump(source, watch)
    return (tables ?? []).slice(0, limits.tablesPerFile).map((table) => table.name)
  }
  if (kind !== 'xlsx') return []
  const sheets = await listSheets(source, watch.watch)
  if ('kind' in sheets || sheets.length < 2) return []
  const names: string[] = []
  for (const name of sheets.slice(0, limits.tablesPerFile))
    if ((await openXlsx(source, { ...watch, table: name })).columns.length > 0) names.push(name)
  return names
}
