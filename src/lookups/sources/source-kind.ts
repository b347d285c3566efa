import { UserError } from '../../base/index.ts'
import { identify, openRecords, readJson, type TableReader } from '../../formats/index.ts'
import type { AuditSource } from '../source.ts'
import { columnMap } from '../columns.ts'
import { statementLayout } from '../statement-tables.ts'
import { isConsoleLog } from './console-log.ts'
import { recordLayout } from './record-layouts.ts'

/** How a source is read, and the unit its accesses are cited by. */
export interface SourceKind {
  readonly reading: 'pgaudit' | 'console' | 'statements' | 'records' | 'accesses' | 'events' | 'beside'
  /** The layout of a table of statements or records, or what a table beside the sources is. */
  readonly name: string
  readonly unit: 'row' | 'record' | 'line'
}

/** Tables given beside the sources, by the columns they have and the columns that would make them a log. */
const besideTables: readonly { readonly name: string; readonly columns: readonly (readonly string[])[] }[] = [
  {
    name: 'record-numbers',
    columns: [['record_id'], ['subscriber']],
  },
  {
    name: 'file-manifest',
    columns: [
      ['file', 'file_name', 'filename'],
      ['subscribers', 'distinct_subscribers', 'rows', 'records', 'row_count'],
    ],
  },
]

/** What an audit source is, by its content. Opens no more than its beginning; what cannot be opened is told when it is loaded. */
export async function sourceKind(audit: AuditSource): Promise<SourceKind> {
  try {
    return await kindOf(audit)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { reading: 'accesses', name: 'accesses', unit: 'row' }
  }
}

async function kindOf(given: AuditSource): Promise<SourceKind> {
  const map = columnMap(given.map)
  const audit = { ...given, ...(map === undefined ? {} : { map }) }
  if (audit.format === 'pgaudit') return { reading: 'pgaudit', name: 'pgaudit', unit: 'record' }
  if ((audit.format === 'csv' || audit.format === 'events') && (await isConsoleLog(given)))
    return { reading: 'console', name: 'console', unit: 'line' }
  if (audit.format === 'events') return { reading: 'events', name: 'events', unit: await eventUnit(audit) }
  const { columns } = await opened(audit)
  const unit = audit.format === 'json-lines' ? 'record' : 'row'
  const records = audit.map?.['statement'] === undefined ? recordLayout(columns, audit.map) : undefined
  if (records !== undefined) return { reading: 'records', name: records.layout.name, unit }
  const isTable = ['ts', 'account', 'subscriber'].some((name) => has(columns, audit.map?.[name] ?? name))
  const statements = statementLayout(columns, audit.map)
  // A column `statement` alone may be that of a log the events room knows.
  if (statements !== undefined && (statements.name !== 'own' || isTable))
    return { reading: 'statements', name: statements.name, unit }
  const beside = besideTable(columns, audit.map)
  if (beside !== undefined) return { reading: 'beside', name: beside, unit }
  const { kind } = isTable ? { kind: 'csv' } : await identify(audit.source)
  return kind === 'jsonl' || kind === 'log'
    ? { reading: 'events', name: 'events', unit: await eventUnit(audit) }
    : { reading: 'accesses', name: 'accesses', unit }
}

/** What a table beside the sources is: undefined for a table of accesses. */
function besideTable(columns: readonly string[], map: AuditSource['map']): string | undefined {
  if (has(columns, map?.['ts'] ?? 'ts') || has(columns, map?.['account'] ?? 'account')) return undefined
  // Who and when make a log of it, whatever they are called.
  if (columns.some((column) => /time|user|login|operator|agent/i.test(column))) return undefined
  return besideTables.find((one) => one.columns.every((names) => names.some((name) => has(columns, name))))?.name
}

/** Cells of the columns of a table beside the sources, each by the first name that the table has. */
export function besideCells(name: string, columns: readonly string[]): readonly number[] {
  const lower = columns.map((column) => column.trim().toLowerCase())
  const wanted = besideTables.find((one) => one.name === name)?.columns ?? []
  return wanted.map((names) => lower.indexOf(names.find((one) => lower.includes(one)) ?? ''))
}

function has(columns: readonly string[], name: string): boolean {
  return columns.some((column) => column.trim().toLowerCase() === name.trim().toLowerCase())
}

/** The table of an audit source. */
export async function opened(audit: AuditSource, watch?: Parameters<typeof openRecords>[2]): Promise<TableReader> {
  const format = audit.format === 'pgaudit' || audit.format === 'events' ? 'csv' : audit.format
  return openRecords(audit.source, format, watch ?? {})
}

/** How events of a log cite their place: lines, rows of a table, records of what has no lines. */
async function eventUnit(audit: AuditSource): Promise<SourceKind['unit']> {
  const identified = await identify(audit.source)
  if (identified.kind === 'evtx' || identified.records === 'utmp') return 'record'
  if (identified.kind === 'log' && identified.log === 'table') return 'row'
  if (identified.kind !== 'jsonl') return 'line'
  for await (const { records } of readJson(audit.source)) {
    const [first] = records
    if (first !== undefined) return first.unit === 'line' ? 'line' : 'record'
  }
  return 'record'
}
