import type { Baseline } from './baseline.ts'
import { fitted, type TestConstants } from './fitted.ts'
import { groupSize, readerGraph, type Candidate, type Routing } from './reader-graph.ts'
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

/** Tests by account: recurrence of one account (S2, rule R6) and groups of accounts (S3, rules R1 to R5). */
export function testByAccount(options: {
  readonly candidates: readonly Candidate[]
  readonly baseline: Baseline
  readonly routing: Routing
  /** Weights of accounts with signs of a take-over; 1 on average (rule R7). */
  readonly weight?: Float64Array
  readonly constants?: TestConstants
}): { readonly results: readonly ByAccount[]; readonly rings: readonly (readonly Ring[])[] } {
  const { candidates, baseline, routing, constants = fitted } = options
  const { folds, joins } = constants
  const weight = options.weight ?? new Float64Array(routing.accounts.length).fill(1)
  const readers = candidates.map((one) => Uint32Array.from(one.readers, (reader) => routing.numberOf.get(reader.account) ?? 0))
  const rings = Array.from({ length: folds }, (_one, fold) => {
    const graph = readerGraph(readers, {
      accounts: routing.accounts.length,
      use: (at) => foldOf(candidates[at]?.subscriber ?? '', folds) !== fold,
    })
    return findRings(graph, routing, { weight, joins })
  })
  const groups = rings.map((found) => found.map((ring) => groupOf(ring, routing)))
  const results = candidates.map((candidate, at): ByAccount => ({
    ...recurrence(candidate, { baseline, routing }),
    ...byGroups(candidate, {
      baseline,
      routing,
      readers: readers[at] ?? new Uint32Array(),
      groups: groups[foldOf(candidate.subscriber, folds)] ?? [],
    }),
  }))
  return { results, rings }
}

/** The fold of a subscriber: tokens are keyed, so that any digits of one are as good as random. */
function foldOf(subscriber: string, folds: number): number {
  return Number.parseInt(subscriber.slice(-7), 16) % folds
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
