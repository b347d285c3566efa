import type { Network } from './network.ts'
import type { Part } from './pattern.ts'

/**
 * What a rule asks, as plain data: every back end (the matcher in memory, SQL) compiles from this tree and
 * from nothing else. Values are already transformed (base64, UTF-16, placeholders).
 */
export type Plan =
  | { readonly kind: 'and'; readonly of: readonly Plan[] }
  | { readonly kind: 'or'; readonly of: readonly Plan[] }
  | { readonly kind: 'not'; readonly of: Plan }
  | { readonly kind: 'at-least'; readonly n: number; readonly of: readonly Plan[] }
  /** A search identifier of the rule, kept for explanations. */
  | { readonly kind: 'named'; readonly name: string; readonly of: Plan }
  | { readonly kind: 'field'; readonly field: string; readonly test: Test }
  /** A keyword: holds when any field's value passes. */
  | { readonly kind: 'anywhere'; readonly test: TextTest | RegexTest }

/** Text against a pattern over the whole value; without `cased`, upper and lower case are the same. */
export interface TextTest {
  readonly kind: 'text'
  readonly parts: readonly Part[]
  readonly cased: boolean
}

/** A search (not anchored) with RE2 syntax. */
export interface RegexTest {
  readonly kind: 'regex'
  readonly source: string
  /** Any of `i`, `m`, `s`, in that order. */
  readonly flags: string
}

export type Comparison = 'eq' | 'lt' | 'lte' | 'gt' | 'gte'
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'
export type Relation = 'equals' | 'contains' | 'startswith' | 'endswith'

/** What one field's value must pass. An absent field passes only `absent`. */
export type Test =
  | TextTest
  | RegexTest
  /** `value` is a decimal numeral; the field may be written in decimal or as `0x…`. */
  | { readonly kind: 'number'; readonly op: Comparison; readonly value: string }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'same-as'; readonly other: string; readonly relation: Relation; readonly cased: boolean }
  /** A part of a date as its digits are written; no zone is applied. */
  | { readonly kind: 'time-part'; readonly part: TimePart; readonly op: Comparison; readonly value: string }
