import type { Story } from '../../src/intrusion/index.ts'
import type { KnownMove, KnownSet } from './known-moves.ts'

/** Less sure hops are told as suspected: they claim no move. */
const leastCertainty = 0.5
const toleranceMs = 300_000

type Told = Pick<Story, 'lateralMovement' | 'attempts'>

interface Pair {
  readonly from: string
  readonly to: string
}

/** What stories tell of a set, against what is true of it. */
export interface SetScore {
  readonly found: readonly KnownMove[]
  readonly missed: readonly KnownMove[]
  /** Moves told that are none, each pair of hosts once. */
  readonly invented: readonly Pair[]
  /** Of those found: also told within five minutes and under one of the accounts. */
  readonly exact: readonly KnownMove[]
  /** Blocked or failed attempts that are told as attempts. */
  readonly attempts: readonly KnownMove[]
}

/** Compares hosts by short name; addresses of the set stand for their hosts. */
export function scoreSet(set: KnownSet, stories: readonly Told[]): SetScore {
  const nameOf = (name: string): string => {
    const lower = name.toLowerCase()
    const host = set.hosts.find((one) => one.address === lower)?.name.toLowerCase() ?? lower
    return /^[\d.]+$/.test(host) ? host : (host.split('.')[0] ?? host)
  }
  const same = (a: Pair, b: Pair): boolean => nameOf(a.from) === nameOf(b.from) && nameOf(a.to) === nameOf(b.to)
  const told = stories.flatMap((story) => story.lateralMovement).filter((hop) => hop.certainty >= leastCertainty)
  const tried = stories.flatMap((story) => story.attempts ?? [])
  const found = set.moves.filter((move) => told.some((hop) => same(hop, move)))
  const near = (hop: { readonly time: string }, move: KnownMove): boolean => {
    if (move.at === undefined) return true
    const apart = Date.parse(`${hop.time.slice(0, 23)}Z`) - Date.parse(move.at)
    // Stamps that are local time are told as they stand.
    return Math.min(Math.abs(apart), Math.abs(apart + set.clock.stampToUtcSeconds * 1000)) <= toleranceMs
  }
  const bare = (account: string): string => (account.split('\\').at(-1) ?? account).toLowerCase()
  return {
    found,
    missed: set.moves.filter((move) => !found.includes(move)),
    invented: [
      ...new Map(
        told
          .filter((hop) => !set.moves.some((move) => same(hop, move)))
          .map((hop) => [`${nameOf(hop.from)} ${nameOf(hop.to)}`, { from: hop.from, to: hop.to }]),
      ).values(),
    ],
    exact: found.filter((move) =>
      told.some((hop) => same(hop, move) && near(hop, move) && move.accounts.some((one) => bare(one) === bare(hop.account))),
    ),
    attempts: set.attempts.filter((attempt) => tried.some((one) => same(one, attempt))),
  }
}
