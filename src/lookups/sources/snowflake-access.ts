import type { ReadObjects } from './companions.ts'
import { timeIn } from './record-access.ts'
import type { RecordLayout } from './record-layout.ts'

/** Most objects and columns of one query that are told. */
const [objectsKept, columnsKept] = [50, 20]

/** Snowflake, ACCOUNT_USAGE.ACCESS_HISTORY: tables and columns a query read, through views too; never whose rows. */
export const accessHistoryLayout: RecordLayout = {
  name: 'snowflake-access-history',
  columns: {
    query: ['query_id'],
    time: ['query_start_time'],
    user: ['user_name'],
    base: ['base_objects_accessed'],
    direct: ['direct_objects_accessed'],
  },
  needed: ['query', 'time', 'user', 'base|direct'],
  read(cell, { zone, companions }) {
    // The query history that was given tells of this query, with its text.
    if (companions.queried(cell('query').trim())) return undefined
    const read = objectsIn(cell('base') || cell('direct'))
    if (read.tables.length === 0) return undefined
    return {
      time: timeIn(cell('time'), zone),
      account: cell('user'),
      blind: 'object-only',
      operation: `SELECT ${read.tables.slice(0, 5).join(' ')}`,
      fields: read.columns.slice(0, columnsKept).join(' '),
      tables: read.tables,
      system: read.tables[0]?.split('.')[0] ?? '',
    }
  },
}

/** Tables and views in a list of objects, and their columns, lower case and sorted; nothing where it cannot be read. */
export function objectsIn(text: string): ReadObjects {
  const tables = new Set<string>()
  const columns = new Set<string>()
  for (const one of listIn(text)) {
    const { objectName: name, objectDomain: domain, columns: read } = one as Readonly<Record<string, unknown>>
    if (typeof name !== 'string' || (typeof domain === 'string' && !/table|view|stream/i.test(domain))) continue
    if (tables.size < objectsKept) tables.add(name.toLowerCase().slice(0, 200))
    for (const column of Array.isArray(read) ? read : []) {
      const called = (column as Readonly<Record<string, unknown>> | null)?.['columnName']
      if (typeof called === 'string' && columns.size < 1_000) columns.add(called.toLowerCase().slice(0, 100))
    }
  }
  return { tables: [...tables].sort(), columns: [...columns].sort() }
}

function listIn(text: string): readonly object[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : []
  } catch {
    return []
  }
}
