import type { Cite, Sentence } from '../evidence/index.ts'
import type { LeftBehind, LeftPlace } from './left/left-behind.ts'

/** What the audit logs say about who read whose records. Subscribers are keyed tokens; values only after re-identification. */
export interface LookupReview {
  readonly accesses: number
  /** Distinct subscribers whose records were read. */
  readonly subscribers: number
  readonly from: string
  readonly to: string
  /** Sources that log accesses without saying whose record: never counted as zero. */
  readonly notRecorded: readonly {
    readonly source: string
    readonly accesses: number
    /** Share of the source's accesses, as text (`41.0 %`). */
    readonly share?: string
    readonly why: string
    readonly cites: readonly Cite[]
  }[]
  /** Subscribers read more often without a reason than chance allows (Benjamini-Hochberg at `q`). */
  readonly watched: readonly WatchedSubscriber[]
  readonly accounts: readonly {
    readonly account: string
    /** Watched subscribers this account read without a recorded reason. */
    readonly watched: number
    readonly unexplained: number
    readonly kind: string
    /** Decimal text with exponent: of reading so many watched subscribers by its share of all reads; over all accounts. */
    readonly p?: string
    readonly qValue?: string
    /** Whether q lies within the level: the account was used more than chance allows, not merely among others. */
    readonly beyondChance?: boolean
    readonly grounds: readonly Sentence[]
    readonly cites?: readonly Cite[]
  }[]
  /** Single accesses that returned many subscribers. */
  readonly bulk: readonly {
    readonly account: string
    readonly at: string
    /** Rows returned; -1 = not recorded. */
    readonly rows: number
    /** A file that was read: its path with numbers as `#`. */
    readonly file?: string
    /** What `rows` counts where it is no rows. */
    readonly counted?: 'subscribers'
    /** Period that the name of the file states: first day, and the day after the last. */
    readonly from?: string
    readonly until?: string
    readonly cites: readonly Cite[]
  }[]
  /** Queue of bulk: days on which an account read far more subscribers than it does. */
  readonly busyDays?: readonly BusyAccountDay[]
  /** Queue of the unjustified: reads that lack reasons, by account. Never mixed with the watched: no subscriber is in both. */
  readonly unjustified?: readonly Unjustified[]
  /** Lists of subscribers read together without a reason; to be looked at, nothing more. */
  readonly together?: readonly TogetherRead[]
  /** The log as a whole: more small p values than chance allows, even where no subscriber stands out. */
  readonly globalAlarm?: { readonly value: string; readonly permuted: string; readonly alarm: boolean; readonly text: string }
  /** The same tests on the log with accounts and reasons exchanged, where nobody may be flagged. */
  readonly permutation?: { readonly runs: number; readonly flagged: number; readonly silent: boolean; readonly text: string }
  /** What these tests would find in this log. */
  readonly power?: {
    readonly text: string
    readonly points: readonly {
      readonly perWeek: number
      readonly accounts: number
      readonly found: number
      readonly of: number
    }[]
  }
  /** Reads of decoys, by account and system; absent without one. Each is an alarm by itself. */
  readonly decoys?: readonly DecoyRead[]
  /** The disclosure desk that released what is shown; absent where the workspace names none. */
  readonly releasedBy?: string
  /** Level of the false-discovery control, and how many subscribers were tested. */
  readonly q: number
  readonly tested: number
  /** What the own numbers of records leave out, a counter each; absent where they leave out nothing. Told in `notes` too. */
  readonly numbersLeftOut?: readonly NumbersLeftOut[]
  /** What the actor left behind: asked or held, never counted by a test. Absent without any. */
  readonly leftBehind?: LeftBehind
  readonly notes: readonly Sentence[]
}

/** Numbers that one counter of a source gave to records which no file at hand holds. */
export interface NumbersLeftOut {
  readonly missing: number
  readonly places: number
  readonly widest: number
  /** Files that the counter numbers. */
  readonly files: number
  readonly sentence: Sentence
}

export interface WatchedSubscriber {
  /** Keyed token, hex. */
  readonly subscriber: string
  /** Masked form for people (`+60 12-*** **78`). */
  readonly masked: string
  /** p and q values as decimal text with exponent (`3.1e-9`). */
  readonly p: string
  readonly qValue: string
  readonly tests: readonly string[]
  readonly accounts: readonly string[]
  /** Distinct days with an unexplained access, and explained ones. */
  readonly days: number
  readonly explainedDays: number
  readonly first: string
  readonly last: string
  readonly grounds: readonly Sentence[]
  readonly cites: readonly Cite[]
  /** Reads by day and account, oldest first, at most 200; the rest is counted. */
  readonly timeline?: readonly TimelineDay[]
  readonly timelineMore?: number
  /** Last day of the first week at whose end the sequential test alone would have told. */
  readonly toldInWeek?: string
  /** What was read, so far as logs say: fields, and the period asked for. */
  readonly fields?: readonly string[]
  readonly askedFrom?: string
  readonly askedTo?: string
  /** Where the subscriber stands in what the actor left behind. */
  readonly leftBehind?: readonly LeftPlace[]
  /** Whether the person stands on the list of protected persons; absent where it was not asked. */
  readonly isProtected?: boolean
}

/** Reads of one subscriber by one account on one day. Whether an order explained it is not told. */
export interface TimelineDay {
  readonly day: string
  readonly account: string
  readonly reads: number
  readonly explained: 'explained' | 'own-ticket' | 'ticket-afterwards' | 'none'
  readonly cites: readonly Cite[]
}

/** Reads of decoys (numbers the operator owns and nobody has a reason to read) by one account in one system. */
export interface DecoyRead {
  readonly account: string
  readonly system: string
  /** Accesses, and distinct decoys among them; which ones is not told. */
  readonly reads: number
  readonly decoys: number
  readonly first: string
  readonly last: string
  readonly hosts: readonly string[]
  readonly cites: readonly Cite[]
}

export interface BusyAccountDay {
  readonly account: string
  readonly day: string
  readonly subscribers: number
  /** What the account and its team usually read in a day, decimal text. */
  readonly usual: string
  readonly p: string
  readonly qValue: string
  readonly cites: readonly Cite[]
}

export interface Unjustified {
  readonly kind: 'again-and-again' | 'many-without-reason' | 'tickets-afterwards'
  readonly account: string
  /** Set for reads of one subscriber again and again. */
  readonly subscriber?: string
  readonly masked?: string
  readonly p: string
  readonly qValue: string
  readonly grounds: readonly Sentence[]
  readonly cites: readonly Cite[]
}

export interface TogetherRead {
  /** Masked forms and tokens, in the same order; at most 50 of `size`. */
  readonly subscribers: readonly { readonly subscriber: string; readonly masked: string }[]
  readonly size: number
  readonly accounts: readonly string[]
  readonly days: number
  readonly cites: readonly Cite[]
}
