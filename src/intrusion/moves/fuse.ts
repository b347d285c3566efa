import { epochMs } from '../../base/index.ts'
import { compare } from '../cluster.ts'
import { certaintyOf, controls, moveOf, type Move, type MoveHosts } from './control.ts'
import { roleOf, type Trace, type TraceKind } from './trace.ts'

/** Records of the same two hosts with no more than this between them belong together. */
export const burstMs = 60_000

/** A trace with its time in milliseconds. */
interface Timed {
  readonly one: Trace
  readonly at: number
}

/** A session on record is looked for so long when traces come in several lots. */
const sessionMs = 86_400_000

/**
 * Makes moves and attempts of traces that come in lots, each later than the one before, in any order within: what is held is a few minutes and the sessions of a
 * day, however long the logs. A record that does not say where an act came from (a process, a service, a logon without an address) belongs to
 * the host whose session it ran in, else to the one that reached the host at that time.
 */
export class MoveFuser {
  readonly #hosts: MoveHosts
  readonly #sessions = new Map<string, Timed>()
  /** Records of the last minute: what comes next can say where they came from. */
  #waiting: readonly Timed[] = []
  readonly #reaches = new Map<string, Timed[]>()
  readonly #open = new Map<string, Timed[]>()
  readonly #moves: Move[] = []
  readonly #attempts: Move[] = []

  constructor(hosts: MoveHosts) {
    this.#hosts = hosts
  }

  add(traces: readonly Trace[]): void {
    const added = inTime(traces.map((one) => ({ one, at: epochMs(one.time) })))
    const [first] = added
    if (first === undefined) return
    this.#forget(Math.min(first.at, this.#waiting[0]?.at ?? first.at) - burstMs)
    for (const timed of added) {
      const { one } = timed
      if ((one.kind === 'network logon' || one.kind === 'remote desktop') && one.session !== '')
        this.#sessions.set(`${one.to} ${one.session}`, timed)
      if (one.from === '' || one.from === one.to || isOwn(one.from)) continue
      const known = this.#reaches.get(one.to)
      if (known === undefined) this.#reaches.set(one.to, [timed])
      else known.push(timed)
    }
    const end = (added.at(-1) ?? first).at - burstMs
    const all = inTime([...this.#waiting, ...added])
    this.#waiting = all.filter(({ at }) => at > end)
    for (const timed of all) if (timed.at <= end) this.#place(timed)
  }

  /** Sessions opened before the next lot, in which something of it was done. */
  remember(traces: readonly Trace[]): void {
    for (const one of traces) {
      const [key, at] = [`${one.to} ${one.session}`, epochMs(one.time)]
      if (at >= (this.#sessions.get(key)?.at ?? at)) this.#sessions.set(key, { one, at })
    }
  }

  /** Everything found, in order of time; nothing may be added afterwards. */
  finish(): { readonly moves: readonly Move[]; readonly attempts: readonly Move[] } {
    for (const timed of this.#waiting) this.#place(timed)
    for (const burst of this.#open.values()) this.#close(burst)
    return { moves: this.#moves.toSorted(inOrder), attempts: this.#attempts.toSorted(inOrder) }
  }

  #place({ one, at }: Timed): void {
    const session = one.session === '' ? undefined : this.#sessions.get(`${one.to} ${one.session}`)?.one
    // A process in a session that was not opened over the network is nobody's from elsewhere; in a desktop it is its user's.
    if (one.kind === 'process of the session' && session?.kind !== 'network logon') return
    const account = one.account === '' ? (session?.account ?? '') : one.account
    const from =
      one.from !== ''
        ? one.from
        : (session?.from ?? '') !== ''
          ? session?.from
          : nearest(at, account, this.#reaches.get(one.to) ?? [])
    if (from === undefined || from === '' || from === one.to || isOwn(from)) return
    const placed = { one: { ...one, from, account }, at }
    const pair = `${from}\n${one.to}`
    const burst = this.#open.get(pair)
    if (burst !== undefined && at - (burst.at(-1)?.at ?? at) <= burstMs) {
      burst.push(placed)
      return
    }
    if (burst !== undefined) this.#close(burst)
    this.#open.set(pair, [placed])
  }

  #close(timed: readonly Timed[]): void {
    const burst = timed.map(({ one }) => one)
    const kinds = new Set(burst.map((one) => one.kind))
    if (controls(burst, kinds, this.#hosts)) this.#moves.push(moveOf(burst, kinds))
    else if ([...kinds].some((kind) => roleOf(kind) === 'refused')) this.#attempts.push(moveOf(burst, kinds))
  }

  /** Nothing that waits or comes is earlier than a minute after this. */
  #forget(before: number): void {
    for (const [pair, burst] of this.#open)
      if ((burst.at(-1)?.at ?? before) < before) {
        this.#close(burst)
        this.#open.delete(pair)
      }
    for (const [host, all] of this.#reaches) {
      const kept = all.slice(firstFrom(all, before))
      if (kept.length === 0) this.#reaches.delete(host)
      else this.#reaches.set(host, kept)
    }
    for (const [key, { at }] of this.#sessions) if (at < before - sessionMs) this.#sessions.delete(key)
  }
}

function inTime(all: readonly Timed[]): Timed[] {
  return all.toSorted((a, b) => compare(a.one.time, b.one.time) || compare(a.one.kind, b.one.kind))
}

/** The first of some records in order of time that is not before a moment. */
function firstFrom(all: readonly Timed[], at: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] as Timed).at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Addresses by which a computer calls itself or its neighbours on the same wire. */
function isOwn(address: string): boolean {
  return /^(?:fe80:|127\.|::1$|0:0:0:0:0:0:0:1$|0\.0\.0\.0$|::$|localhost$)/.test(address)
}

/** The host that reached the target at the time of a record that names no source; none when two did equally. `reaches` is in order of time. */
function nearest(at: number, account: string, reaches: readonly Timed[]): string | undefined {
  const near: Trace[] = []
  for (let index = firstFrom(reaches, at - burstMs); index < reaches.length; index += 1) {
    const { one: reach, at: reached } = reaches[index] as Timed
    if (reached > at + burstMs) break
    if (roleOf(reach.kind) !== 'refused' && (account === '' || reach.account === '' || sameName(reach.account, account)))
      near.push(reach)
  }
  const votes = new Map<string, Set<TraceKind>>()
  for (const reach of near) votes.set(reach.from, (votes.get(reach.from) ?? new Set()).add(reach.kind))
  const ranked = [...votes]
    .map(([from, kinds]) => ({ from, weight: certaintyOf(kinds) }))
    .toSorted((a, b) => b.weight - a.weight || compare(a.from, b.from))
  const [first, second] = ranked
  return first === undefined || (second !== undefined && second.weight >= first.weight) ? undefined : first.from
}

function sameName(a: string, b: string): boolean {
  return (a.split('\\').at(-1) ?? a).split('@')[0] === (b.split('\\').at(-1) ?? b).split('@')[0]
}

function inOrder(a: Move, b: Move): number {
  return compare(a.time, b.time) || compare(a.from, b.from) || compare(a.to, b.to)
}
