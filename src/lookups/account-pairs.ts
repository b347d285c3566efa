import { logPoissonTail } from './poisson.ts'
import type { ReaderGraph, Routing } from './reader-graph.ts'

/** Pairs of accounts by the subscribers they have in common, those that have the most against their shares first. */
export interface Pairs {
  /** How many subscribers each pair has in common, by `a * accounts + b` with a < b; and the pairs of readers of all subscribers, each way. */
  readonly counts: ReadonlyMap<number, number>
  readonly ways: number
  /** Pairs with two or more; cut where they belong to an extended graph: then `rest` gives all. */
  readonly first: readonly ScoredPair[]
  readonly rest?: () => readonly ScoredPair[]
}

interface ScoredPair {
  readonly pair: readonly [number, number]
  readonly log: number
}

/** Pairs of the old graph that are looked at anew in an extended one. */
const looked = 2_000

/** Counts the pairs of a graph. */
export function pairsOf(graph: ReaderGraph, routing: Routing): Pairs {
  const { counts, ways } = counted(graph.readers, routing)
  return { counts, ways, first: scored(counts, { ways, routing }) }
}

/**
 * The pairs of a graph to which `more` was added. With more ways every other pair only becomes likelier: what was behind the first ones stays behind
 * whatever is now less likely than the last of them, so that only those and the pairs of `more` are counted anew.
 */
export function extendedPairs(before: Pairs, more: readonly Uint32Array[], routing: Routing): Pairs {
  const added = counted(more, routing)
  const ways = before.ways + added.ways
  const changed = new Map([...added.counts].map(([key, count]) => [key, count + (before.counts.get(key) ?? 0)]))
  const many = routing.accounts.length
  const old = before.first.slice(0, looked)
  for (const { pair } of old) {
    const key = pair[0] * many + pair[1]
    if (!changed.has(key)) changed.set(key, before.counts.get(key) ?? 0)
  }
  const behind = before.first[looked]?.log
  const all = scored(changed, { ways, routing })
  return {
    counts: changed,
    ways,
    first: behind === undefined ? all : all.filter((one) => one.log < behind),
    ...(behind === undefined ? {} : { rest: () => scored(new Map([...before.counts, ...changed]), { ways, routing }) }),
  }
}

/** The `most` first pairs of accounts of which neither is in `taken`. */
export function seedsOf(
  pairs: Pairs,
  { taken, most }: { readonly taken: ReadonlySet<number>; readonly most: number },
): readonly (readonly [number, number])[] {
  const free = (all: readonly ScoredPair[]): (readonly [number, number])[] => {
    const seeds: (readonly [number, number])[] = []
    for (const { pair } of all) {
      if (seeds.length === most) break
      if (!taken.has(pair[0]) && !taken.has(pair[1])) seeds.push(pair)
    }
    return seeds
  }
  const seeds = free(pairs.first)
  return seeds.length < most && pairs.rest !== undefined ? free(pairs.rest()) : seeds
}

function counted(all: readonly Uint32Array[], routing: Routing): { readonly counts: Map<number, number>; readonly ways: number } {
  const many = routing.accounts.length
  const counts = new Map<number, number>()
  let ways = 0
  for (const readers of all) {
    ways += readers.length * (readers.length - 1)
    for (let i = 0; i < readers.length; i += 1)
      for (let j = i + 1; j < readers.length; j += 1) {
        const [one, other] = [readers[i] ?? 0, readers[j] ?? 0]
        const key = one < other ? one * many + other : other * many + one
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
  }
  return { counts, ways }
}

function scored(
  counts: ReadonlyMap<number, number>,
  { ways, routing }: { readonly ways: number; readonly routing: Routing },
): readonly ScoredPair[] {
  const many = routing.accounts.length
  const pairs: ScoredPair[] = []
  for (const [key, count] of counts) {
    if (count < 2) continue
    const [a, b] = [Math.floor(key / many), key % many]
    const expected = (routing.shares[a] ?? 0) * (routing.shares[b] ?? 0) * ways * affinity(routing, a, b)
    pairs.push({ pair: [a, b], log: logPoissonTail(expected, count) })
  }
  return pairs.sort((one, other) => one.log - other.log || one.pair[0] - other.pair[0] || one.pair[1] - other.pair[1])
}

function affinity(routing: Routing, a: number, b: number): number {
  const [of, other] = [routing.teams[a] ?? -1, routing.teams[b] ?? -1]
  return of === -1 || other === -1 ? 1 : Math.max(1, of === other ? routing.sameTeam : routing.otherTeam)
}
