import type { Locator } from '../base/index.ts'
import { citeKey, type Cite } from '../evidence/index.ts'

/** The columns of the lake's events that a cite is made of. */
export interface CitedRow {
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly at_n: number
  readonly at_time: string
}

/** Expressions for the columns of a `CitedRow`. */
export const citedSql = 'exhibit, member, unit, toUInt32(n) AS at_n, toString(time) AS at_time'

/** Where a row stands in its exhibit; `fileOf` gives the path of an exhibit by its hash. */
export function citeOf(row: Omit<CitedRow, 'at_time'>, fileOf: (sha256: string) => string): Cite {
  const at: Locator =
    row.unit === 'line' || row.unit === 'row' ? { kind: row.unit, n: row.at_n } : { kind: 'record', n: row.at_n }
  return {
    kind: 'exhibit',
    sha256: row.exhibit,
    file: fileOf(row.exhibit),
    ...(row.member === '' ? {} : { member: row.member }),
    at,
  }
}

/** Each cite once, in the order in which they first come. */
export function distinctCites(cites: readonly Cite[]): Cite[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(citeKey(cite)), cite])).values()]
}

/** The engine's text of a time in fixed width. */
export function isoOf(text: string): string {
  return `${text.replace(' ', 'T')}Z`
}
