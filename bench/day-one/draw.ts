/** Seeded draws: the same seed gives the same world on any machine. */
export interface Draw {
  /** 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `below`. */
  under(below: number): number
  pick<T>(from: readonly T[]): T
  /** `count` different entries, in their order. */
  some<T>(from: readonly T[], count: number): T[]
  chance(share: number): boolean
}

/** mulberry32. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const under = (below: number): number => Math.floor(next() * below)
  return {
    next,
    under,
    pick: (from) => from[under(from.length)] as (typeof from)[number],
    some(from, count) {
      const order = from.map((entry, at) => ({ entry, at, rank: next() }))
      return order
        .toSorted((a, b) => a.rank - b.rank)
        .slice(0, count)
        .toSorted((a, b) => a.at - b.at)
        .map(({ entry }) => entry)
    },
    chance: (share) => next() < share,
  }
}
