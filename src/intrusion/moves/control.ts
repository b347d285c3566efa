import { fixed } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { isTelling } from '../cluster.ts'
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

/** What is known of hosts, for moves. */
export interface MoveHosts {
  /** Hosts that everybody's computer calls by remote procedure: a call alone is no control there. */
  readonly controllers: ReadonlySet<string>
  /** Hosts whose logons are recorded: a call is control there only with a logon that answers it. */
  readonly recording: ReadonlySet<string>
}

/** Control that is likelier than not is a move. */
const leastCertainty = 0.5
const citesKept = 8

/** Control that the two hosts' own calls do not explain. */
const callsAlone: ReadonlySet<TraceKind> = new Set([
  'remote procedure call',
  'endpoint mapper asked',
  'command that names the host',
])

/** Do the records of a burst show control? */
export function controls(burst: readonly Trace[], kinds: ReadonlySet<TraceKind>, { controllers, recording }: MoveHosts): boolean {
  const control = [...kinds].filter((kind) => roleOf(kind) === 'control')
  if (control.length === 0 || certaintyOf(kinds) < leastCertainty) return false
  if (control.some((kind) => !callsAlone.has(kind))) return true
  const to = burst[0]?.to ?? ''
  const answered =
    kinds.has('network logon') || (!recording.has(to) && !control.every((kind) => kind === 'endpoint mapper asked'))
  return !controllers.has(to) && answered && !kinds.has('connection refused')
}

/** Kinds of records are taken as independent: what one alone leaves open, another may close. */
export function certaintyOf(kinds: ReadonlySet<TraceKind>): number {
  return 1 - [...kinds].reduce((rest, kind) => rest * (1 - controlOf[kind]), 1)
}

/** The move, or the attempt, that a burst shows. */
export function moveOf(burst: readonly Trace[], kinds: ReadonlySet<TraceKind>): Move {
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
