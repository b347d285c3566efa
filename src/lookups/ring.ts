import { seedsOf, type Pairs } from './account-pairs.ts'
import { logPoissonTail } from './poisson.ts'
import type { ReaderGraph, Routing } from './reader-graph.ts'

/** Accounts that read the same subscribers without a reason, more often than their shares say. */
export interface Ring {
  /** Accounts by number, in the order they were added. */
  readonly accounts: readonly number[]
  /** Subscribers of the graph that two or more of them read, and how many by chance. */
  readonly shared: number
  readonly expected: number
}

const [mostSeeds, mostAccounts, mostRings] = [40, 80, 3]

/** Groups of accounts in a graph, the most striking first, no account in two (rules R1 to R3). */
export function findRings(
  graph: ReaderGraph,
  routing: Routing,
  options: {
    /** Weights of accounts; 1 on average. */
    readonly weight: Float64Array
    /** Level at which an account joins, over all accounts. */
    readonly joins: number
    /** Pairs of the graph. */
    readonly pairs: Pairs
  },
): Ring[] {
  const taken = new Set<number>()
  const rings: Ring[] = []
  const { pairs } = options
  const byReaders = readersCounted(graph)
  const many = routing.accounts.length
  while (rings.length < mostRings) {
    let best: (Ring & { readonly score: number }) | undefined
    const tried = new Set<number>()
    for (const seed of seedsOf(pairs, { taken, most: mostSeeds })) {
      if (tried.has(seed[0] * many + seed[1])) continue
      const accounts = grow({ graph, routing, ...options, seed, taken })
      for (const a of accounts) for (const b of accounts) tried.add(a * many + b)
      if (accounts.length < 2) continue
      const ring = described({ graph, routing, byReaders, accounts })
      if (best === undefined || ring.score < best.score) best = ring
    }
    if (best === undefined) break
    for (const account of best.accounts) taken.add(account)
    rings.push({ accounts: best.accounts, shared: best.shared, expected: best.expected })
  }
  return rings
}

interface Growing {
  readonly graph: ReaderGraph
  readonly routing: Routing
  readonly weight: Float64Array
  readonly joins: number
  readonly taken: ReadonlySet<number>
}

/** Adds the account that most surely belongs, as long as there is one; then takes out those that do not belong with the rest. */
function grow({ graph, routing, weight, joins, seed, taken }: Growing & { seed: readonly [number, number] }): number[] {
  const limit = Math.log(joins / routing.accounts.length)
  const cover = new Uint8Array(graph.readers.length)
  const group: number[] = []
  const put = (account: number): void => {
    group.push(account)
    for (const subscriber of graph.read[account] ?? []) cover[subscriber] = (cover[subscriber] ?? 0) + 1
  }
  put(seed[0])
  put(seed[1])
  while (group.length < mostAccounts) {
    let best = -1
    let least = 0
    for (const [account, log] of fits({ graph, routing, weight, joins, taken, group, cover }))
      if (log < least || (log === least && account < best)) [best, least] = [account, log]
    if (best === -1 || least > limit) break
    put(best)
  }
  for (let at = group.length - 1; at >= 0 && group.length > 2; at -= 1) {
    const account = group[at] ?? 0
    const rest = group.filter((one) => one !== account)
    const without = cover.slice()
    for (const subscriber of graph.read[account] ?? []) without[subscriber] = (without[subscriber] ?? 1) - 1
    const log = fits({ graph, routing, weight, joins, taken, group: rest, cover: without }).get(account) ?? 0
    if (log <= limit) continue
    cover.set(without)
    group.splice(at, 1)
  }
  return group
}

/** ln p for each account outside the group of reading as many of the group's subscribers as it does: of all of them, or of those the group shares. */
function fits({
  graph,
  routing,
  weight,
  taken,
  group,
  cover,
}: Growing & { group: readonly number[]; cover: Uint8Array }): Map<number, number> {
  const inside = new Set(group)
  const counts = new Map<number, [number, number]>()
  const expected: [number, number] = [0, 0]
  const seen = new Set<number>()
  for (const account of group)
    for (const subscriber of graph.read[account] ?? []) {
      if (seen.has(subscriber) || (cover[subscriber] ?? 0) === 0) continue
      seen.add(subscriber)
      const readers = graph.readers[subscriber] ?? new Uint32Array()
      const shared = (cover[subscriber] ?? 0) >= 2
      // One of the others made it a candidate; the rest are drawn by share.
      const others = readers.length - (cover[subscriber] ?? 0)
      expected[0] += others
      if (shared) expected[1] += others
      for (const reader of readers)
        if (!inside.has(reader) && !taken.has(reader)) {
          const count = counts.get(reader) ?? [0, 0]
          count[0] += 1
          if (shared) count[1] += 1
          counts.set(reader, count)
        }
    }
  const logs = new Map<number, number>()
  const teams = new Set(group.map((account) => routing.teams[account] ?? -1))
  const near = [...teams].some((team) => team !== -1)
  for (const [account, [all, core]] of counts) {
    if (all < 2) continue
    const team = routing.teams[account] ?? -1
    const likelier = team === -1 || !near ? 1 : Math.max(1, teams.has(team) ? routing.sameTeam : routing.otherTeam)
    const share = (routing.shares[account] ?? 0) * likelier
    const log = Math.min(logPoissonTail(expected[0] * share, all), logPoissonTail(expected[1] * share, core))
    logs.set(account, Math.min(0, log + Math.LN2 - Math.log(weight[account] ?? 1)))
  }
  return logs
}

/** How many subscribers have so many readers. */
function readersCounted(graph: ReaderGraph): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { length } of graph.readers) counts.set(length, (counts.get(length) ?? 0) + 1)
  return counts
}

function described(given: {
  readonly graph: ReaderGraph
  readonly routing: Routing
  readonly byReaders: ReadonlyMap<number, number>
  readonly accounts: readonly number[]
}): Ring & { score: number } {
  const { graph, routing, byReaders, accounts } = given
  const share = accounts.reduce((sum, account) => sum + (routing.shares[account] ?? 0), 0)
  let expected = 0
  for (const [n, count] of byReaders) expected += count * (1 - (1 - share) ** n - n * share * (1 - share) ** (n - 1))
  const by = new Map<number, number>()
  for (const account of accounts)
    for (const subscriber of graph.read[account] ?? []) by.set(subscriber, (by.get(subscriber) ?? 0) + 1)
  let shared = 0
  for (const count of by.values()) if (count >= 2) shared += 1
  return { accounts, shared, expected, score: logPoissonTail(expected, shared) }
}
