import type { Known } from './hypothesis.ts'
import { microNats, model } from './model.ts'
import type { Pool } from './pool.ts'

/** Copies of which every two are looked at, and pairs that are weighed in full. */
const mostCopies = 16
const mostPairs = 6
/** Rows that each of two copies must explain better than the other. */
const leastRows = 3
/** Share of rows from elsewhere in the rough look. */
const elsewhereShare = 0.1

/**
 * Pairs of registered copies that may have been put together (rule P18): every two of the copies that explain the sample best are looked at roughly, in equal
 * parts and at one noise; the likeliest six, of which each explains rows that the other does not, are given.
 */
export function mergedPairs(options: {
  readonly known: readonly Known[]
  readonly pool: Pool
  readonly noise: number
}): readonly (readonly [Known, Known])[] {
  const { known, pool, noise } = options
  const elsewhere = pool.elsewhere(noise).map((log) => log + Math.log(elsewhereShare))
  const own = Math.log(1 - elsewhereShare)
  const copies = known
    .filter((one) => one.kind === 'copy')
    .map((one) => {
      const density = pool.density(one.linkage, noise)
      return { one, density, log: aloneLog(density, elsewhere, own) }
    })
    .toSorted((a, b) => b.log - a.log || (a.one.linkage.copy.id < b.one.linkage.copy.id ? -1 : 1))
    .slice(0, mostCopies)
  const half = own - Math.LN2 * pool.split()
  return copies
    .flatMap((a, at) =>
      copies.slice(at + 1).flatMap((b) => {
        const log = pairLog({ one: a.density, other: b.density, elsewhere, half, own })
        if (log === undefined) return []
        // The one that holds more of the fields comes first.
        return [
          { pair: a.one.fit.held.length < b.one.fit.held.length ? ([b.one, a.one] as const) : ([a.one, b.one] as const), log },
        ]
      }),
    )
    .toSorted((a, b) => b.log - a.log)
    .slice(0, mostPairs)
    .map(({ pair }) => pair)
}

/** The rough look at a pair; undefined when one of the two explains too few rows better. The same in any order of the rows. */
function pairLog(options: {
  readonly one: Float64Array
  readonly other: Float64Array
  readonly elsewhere: Float64Array
  readonly half: number
  readonly own: number
}): number | undefined {
  const { one, other, elsewhere, half, own } = options
  let first = 0
  let second = 0
  let micro = 0
  for (let row = 0; row < one.length; row += 1) {
    const a = one[row] ?? -Infinity
    const b = other[row] ?? -Infinity
    const none = elsewhere[row] ?? -Infinity
    if (a > Math.max(b, none) + model.better) first += 1
    else if (b > Math.max(a, none) + model.better) second += 1
    micro += microNats(Math.max(Math.max(a, b) + half, Math.min(a, b) + own, none))
  }
  return Math.min(first, second) < leastRows ? undefined : micro
}

/** What one copy and rows from elsewhere explain, roughly. */
function aloneLog(density: Float64Array, elsewhere: Float64Array, own: number): number {
  let micro = 0
  for (let row = 0; row < density.length; row += 1)
    micro += microNats(Math.max((density[row] ?? -Infinity) + own, elsewhere[row] ?? -Infinity))
  return micro
}
