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
      return { one, density, log: sum(density, (log, at) => Math.max(log + own, elsewhere[at] ?? -Infinity)) }
    })
    .toSorted((a, b) => b.log - a.log || (a.one.linkage.copy.id < b.one.linkage.copy.id ? -1 : 1))
    .slice(0, mostCopies)
  const half = own - Math.LN2 * pool.split()
  return copies
    .flatMap((a, at) =>
      copies.slice(at + 1).flatMap((b) => {
        const better = (one: Float64Array, other: Float64Array): number =>
          one.reduce((rows, log, row) => {
            const most = Math.max(other[row] ?? -Infinity, elsewhere[row] ?? -Infinity)
            return log > most + model.better ? rows + 1 : rows
          }, 0)
        if (Math.min(better(a.density, b.density), better(b.density, a.density)) < leastRows) return []
        const log = sum(a.density, (one, row) => {
          const other = b.density[row] ?? -Infinity
          return Math.max(Math.max(one, other) + half, Math.min(one, other) + own, elsewhere[row] ?? -Infinity)
        })
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

/** A sum over rows that is the same in any order. */
function sum(density: Float64Array, of: (log: number, row: number) => number): number {
  return density.reduce((all, log, row) => all + microNats(of(log, row)), 0)
}
