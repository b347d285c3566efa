import type { Fault } from '../../base/index.ts'

/** What can be said on the first day, when no copy is registered. Speaks of systems, tables and agreements; names no holder. Days are `YYYY-MM-DD`. */
export interface DayOne {
  readonly rows: number
  readonly read: number
  /** Distinct rows that were compared; identical rows count once. */
  readonly compared: number
  /** Rows that a table given holds with agreeing values: what the exclusions rest on. */
  readonly recognised: number
  /** Columns of the sample that rows were looked up by; without one, values and schema alone are compared. */
  readonly lookedUpBy: readonly string[]
  /** The columns of the sample and where their values occur. */
  readonly columns: readonly SampleColumn[]
  /** By name. */
  readonly systems: readonly SystemAnswer[]
  /** Smallest set of systems that hold every column together, when no single one does. */
  readonly together?: { readonly systems: readonly string[]; readonly what: string }
  /** Days the sample can be from, over all systems that are not ruled out. */
  readonly window: DayWindow
  readonly agreements: readonly AgreementAnswer[]
  /** What the sample cannot tell apart, and what would. */
  readonly notSeparated?: { readonly systems: readonly string[]; readonly agreements: readonly string[]; readonly what: string }
  readonly operators?: OperatorAnswer
  /** The most separating first. */
  readonly next: readonly NextStep[]
  /** One or two sentences for the head of the page. */
  readonly statement: string
  readonly limits: readonly string[]
  readonly faults: readonly Fault[]
}

export interface SampleColumn {
  readonly name: string
  /** As `meaningText` writes it. */
  readonly meaning: string
  /** Columns whose values these are, the best of each system; share of the distinct values that occur there. */
  readonly heldBy: readonly { readonly system: string; readonly column: string; readonly share: number }[]
  /** Systems with a column of the same shapes or number prefixes, though the values themselves are not in it. */
  readonly alike: readonly { readonly system: string; readonly column: string; readonly share: number }[]
}

export type Standing = 'can' | 'cannot' | 'not-decided'

export interface SystemAnswer {
  readonly system: string
  readonly standing: Standing
  /** The reasons for the standing, the weightiest first. */
  readonly reasons: readonly Reason[]
  /** Tables looked at, in order of day. */
  readonly tables: readonly { readonly asOf: string; readonly rows: number; readonly found: number }[]
  /** Share of the compared rows found in the newest table, and in any. */
  readonly foundToday: number
  readonly foundEver: number
  /** Absent when the system is ruled out or nothing dates the sample. */
  readonly window?: DayWindow
  /** How the writing agrees (names, delimiter, spellings); never a ground for ruling out. */
  readonly writing?: { readonly log: number; readonly items: readonly string[] }
  /** Share of the sample's phone numbers outside the ranges that the system holds; absent without phone numbers in both. */
  readonly outsideRanges?: number
}

export interface Reason {
  readonly code:
    | 'fields-held'
    | 'rows-found'
    | 'values-agree'
    | 'field-not-held'
    | 'values-never-occur'
    | 'values-differ'
    | 'rows-not-held'
    | 'nothing-found'
    | 'identifier-absent'
    | 'part-outside-ranges'
    | 'part-not-found'
    | 'newer-than-table'
    | 'too-little'
    | 'combinations-occur'
    | 'column-held-nowhere'
  readonly text: string
}

/** `earliest` and `latest` hold with the reasons given; `estimate` is where between restore points the changed values put it. */
export interface DayWindow {
  readonly earliest?: string
  readonly latest?: string
  readonly estimate?: { readonly day: string; readonly from: string; readonly to: string; readonly cells: number }
  readonly reasons: readonly string[]
}

/** Whether an agreement's field list could have carried these fields. It says what was possible, not what happened. */
export interface AgreementAnswer {
  readonly agreement: string
  readonly system?: string
  readonly cut?: string
  readonly standing: 'would-have-been-possible' | 'not-possible' | 'not-decided'
  /** Columns of the sample that the list does not have. */
  readonly missing: readonly string[]
  readonly why: string
}

export interface OperatorAnswer {
  readonly numbers: number
  /** By operator; numbers in no range given are under ''. */
  readonly shares: readonly { readonly operator: string; readonly share: number }[]
  readonly several: boolean
  readonly what: string
}

export interface NextStep {
  readonly kind: 'extract' | 'restore-point' | 'log' | 'table'
  readonly what: string
  readonly why: string
  /** Rough number of halvings of what is open, in tenths of a bit. */
  readonly bits: number
}
