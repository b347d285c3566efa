import type { Moment } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Origin } from './judgement.ts'

export type TriggerKind =
  | 'occurrence'
  | 'suspicion'
  | 'detection'
  | 'awareness'
  | 'informed-by-third-party'
  | 'assessment'
  | 'materiality'
  | 'previous-step'
  | 'new-fact'

/** A moment from which a clock could run; several stand side by side, the earliest is flagged. */
export interface TriggerEvent {
  readonly id: string
  readonly kind: TriggerKind
  readonly at: Moment
  readonly text: string
  readonly earliest: boolean
  /** True only when a named person decided that this is the moment of awareness. */
  readonly decided: boolean
  readonly ground: Sentence
}

export interface Duty {
  /** `my-pdpa-12b/commissioner`. */
  readonly id: string
  readonly law: string
  /** `MY`; for a duty of the person's own file what it comes from: `contract`. */
  readonly jurisdiction: string
  readonly origin: Origin
  /** Rests on a designation or on a person's own file: shown here, never exported. */
  readonly confidential?: true
  /** Who owes it, in words, when not every role of the law does. */
  readonly owedBy?: string
  readonly recipient: string
  readonly step: string
  readonly trigger: TriggerKind
  /** Trigger event the shown clock runs from; provisional until somebody decides. */
  readonly start?: { readonly at: string; readonly event: string; readonly provisional: boolean }
  /** ISO 8601 UTC; absent while no clock runs or the law says "without undue delay". */
  readonly due?: string
  /** Earliest and latest end (ISO 8601 UTC) while a zone is asked for; then there is no `due`. */
  readonly between?: readonly [string, string]
  /** An authority put the date off: `from` is the date of the law. */
  readonly delayed?: { readonly from?: string; readonly until: string; readonly by: string; readonly ref?: string }
  /** A named person decided that no notice is given; the clock is shown all the same. */
  readonly notNotified?: { readonly by: string; readonly at: string; readonly reason: string }
  readonly dueText: string
  /** Of a time in business days: by whose lists of holidays it was counted, the years they cover, when and how they were read. */
  readonly holidays?: string
  readonly status: 'running' | 'overdue' | 'waiting' | 'done'
  readonly thresholds: readonly { readonly text: string; readonly met: 'yes' | 'no' | 'unknown' }[]
  /** What would make the duty fall away: an exemption that nobody has decided on. */
  readonly exemptions: readonly { readonly text: string; readonly met: 'yes' | 'no' | 'unknown' }[]
  readonly fields: readonly {
    readonly key: string
    readonly label: string
    readonly value?: string
    readonly ground?: Sentence
  }[]
  readonly source: { readonly text: string; readonly url: string; readonly read: string }
  readonly lawStatus: string
  readonly effectiveFrom: string
  /** The rule in its law file. */
  readonly cite?: Cite
  /** What the shown clock rests on, and what the law file says of this rule. */
  readonly notes?: readonly string[]
  /** What the law file says of the law as a whole. */
  readonly lawNotes?: readonly string[]
  /** The same clock counted from every candidate that fits, and from contested ones: side by side, earliest first. */
  readonly readings?: readonly {
    readonly event: string
    readonly at: string
    readonly due?: string
    readonly contested: boolean
  }[]
}

/** Something that only a person can say, and that a clock waits for. */
export interface Asked {
  /** `zone-of-event`, `zone-of-authority`, `designation`, `calendar`. */
  readonly what: 'zone-of-event' | 'zone-of-authority' | 'designation' | 'calendar'
  readonly text: string
  /** Where it is answered: a field of the facts file. */
  readonly field: string
  readonly confidential?: true
}

export interface NotTriggered {
  readonly law: string
  readonly why: string
  readonly duty?: string
  /** A draft that starts no clock until a person enables it: its id. */
  readonly draft?: string
  readonly confidential?: true
}

export interface DueAnswer {
  readonly duties: readonly Duty[]
  /** Laws and single duties that do not apply on these facts; `duty` is the id of a single duty. */
  readonly notTriggered: readonly NotTriggered[]
  /** Asked of people, never guessed. */
  readonly asked: readonly Asked[]
  readonly triggerEvents: readonly TriggerEvent[]
  readonly disclaimer: string
}
