import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileSource } from '../../../src/base/index.ts'
import { openRecords } from '../../../src/formats/index.ts'
import type { Copy, LogSource } from '../../../src/inventory/index.ts'
import { dayOne, type DayOne, type NumberRange } from '../../../src/provenance/index.ts'
import { key } from '../desk.ts'

export const cases = path.resolve(import.meta.dirname, '../../cases/provenance/day-one')

/** `case.json`: days, tables by system and day, and what the inventory says. */
interface Case {
  readonly today: string
  readonly country: string
  readonly systems: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly agreements?: readonly Omit<Copy, 'kind'>[]
  readonly logs?: readonly Omit<LogSource, 'kind'>[]
  readonly ranges?: readonly NumberRange[]
}

/** Runs the case in a folder. */
export async function answerOf(name: string): Promise<DayOne> {
  const folder = path.join(cases, name)
  const given = JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as Case
  const open = async (file: string) => openRecords(await fileSource(path.join(folder, file), file), 'csv')
  return dayOne({
    table: await open('sample.csv'),
    exhibit: { sha256: '0'.repeat(64), file: 'sample.csv' },
    today: given.today,
    country: given.country,
    key,
    systems: Object.entries(given.systems).map(([system, tables]) => ({
      name: system,
      tables: Object.entries(tables).map(([asOf, file]) => ({ kind: 'table', asOf, open: () => open(file) })),
    })),
    agreements: (given.agreements ?? []).map((one) => ({ kind: 'copy', ...one })),
    logs: (given.logs ?? []).map((one) => ({ kind: 'log_source', ...one })),
    ...(given.ranges === undefined ? {} : { ranges: given.ranges }),
  })
}
