import { dateSample, type Dating } from './dating.ts'
import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'

/** Share of the dating cells that must contradict the best day, and the days between, before a second day is looked for. */
const contradictingShare = 0.05
const leastDays = 7

/**
 * A second peak of the as-of curve (rule P8): when more than 5 % of the dating cells contradict the best day, the rows that do are dated
 * on their own. Noise contradicts in all directions: a second day is given only when most of those cells agree on it.
 */
export function secondDay(options: {
  readonly examined: Examined
  readonly linkage: Linkage
  readonly span: { readonly first: number; readonly last: number }
  readonly noise: number
  readonly dating: Dating
  readonly own: ReadonlySet<number>
}): { readonly day: number; readonly rows: number } | undefined {
  const { dating, own } = options
  if (dating.cells < 20 || dating.contradicting < Math.max(5, dating.cells * contradictingShare)) return undefined
  const only = new Set([...dating.rowsAgainst].filter((position) => own.size === 0 || own.has(position)))
  const other = dateSample({ ...options, weight: 1, only })
  if (other === undefined || Math.abs(other.day - dating.day) < leastDays) return undefined
  return other.contradicting * 2 < other.cells ? { day: other.day, rows: only.size - other.rowsAgainst.size } : undefined
}
