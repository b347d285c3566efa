import type { Cite } from '../evidence/index.ts'
import type { DayRange } from '../events/index.ts'
import type { Need } from './need.ts'

/** Something handed over as evidence of one system: its logs, an image of a server, or data out of it. */
export interface HandedOver {
  /** How sentences call it: `the logs of app01`, `the image of pam-01`. */
  readonly name: string
  readonly kind: 'logs' | 'server' | 'data'
  readonly host?: string
  readonly system?: string
  /** Who handed it over, where it is known. */
  readonly by?: string
  /** First and last record, ISO 8601 UTC; absent when it has no times. */
  readonly from?: string
  readonly to?: string
  /** Days of which it is known to hold nothing. */
  readonly missing?: readonly DayRange[]
  /** Logs that were cleared, stopped or cut, as far as records tell. */
  readonly breaks?: readonly { readonly time: string; readonly what: string; readonly cite: Cite }[]
  /** Day on which the server was installed anew, `YYYY-MM-DD`. */
  readonly installed?: string
  /** Time of the record with which its numbering begins at 1. */
  readonly beginsAnew?: string
  /** Day of the newest data it holds. */
  readonly newest?: string
  /** Rows of the sample that were compared with it, and that are in it; or that it was compared and does not agree. */
  readonly sample?: { readonly compared: number; readonly inside: number } | 'does not agree'
  /** Why nothing can be told from it. */
  readonly unreadable?: string
  readonly cites: readonly Cite[]
}

/** What it is set against. Days are `YYYY-MM-DD`. */
export interface ClaimedTime {
  /** The day the claim became known: the first post, or the report that bounds it. */
  readonly known?: string
  /** Days of which evidence is needed. */
  readonly needed?: DayRange
  /** The earliest day that the sample's values can be of. */
  readonly sampleFrom?: string
}

/** Why something handed over does not answer the claim or does not fit the sample. */
export interface Mismatch {
  /** The rule of SPEC.md: `H1` to `H6`. */
  readonly rule: 'H1' | 'H2' | 'H3' | 'H4' | 'H5' | 'H6'
  /** What it is about, as `HandedOver.name` says it. */
  readonly about: string
  readonly host?: string
  readonly system?: string
  readonly text: string
  readonly cites: readonly Cite[]
  /** What would take its place. */
  readonly need: Need
}
