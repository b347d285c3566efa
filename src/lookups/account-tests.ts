import { extendedPairs, pairsOf, type Pairs } from './account-pairs.ts'
import type { Baseline } from './baseline.ts'
import { foldsOf } from './folds.ts'
import { fitted, type TestConstants } from './fitted.ts'
import { extendedGraph, groupSize, readerGraph, type Candidate, type ReaderGraph, type Routing } from './reader-graph.ts'
import { findRings, type Ring } from './ring.ts'

/** What the accounts of a candidate's reads say about it; ln p of S2 and S3. */
export interface ByAccount {
  readonly s2: number
  readonly s3: number
  /** The account of S2, where one came again and again. */
  readonly recurring?: string
  /** Accounts of the group of S3 that read this subscriber. */
  readonly group?: readonly string[]
}

/** The graph of the candidates outside each fold, and its pairs of accounts. */
export type Folds = readonly { readonly graph: ReaderGraph; readonly pairs: Pairs }[]

/** Tests by account: recurrence of one account (S2, rule R6) and groups of accounts (S3, rules R1 to R5). */
export function testByAccount(options: {
  readonly candidates: readonly Candidate[]
  readonly baseline: Baseline
  readonly routing: Routing
  /** Weights of accounts with signs of a take-over; 1 on average (rule R7). */
  readonly weight?: Float64Array
  readonly constants?: TestConstants
  /** Folds of other candidates, behind which these stand: they are not tested again. */
  readonly behind?: Folds
}): { readonly results: readonly ByAccount[]; readonly rings: readonly (readonly Ring[])[]; readonly folds: Folds } {
  const { candidates, baseline, routing, constants = fitted, behind } = options
  const { joins } = constants
  const weight = options.weight ?? new Float64Array(routing.accounts.length).fill(1)
  const readers = candidates.map((one) => Uint32Array.from(one.readers, (reader) => routing.numberOf.get(reader.account) ?? 0))
  const fold = foldsOf(candidates, routing, constants.folds)
  const folds = Array.from({ length: constants.folds }, (_one, of) => {
    const before = behind?.[of]
    const others = readers.filter((_readers, at) => fold[at] !== of)
    if (before !== undefined) {
      const graph = extendedGraph(before.graph, others)
      return { graph, pairs: extendedPairs(before.pairs, graph.readers.slice(before.graph.readers.length), routing) }
    }
    const graph = readerGraph(others, routing.accounts.length)
    return { graph, pairs: pairsOf(graph, routing) }
  })
  const rings = folds.map(({ graph, pairs }) => findRings(graph, routing, { weight, joins, pairs }))
  const groups = rings.map((found) => found.map((ring) => groupOf(ring, routing)))
  const results = candidates.map((candidate, at): ByAccount => ({
    ...recurrence(candidate, { baseline, routing }),
    ...byGroups(candidate, {
      baseline,
      routing,
      readers: readers[at] ?? new Uint32Array(),
      groups: groups[fold[at] ?? 0] ?? [],
    }),
  }))
  return { results, rings, folds }
}

interface Group {
  readonly accounts: ReadonlySet<number>
  readonly share: number
  readonly size: number
}

function groupOf(ring: Ring, routing: Routing): Group {
  return {
    accounts: new Set(ring.accounts),
    share: ring.accounts.reduce((sum, account) => sum + (routing.shares[account] ?? 0), 0),
    size: groupSize(routing, ring.accounts),
  }
}

function recurrence(
  candidate: Candidate,
  { baseline, routing }: { baseline: Baseline; routing: Routing },
): { s2: number; recurring?: string } {
  let best: { s2: number; recurring?: string } = { s2: 0 }
  for (const { account, days, known } of candidate.readers) {
    // An account that also reads the subscriber with reasons is in charge of it: its further days are S1's matter.
    if (known || days < 2) continue
    const s2 = baseline.tail(
      { x: candidate.x, v: Math.max(0, candidate.u - days) },
      { kind: 'again', d: days, again: routing.again[routing.numberOf.get(account) ?? 0] ?? 1 },
    )
    if (s2 < best.s2) best = { s2, recurring: account }
  }
  return best
}

function byGroups(
  candidate: Candidate,
  given: { baseline: Baseline; routing: Routing; readers: Uint32Array; groups: readonly Group[] },
): { s3: number; group?: readonly string[] } {
  let best: { s3: number; group?: readonly string[] } = { s3: 0 }
  for (const { accounts, share, size } of given.groups) {
    const inside = candidate.readers.filter((_one, at) => accounts.has(given.readers[at] ?? -1))
    if (inside.length < 2) continue
    const others = candidate.readers.reduce((sum, one) => sum + one.days, 0) - inside.reduce((sum, one) => sum + one.days, 0)
    const log = given.baseline.tail({ x: candidate.x, v: others }, { kind: 'share', y: inside.length, share, size })
    const s3 = Math.min(0, log + Math.log(given.groups.length))
    if (s3 < best.s3) best = { s3, group: inside.map((one) => one.account) }
  }
  return best
}
