import type { Moment } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'

export type TriggerKind =
  | 'occurrence'
  | 'suspicion'
  | 'detection'
  | 'awareness'
  | 'informed-by-third-party'
  | 'assessment'
  | 'materiality'
  | 'previous-step'

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
  readonly jurisdiction: string
  readonly recipient: string
  readonly step: string
  readonly trigger: TriggerKind
  /** Trigger event the shown clock runs from; provisional until somebody decides. */
  readonly start?: { readonly at: string; readonly event: string; readonly provisional: boolean }
  /** ISO 8601 UTC; absent while no clock runs or the law says "without undue delay". */
  readonly due?: string
  readonly dueText: string
  readonly status: 'running' | 'overdue' | 'waiting' | 'done'
  readonly thresholds: readonly { readonly text: string; readonly met: 'yes' | 'no' | 'unknown' }[]
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

export interface DueAnswer {
  readonly duties: readonly Duty[]
  /** Laws and single duties that do not apply on these facts; `duty` is the id of a single duty. */
  readonly notTriggered: readonly { readonly law: string; readonly why: string; readonly duty?: string }[]
  readonly triggerEvents: readonly TriggerEvent[]
  readonly disclaimer: string
}
