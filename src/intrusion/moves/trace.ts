import type { Cite } from '../../evidence/index.ts'

/** What one record says about one host reaching another. */
export interface Trace {
  readonly kind: TraceKind
  readonly time: string
  /** Host or address it came from; '' where the record does not say. */
  readonly from: string
  readonly to: string
  /** Lower case, without the part behind the domain's first dot; ''. */
  readonly account: string
  /** Logon id on `to` that the record belongs to; ''. */
  readonly session: string
  readonly cite: Cite
}

export type TraceKind =
  // Reached: a session or connection, of which nothing says what it was for.
  | 'network logon'
  | 'ticket for the host'
  | 'explicit credentials'
  | 'connection'
  | 'share opened'
  // Reached through what serves to control a host.
  | 'remote desktop'
  | 'secure shell'
  | 'remote management'
  | 'remote procedure call'
  | 'endpoint mapper asked'
  | 'service manager opened'
  | 'program written to an administrative share'
  | 'command that names the host'
  // Done there.
  | 'process of the session'
  | 'process made through WMI'
  | 'process of remote management'
  | 'service installed'
  | 'task made'
  | 'password of the computer set without a name'
  // Refused.
  | 'connection refused'
  | 'logon refused'

/** How sure it is, from a record of this kind alone, that the source controlled something on the target, 0 to 1. */
export const controlOf: Readonly<Record<TraceKind, number>> = {
  'network logon': 0.15,
  'ticket for the host': 0.1,
  'explicit credentials': 0.3,
  connection: 0.15,
  'share opened': 0.15,
  'remote desktop': 0.8,
  'secure shell': 0.8,
  'remote management': 0.7,
  'remote procedure call': 0.55,
  // By the system, on behalf of whoever activates an object there: with that account's logon it is a call, alone it is nothing.
  'endpoint mapper asked': 0.45,
  'service manager opened': 0.6,
  'program written to an administrative share': 0.6,
  'command that names the host': 0.5,
  'process of the session': 0.8,
  'process made through WMI': 0.8,
  'process of remote management': 0.8,
  'service installed': 0.7,
  'task made': 0.8,
  'password of the computer set without a name': 0.9,
  'connection refused': 0,
  'logon refused': 0,
}

const reaching: ReadonlySet<TraceKind> = new Set([
  'network logon',
  'ticket for the host',
  'explicit credentials',
  'connection',
  'share opened',
])
const refused: ReadonlySet<TraceKind> = new Set(['connection refused', 'logon refused'])

/** Does the record say that something was reached, used for control, or refused? */
export function roleOf(kind: TraceKind): 'reach' | 'control' | 'refused' {
  return refused.has(kind) ? 'refused' : reaching.has(kind) ? 'reach' : 'control'
}
