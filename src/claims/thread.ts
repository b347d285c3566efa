import type { Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** One claim thread: what one actor says about its victims, and what others say to it. */
export interface Thread {
  /** Stable key from the actor's name, `thread:r00tk1t`. */
  readonly id: string
  /** Name the actor goes by in the sources; '' when none does. */
  readonly actor: string
  readonly victims: readonly Victim[]
  readonly posts: readonly Post[]
  readonly assertions: readonly Assertion[]
  readonly demands: readonly Quoted[]
  readonly deadlines: readonly Deadline[]
  /** Words of the victim, of authorities, of researchers: never mixed with the actor's. */
  readonly statements: readonly Statement[]
  /** Organisations named that are neither actor nor main victim (vendors, partners). */
  readonly thirdParties: readonly Quoted[]
}

export interface Victim {
  readonly name: string
  /** `named`: the claim at hand is about it; `earlier`: mentioned as an earlier victim. */
  readonly standing: 'named' | 'earlier'
  readonly cites: readonly Cite[]
}

export interface Post {
  /** When the post was made; absent when only the report's time is known. */
  readonly at?: Moment
  /** When somebody reported it: an upper bound for the post, never its time. */
  readonly reportedAt?: Moment
  readonly channel: string
  /** `actor`: the post itself is evidence; `reported`: somebody else's account of it. */
  readonly source: 'actor' | 'reported'
  readonly text: string
  readonly attachments: readonly { readonly file: string; readonly text?: string; readonly cite?: Cite }[]
  readonly cite: Cite
}

export type AssertionKind =
  | 'access' // "we are inside system X"
  | 'data-taken' // "we took N records of Y"
  | 'count' // a bare amount: lines, records, persons, operators, gigabytes
  | 'third-party' // the way in or the data is a vendor's
  | 'capability' // "we can shut down"
  | 'method' // how it was done
  | 'defacement'
  | 'attribution' // somebody says who did it
  | 'denial' // the victim denies

export interface Assertion {
  /** `A1`, `A2`, … in order of first appearance within the thread. */
  readonly id: string
  readonly kind: AssertionKind
  /** Who asserts: `actor`, `victim`, `authority`, `researcher`, `press`. */
  readonly by: Speaker
  readonly text: string
  /** Amount with its qualifier: `at least` 20 persons. */
  readonly quantity?: number
  readonly qualifier?: 'exactly' | 'at least' | 'at most' | 'about'
  readonly unit?: string
  /** Victim, system or kind of data it is about. */
  readonly subject?: string
  readonly cite: Cite
}

export type Speaker = 'actor' | 'victim' | 'authority' | 'researcher' | 'press'

export interface Quoted {
  readonly text: string
  readonly name?: string
  readonly cite: Cite
}

export interface Deadline {
  readonly text: string
  /** ISO 8601 duration of a recurring threat (`PT2H`). */
  readonly every?: string
  readonly at?: Moment
  readonly cite: Cite
}

export interface Statement {
  readonly by: Exclude<Speaker, 'actor'>
  /** Who speaks, by name, when the source tells. */
  readonly name?: string
  readonly text: string
  readonly at?: Moment
  readonly cite: Cite
}
