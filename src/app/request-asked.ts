import type { RequestAct, RequestTerms } from '../response/index.ts'

/** What is to be asked of whom. By when: the earliest of what is given. */
export interface AskedRequest {
  readonly kind: 'evidence' | 'preservation'
  readonly to: RequestTerms['to']
  readonly what: readonly string[]
  readonly period?: { readonly from: string; readonly to: string }
  /** ISO 8601 with zone. */
  readonly due?: string
  /** Id of a duty of the case: a contract's duty to hand over evidence. */
  readonly duty?: string
  /** Id of a log source of the inventory: before its next needed day is overwritten. */
  readonly source?: string
}

/** What is entered about a request; the answer names exhibits, whose hashes are taken from the case. */
export type AskedRequestAct =
  | Exclude<RequestAct, { act: 'draft' | 'answer' | 'close' }>
  | {
      readonly act: 'answer'
      readonly request: string
      readonly at: string
      readonly gives: 'evidence' | 'statement'
      readonly exhibits: readonly string[]
      readonly hashes: readonly string[]
    }
  /** `anyway`: although no evidence came. */
  | { readonly act: 'close'; readonly request: string; readonly anyway: boolean }
