import { epochMs, isoMicros } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { gapMs, isTelling } from '../cluster.ts'
import { bareAccount } from '../names.ts'
import type { Story } from '../story.ts'

/** A stretch of time in epoch milliseconds, both ends included. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** Where and when a story was at work: only what happened there and then belongs to it. */
export interface Scope {
  readonly story: Story
  /** Stretches of its hosts, by short name or address. */
  readonly hosts: ReadonlyMap<string, readonly Stretch[]>
  readonly compromised: ReadonlySet<string>
  readonly whole: readonly Stretch[]
  /** Accounts without their domain, lower case. */
  readonly accounts: ReadonlySet<string>
  /** Outside addresses in the records it cites. */
  readonly clients: ReadonlySet<string>
}

/** Who controlled a host can have used it for this long after the last step seen there. */
const afterMs = 2 * gapMs

/** The time around each step and move of a story counts, not the months between its waves. */
export function scopeOf(story: Story, clients: Iterable<string>): Scope {
  const times = new Map<string, number[]>()
  const seen = (host: string, time: string): void => void times.set(host, [...(times.get(host) ?? []), epochMs(time)])
  for (const step of story.steps) if (step.host !== '') seen(step.host, step.time)
  for (const move of story.lateralMovement) {
    seen(move.from, move.time)
    seen(move.to, move.time)
  }
  if (story.initialAccess !== undefined) seen(story.initialAccess.where, story.initialAccess.time)
  const all = [...times.values()].flat()
  return {
    story,
    hosts: new Map([...times].map(([host, at]) => [host, stretches(at)])),
    compromised: new Set(story.hosts.filter((one) => one.status === 'compromised').map((one) => one.name)),
    whole: stretches(all.length === 0 ? [epochMs(story.from), epochMs(story.to)] : all),
    accounts: new Set(story.accounts.filter((one) => isTelling(one.name)).map((one) => bareAccount(one.name))),
    clients: new Set(clients),
  }
}

/** Is this time (epoch milliseconds) within a stretch in which the host (or, without one, the story) was at work? */
export function isWithin(scope: Scope, at: number, host?: string): boolean {
  const list = host === undefined ? scope.whole : (scope.hosts.get(host) ?? [])
  return list.some((one) => at >= one.from && at <= one.to)
}

/** Stretches of all scopes joined, as text for the engine. */
export function stretchesOf(scopes: readonly Scope[]): { readonly froms: string[]; readonly tos: string[] } {
  const joined = join(scopes.flatMap((one) => one.whole))
  return { froms: joined.map((one) => isoMicros(one.from)), tos: joined.map((one) => isoMicros(one.to)) }
}

/** All cites of a story that point to records. */
export function citesIn(story: Story): Cite[] {
  return [
    ...(story.initialAccess?.cites ?? []),
    ...story.steps.flatMap((one) => one.cites),
    ...story.lateralMovement.flatMap((one) => one.cites),
  ]
}

function stretches(times: readonly number[]): Stretch[] {
  return join(times.map((at) => ({ from: at - gapMs, to: at + afterMs })))
}

function join(all: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = []
  for (const one of all.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1)
    if (last === undefined || one.from > last.to) joined.push(one)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, one.to) }
  }
  return joined
}
