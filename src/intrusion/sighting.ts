import type { Cite } from '../evidence/index.ts'
import type { LoginPath } from './logins/login-path.ts'

/** How severe a rule calls its hits; the words of the Sigma specification. */
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** A detection as the story sees it: one rule, one event; or one correlation, at the event at which its condition first held. */
export interface Sighting {
  /** Fixed-width UTC; never empty (detections without a readable time cannot join a story). */
  readonly time: string
  readonly host: string
  readonly account: string
  /** Address the act came from, when the event says so. */
  readonly sourceIp: string
  readonly rule: string
  readonly title: string
  readonly level: Level
  /** ATT&CK tactics (`initial-access`) and techniques (`T1190`) of the rule's tags. */
  readonly tactics: readonly string[]
  readonly techniques: readonly string[]
  /** ATT&CK ids of software that the rule's tags name (`S0002`). */
  readonly software?: readonly string[]
  /** Class of the event and the fields that make it readable; '' for what rests on several events. */
  readonly eventClass: string
  readonly process: string
  readonly commandLine: string
  readonly parentProcess: string
  /** Bytes sent to the peer, -1 when not counted. */
  readonly bytesOut: number
  readonly cite: Cite
  /** Of a correlation: how many events it rests on, and cites of the first of them. */
  readonly restsOn?: { readonly events: number; readonly cites: readonly Cite[] }
  /** Bits where they are counted from the estate's own days, not from the level. */
  readonly bits?: number
  /** What a sighting that no rule made has to say, after its title and place: ` (...)`. */
  readonly detail?: string
  /** Host by which a client of a database is known. */
  readonly from?: string
  /** Of control of this host: the host it came from, and the logins by which somebody had come there. */
  readonly controlledFrom?: string
  readonly path?: LoginPath
  /** Under an account, by way of a session from a place new for it. */
  readonly astray?: true
  /** Set when the sighting is itself a way in. */
  readonly entry?: EntryHint
}

/** How a story can begin with a sighting. */
export interface EntryHint {
  readonly kind:
    | 'vpn'
    | 'vendor-session'
    | 'pam-session'
    | 'partner-network'
    | 'roaming-network'
    | 'rdp'
    | 'device-login'
    | 'cloud-login'
    | 'api'
  readonly text: string
  /** Address inside that the session was given. */
  readonly inner?: string
}

/** One host reached another: a logon, a share, a service, a connection to a port of administration, a database session. */
export interface Movement {
  readonly time: string
  /** Host name where it is known, else the address. */
  readonly from: string
  readonly to: string
  readonly account: string
  /** What shows it, in words. */
  readonly means: string
  /** Whether it shows control of the target, not only that it was reached. */
  readonly control?: true
  /** Under an account, by way of a session from a place new for it. */
  readonly astray?: true
  /** Made by a session that a move of the story opened. */
  readonly onward?: true
  /** How sure it is that `from` is right, 0 to 1. */
  readonly certainty: number
  readonly cite: Cite
}

/** A database object read, from a database's own audit log. */
export interface ObjectRead {
  readonly time: string
  readonly host: string
  readonly from: string
  readonly account: string
  readonly object: string
  readonly cite: Cite
}

/** A stretch of time in which a host wrote nothing although it did before and after. */
export interface Silence {
  readonly host: string
  readonly from: string
  readonly to: string
  readonly cite: Cite
}

const levelBits: Readonly<Record<Level, number>> = { informational: 0, low: 1, medium: 4, high: 8, critical: 10 }

/** Bits a detection adds: a prior by level, until a baseline of the estate says how rare the rule is there. */
export function bitsOf(level: Level): number {
  return levelBits[level]
}
