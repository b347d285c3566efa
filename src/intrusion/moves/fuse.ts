import { epochMs, fixed } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { compare, isTelling } from '../cluster.ts'
import { controlOf, roleOf, type Trace, type TraceKind } from './trace.ts'

/** One host controlled another, told by records of both. */
export interface Move {
  readonly from: string
  readonly to: string
  /** The account used on the target; '' where no record says. */
  readonly account: string
  /** Of the first record that shows control, not of the first that shows a connection. */
  readonly time: string
  /** Kinds of records it rests on, in order of name. */
  readonly means: readonly TraceKind[]
  /** 0 to 1: independent kinds of records add up. */
  readonly certainty: number
  readonly cites: readonly Cite[]
}

/** Records of the same two hosts with no more than this between them belong together. */
const burstMs = 60_000
/** Control that is likelier than not is a move. */
const leastCertainty = 0.5
const citesKept = 8

/**
 * Moves and attempts from traces in any order. A record that does not say where an act came from (a process, a service, a logon without an address) belongs to
 * the host whose session it ran in, else to the one that reached the host at that time. `controllers`: hosts that everybody's computer calls by remote
 * procedure; a call alone is no control there, nor anywhere else without a logon that answers it where logons are recorded (`recording`).
 */
export function fuseMoves(
  traces: readonly Trace[],
  hosts: { readonly controllers: ReadonlySet<string>; readonly recording: ReadonlySet<string> },
): { readonly moves: readonly Move[]; readonly attempts: readonly Move[] } {
  const placed = placeTraces(traces.toSorted((a, b) => compare(a.time, b.time) || compare(a.kind, b.kind)))
  const moves: Move[] = []
  const attempts: Move[] = []
  for (const burst of bursts(placed)) {
    const kinds = new Set(burst.map((one) => one.kind))
    if (controls(burst, kinds, hosts)) moves.push(moveOf(burst, kinds))
    else if ([...kinds].some((kind) => roleOf(kind) === 'refused')) attempts.push(moveOf(burst, kinds))
  }
  return { moves: moves.toSorted(inOrder), attempts: attempts.toSorted(inOrder) }
}

/** Every trace with a source; those for which none is found are left out. */
function placeTraces(traces: readonly Trace[]): readonly Trace[] {
  const sessions = new Map<string, Trace>()
  for (const one of traces)
    if ((one.kind === 'network logon' || one.kind === 'remote desktop') && one.session !== '')
      sessions.set(`${one.to} ${one.session}`, one)
  const reaches = new Map<string, Trace[]>()
  for (const one of traces)
    if (one.from !== '' && one.from !== one.to && !isOwn(one.from)) reaches.set(one.to, [...(reaches.get(one.to) ?? []), one])
  return traces.flatMap((one): Trace[] => {
    const session = one.session === '' ? undefined : sessions.get(`${one.to} ${one.session}`)
    // A process in a session that was not opened over the network is nobody's from elsewhere; in a desktop it is its user's.
    if (one.kind === 'process of the session' && session?.kind !== 'network logon') return []
    const account = one.account === '' ? (session?.account ?? '') : one.account
    const from =
      one.from !== '' ? one.from : (session?.from ?? '') !== '' ? session?.from : nearest(one, account, reaches.get(one.to) ?? [])
    return from === undefined || from === '' || from === one.to || isOwn(from) ? [] : [{ ...one, from, account }]
  })
}

/** Addresses by which a computer calls itself or its neighbours on the same wire. */
function isOwn(address: string): boolean {
  return /^(?:fe80:|127\.|::1$|0:0:0:0:0:0:0:1$|0\.0\.0\.0$|::$|localhost$)/.test(address)
}

/** The host that reached the target at the time of a record that names no source; none when two did equally. */
function nearest(one: Trace, account: string, reaches: readonly Trace[]): string | undefined {
  const at = epochMs(one.time)
  const near = reaches.filter(
    (reach) =>
      Math.abs(epochMs(reach.time) - at) <= burstMs &&
      roleOf(reach.kind) !== 'refused' &&
      (account === '' || reach.account === '' || sameName(reach.account, account)),
  )
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

function bursts(traces: readonly Trace[]): readonly (readonly Trace[])[] {
  const open = new Map<string, Trace[]>()
  const closed: (readonly Trace[])[] = []
  for (const one of traces) {
    const pair = `${one.from}\n${one.to}`
    const burst = open.get(pair)
    const last = burst?.at(-1)
    if (burst === undefined || last === undefined || epochMs(one.time) - epochMs(last.time) > burstMs) {
      if (burst !== undefined) closed.push(burst)
      open.set(pair, [one])
    } else burst.push(one)
  }
  return [...closed, ...open.values()]
}

/** Control that the two hosts' own calls do not explain. */
const callsAlone: ReadonlySet<TraceKind> = new Set([
  'remote procedure call',
  'endpoint mapper asked',
  'command that names the host',
])

function controls(
  burst: readonly Trace[],
  kinds: ReadonlySet<TraceKind>,
  { controllers, recording }: { readonly controllers: ReadonlySet<string>; readonly recording: ReadonlySet<string> },
): boolean {
  const control = [...kinds].filter((kind) => roleOf(kind) === 'control')
  if (control.length === 0 || certaintyOf(kinds) < leastCertainty) return false
  if (control.some((kind) => !callsAlone.has(kind))) return true
  const to = burst[0]?.to ?? ''
  const answered =
    kinds.has('network logon') || (!recording.has(to) && !control.every((kind) => kind === 'endpoint mapper asked'))
  return !controllers.has(to) && answered && !kinds.has('connection refused')
}

/** Kinds of records are taken as independent: what one alone leaves open, another may close. */
function certaintyOf(kinds: ReadonlySet<TraceKind>): number {
  return 1 - [...kinds].reduce((rest, kind) => rest * (1 - controlOf[kind]), 1)
}

function moveOf(burst: readonly Trace[], kinds: ReadonlySet<TraceKind>): Move {
  const shown =
    burst.find((one) => roleOf(one.kind) === 'control') ?? burst.find((one) => roleOf(one.kind) === 'refused') ?? burst[0]
  if (shown === undefined) throw new Error('internal error: a move without a record')
  const byWeight = burst.toSorted((a, b) => controlOf[b.kind] - controlOf[a.kind])
  const named =
    byWeight.find((one) => isTelling(one.account) || one.account.endsWith('anonymous logon')) ??
    byWeight.find((one) => one.account !== '')
  // One cite of each kind first, then more of them.
  const firsts = [...kinds].toSorted().map((kind) => burst.find((one) => one.kind === kind) as Trace)
  const cites = [...firsts, ...burst.filter((one) => !firsts.includes(one))].slice(0, citesKept).map((one) => one.cite)
  return {
    from: shown.from,
    to: shown.to,
    account: named?.account ?? '',
    time: shown.time,
    means: [...kinds].toSorted(),
    certainty: Number(fixed(certaintyOf(kinds), 3)),
    cites,
  }
}

function inOrder(a: Move, b: Move): number {
  return compare(a.time, b.time) || compare(a.from, b.from) || compare(a.to, b.to)
}
