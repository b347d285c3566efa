import { epochMs, fixed } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { compare, gapMs, isTelling, type SharedHosts } from './cluster.ts'
import { bareAccount } from './names.ts'
import { remoteControl } from './moves/sightings.ts'
import type { Movement, Sighting } from './sighting.ts'

/** A client is taken to have connected so long before the first unusual statement at most. */
const clientMs = 30 * 60_000

/** One hop of a story: several records of the same move are one hop, surer than each alone. */
export interface Hop {
  readonly from: string
  readonly to: string
  readonly account: string
  readonly time: string
  readonly means: string
  /** Whether it shows control of the target. */
  readonly control?: true
  readonly certainty: number
  readonly cites: readonly Cite[]
}

/** What is no sign by itself: moves made on many days, and being on a host that many share. */
interface HopRules {
  readonly habitual?: ((move: Movement) => boolean) | undefined
  readonly shared?: SharedHosts
}

/**
 * The hops of a story: moves between its hosts, and from them onward, that respect time (the start was compromised before)
 * and either carry one of the story's accounts or are followed by hits at their end. First hop per pair and account.
 */
export function hopsOf(
  sightings: readonly Sighting[],
  movements: readonly Movement[],
  { habitual = () => false, shared = () => false }: HopRules = {},
): Hop[] {
  const firstSeen = new Map<string, number>()
  const accounts = new Set<string>()
  const strange = new Set<string>()
  for (const one of sightings) {
    if (!firstSeen.has(one.host)) firstSeen.set(one.host, epochMs(one.time))
    if (isTelling(one.account)) accounts.add(bareAccount(one.account))
    if (one.entry !== undefined && one.account !== '') strange.add(bareAccount(one.account))
    if (one.from !== undefined && !firstSeen.has(one.from)) firstSeen.set(one.from, epochMs(one.time) - clientMs)
  }
  const end = epochMs(sightings.at(-1)?.time ?? '1970-01-01T00:00:00.000000Z') + gapMs
  const reachedAt = new Map(firstSeen)
  const controlled = new Set(sightings.filter((one) => one.rule === remoteControl).map((one) => `${one.time} ${one.host}`))
  const hops: Movement[] = []
  for (const move of movements.toSorted((a, b) => compare(a.time, b.time) || compare(a.to, b.to) || compare(a.means, b.means))) {
    // Of an account that came from a strange place only what went on from there is of the story.
    if (strange.has(bareAccount(move.account)) && move.astray !== true && move.onward !== true) continue
    const at = epochMs(move.time)
    const started = reachedAt.get(move.from)
    if (move.from === move.to || at > end) continue
    // Control of another host that the story rests on begins where it came from, whether anything was seen there before or not.
    if (move.control === true && controlled.has(`${move.time} ${move.to}`)) {
      hops.push(move)
      if (started === undefined || started > at) reachedAt.set(move.from, at)
      if (!reachedAt.has(move.to)) reachedAt.set(move.to, at)
      continue
    }
    if (started === undefined || started > at) continue
    if (move.onward === true) {
      hops.push(move)
      if (!reachedAt.has(move.to)) reachedAt.set(move.to, at)
      continue
    }
    const hitAfter = sightings.some((one) => one.host === move.to && epochMs(one.time) >= at && epochMs(one.time) - at <= gapMs)
    const hitBefore = (firstSeen.get(move.to) ?? Number.POSITIVE_INFINITY) < at - gapMs
    const own = accounts.has(bareAccount(move.account))
    // From a host that many work on at the same time goes on who came as one of the story's accounts.
    if (!own && shared(move.from) && isTelling(move.account) && move.means !== 'database session') continue
    if (!own && (!hitAfter || hitBefore)) continue
    if (habitual(move) && !strange.has(bareAccount(move.account))) continue
    // Between waves an account is its owner's: what it does counts near to what was seen of the story.
    if (!sightings.some((one) => concerns(one, move) && Math.abs(epochMs(one.time) - at) <= gapMs)) continue
    hops.push(move)
    if (!reachedAt.has(move.to)) reachedAt.set(move.to, at)
  }
  return merged(hops)
}

function concerns(one: Sighting, move: Movement): boolean {
  return (
    one.host === move.from ||
    one.host === move.to ||
    one.from === move.from ||
    (isTelling(one.account) && bareAccount(one.account) === bareAccount(move.account))
  )
}

function merged(moves: readonly Movement[]): Hop[] {
  const pairs = new Map<string, Movement[]>()
  for (const move of moves) {
    const key = `${move.from}\n${move.to}`
    pairs.set(key, [...(pairs.get(key) ?? []), move])
  }
  return [...pairs.values()]
    .map((all): Hop => {
      const first = all[0] as Movement
      const near = all.filter((one) => epochMs(one.time) - epochMs(first.time) <= 60_000)
      const named =
        near.find((one) => one.control === true && one.account !== '') ??
        near.find((one) => isTelling(one.account)) ??
        all.find((one) => isTelling(one.account)) ??
        first
      const doubt = [...new Map(near.map((one) => [one.means, one.certainty])).values()].reduce(
        (rest, sure) => rest * (1 - sure),
        1,
      )
      return {
        from: first.from,
        to: first.to,
        account: named.account,
        time: first.time,
        means: [...new Set(near.flatMap((one) => one.means.split(', ')))].sort().join(', '),
        ...(near.some((one) => one.control === true) ? { control: true as const } : {}),
        certainty: Number(fixed(1 - doubt, 3)),
        cites: near.slice(0, 5).map((one) => one.cite),
      }
    })
    .sort((a, b) => compare(a.time, b.time) || compare(a.to, b.to))
}
