/** A subscriber with several unexplained days, as the tests by account see one. */
export interface Candidate {
  readonly subscriber: string
  /** Record of the first tested read; absent in a permutation and for invented targets. */
  readonly place?: string
  /** Explained and unexplained days. */
  readonly x: number
  readonly u: number
  /** Accounts with unexplained days, each with their number, and whether the account also has explained ones. */
  readonly readers: readonly { readonly account: string; readonly days: number; readonly known: boolean }[]
  /** Account and day (since 1970) of each read without a reason; days of explained reads. */
  readonly reads: readonly (readonly [account: string, day: number])[]
  readonly explained: readonly number[]
}

/** What accounts are expected to do: the share each has of unexplained reads, and how reads of one subscriber hang together. */
export interface Routing {
  readonly accounts: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
  /** Share of each account in the reads of subscribers with a single unexplained day. */
  readonly shares: Float64Array
  /** Team of each account by number; -1 = not stated. */
  readonly teams: Int32Array
  /** By account: probability that another read of a subscriber it read is by the same account again. */
  readonly again: Float64Array
  /** How much likelier than by shares two different accounts that read a subscriber are of the same team, and of different ones. */
  readonly sameTeam: number
  readonly otherTeam: number
}

/** Who read whom without a reason, as numbers: accounts of each subscriber and subscribers of each account. */
export interface ReaderGraph {
  readonly readers: readonly Uint32Array[]
  readonly read: readonly (readonly number[])[]
}

/** Subscribers read by more accounts than this are no help in finding accounts that go together: everybody is among their readers. */
const mostReaders = 30

/** The graph of some candidates, each given by the accounts that read it. */
export function readerGraph(candidates: readonly Uint32Array[], accounts: number): ReaderGraph {
  const read: number[][] = Array.from({ length: accounts }, () => [])
  const readers = candidates.filter((some) => some.length >= 2 && some.length <= mostReaders)
  for (const [at, some] of readers.entries()) for (const account of some) read[account]?.push(at)
  return { readers, read }
}

/** The graph with further candidates behind its own; the graph itself stays as it is. */
export function extendedGraph(graph: ReaderGraph, candidates: readonly Uint32Array[]): ReaderGraph {
  const readers = [...graph.readers]
  const read = [...graph.read]
  const own = new Set<number>()
  for (const accounts of candidates) {
    if (accounts.length < 2 || accounts.length > mostReaders) continue
    for (const account of accounts) {
      if (!own.has(account)) read[account] = [...(read[account] ?? [])]
      own.add(account)
      ;(read[account] as number[]).push(readers.length)
    }
    readers.push(accounts)
  }
  return { readers, read }
}

/** Dispersion of the reads that a group of accounts makes of one subscriber: the size of a negative binomial (rule R5). */
export function groupSize(routing: Routing, group: readonly number[]): number {
  const byTeam = new Map<number, number>()
  let whole = 0
  for (const account of group) {
    const share = routing.shares[account] ?? 0
    whole += share
    const team = routing.teams[account] ?? -1
    byTeam.set(team, (byTeam.get(team) ?? 0) + share)
  }
  let same = 0
  for (const [team, share] of byTeam) if (team !== -1) same += share * share
  const all = whole * whole
  if (all === 0) return Infinity
  const unknown = byTeam.get(-1) ?? 0
  const apart = Math.max(0, all - same - unknown * unknown)
  const excess = (same * routing.sameTeam + apart * routing.otherTeam + unknown * unknown) / all - 1
  return excess <= 0 ? Infinity : 1 / excess
}
