import type { Cite, Sentence } from '../evidence/index.ts'
import type { ClockJump, DayRange, LogBreak, Numbers, Visibility } from '../events/index.ts'

/** What the logs at hand cover: the other half of every "not found". */
export interface Coverage {
  readonly sources: readonly {
    readonly source: string
    readonly hosts: readonly string[]
    readonly from: string
    readonly to: string
    readonly events: number
    readonly cites: readonly Cite[]
  }[]
  /** What speaks against taking the logs for complete, most telling first: cleared and stopped logs, missing records, clocks, silence. */
  readonly gaps: readonly Sentence[]
  /** The same by source and host; absent in answers kept before there was such a table. */
  readonly rows?: readonly CoverageRow[]
  /** What ATT&CK's analytics could have told from these logs: over all, and over the period the claim needs. */
  readonly visibility?: readonly Visibility[]
}

/** One log source of one host. */
export interface CoverageRow {
  readonly host: string
  readonly source: string
  /** `eventlog`, `auditd`, or product, service or category: which kind of log it is. */
  readonly family: string
  readonly events: number
  readonly untimed: number
  readonly from: string
  readonly to: string
  /** Stretches of a day and longer without an event; `null`: not known. */
  readonly silences: number | null
  /** Days with events. */
  readonly days: readonly DayRange[]
  readonly numbers: readonly Numbers[]
  readonly breaks: readonly (Pick<LogBreak, 'kind' | 'log' | 'time' | 'account'> & { readonly cite: Cite })[]
  readonly breakCount: number
  readonly jumps: readonly (Pick<ClockJump, 'told' | 'from' | 'to' | 'seconds' | 'number' | 'zoneless'> & {
    readonly cite?: Cite
  })[]
  readonly jumpCount: number
  /** Techniques that this source alone could have shown. */
  readonly techniques: number
  readonly cites: readonly Cite[]
}
