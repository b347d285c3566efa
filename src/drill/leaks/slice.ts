import type { Random } from '../random.ts'
import type { CopyRow } from './extract.ts'
import type { LeakField } from './fields.ts'
import type { LeakTruth } from './truth.ts'

const filterFields: readonly LeakField[] = ['state', 'city', 'plan', 'status', 'segment', 'device']

/** At most `count` rows of a copy, as somebody takes them: a run, a run of those with one value in a field, or here and there. */
export function slicedFrom(
  rows: readonly CopyRow[],
  count: number,
  random: Random,
): { readonly rows: readonly CopyRow[]; readonly slice: LeakTruth['slice'] } {
  const manner = random.pick(['contiguous', 'filtered', 'random'] as const)
  if (manner === 'random') return { rows: someOf(rows, count, random), slice: 'random' }
  const pool = manner === 'filtered' ? filtered(rows, count, random) : rows
  const start = random.below(Math.max(1, pool.length - count + 1))
  return { rows: pool.slice(start, start + count), slice: pool === rows ? 'contiguous' : 'filtered' }
}

/** A random part in the order of the copy. */
function someOf(rows: readonly CopyRow[], count: number, random: Random): CopyRow[] {
  const places = random.shuffled(rows.map((_, at) => at)).slice(0, count)
  return places.sort((a, b) => a - b).flatMap((at) => rows[at] ?? [])
}

/** The rows that share one value, where that leaves enough of them; else all. */
function filtered(rows: readonly CopyRow[], count: number, random: Random): readonly CopyRow[] {
  for (const field of random.shuffled(filterFields)) {
    const value = random.pick(rows).record[field] ?? ''
    const found = rows.filter(({ record }) => record[field] === value)
    if (value !== '' && found.length >= count && found.length < rows.length) return found
  }
  return rows
}
