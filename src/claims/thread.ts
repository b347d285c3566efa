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
  /** What is offered to buyers, with its price: no demand on the victim. Absent when nothing is. */
  readonly offers?: readonly Quoted[]
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
  /** The export's own id of the message. */
  readonly id?: string
  /** What a report says its pictures show, in its own words. */
  readonly pictured?: readonly string[]
  /** When the actor changed the post after posting it. */
  readonly editedAt?: Moment
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
  /** `more than 10`: the bound itself is excluded. */
  readonly strict?: true
  /** Victim, system or kind of data it is about. */
  readonly subject?: string
  /** Victim it is about, when the sentence names one. */
  readonly victim?: string
  /** Categories of data named, keys of `lexicon/data-kinds.ts` (`cdr`, `billing`, ...). */
  readonly data?: readonly string[]
  /** Not said to be done: tried, or threatened. Absent = said to be done. */
  readonly standing?: 'attempted' | 'threatened'
  /** What is said besides, keys of `lexicon/points.ts` (`web-server`, `insiders`, ...). */
  readonly points?: readonly string[]
  /** Further places that assert the same. */
  readonly also?: readonly Cite[]
  readonly cite: Cite
}

export type Speaker = 'actor' | 'victim' | 'authority' | 'researcher' | 'press'

export interface Quoted {
  readonly text: string
  readonly name?: string
  /** What is said, keys of `lexicon/points.ts` (`public-statement`, `payment`, ...). */
  readonly points?: readonly string[]
  /** A price asked, with its currency as `unit`. */
  readonly quantity?: number
  readonly unit?: string
  /** When it was said; of a report, the report's time as a bound. */
  readonly at?: Moment
  readonly cite: Cite
}

export interface Deadline {
  readonly text: string
  /** ISO 8601 duration of a recurring threat (`PT2H`). */
  readonly every?: string
  /** What a span or a recurrence counts from: the post's time, of a report its bound. */
  readonly from?: Moment
  readonly at?: Moment
  readonly cite: Cite
}

export interface Statement {
  readonly by: Exclude<Speaker, 'actor'>
  /** Who speaks, by name, when the source tells. */
  readonly name?: string
  readonly text: string
  /** What is said, keys of `lexicon/points.ts` (`nothing-in-own-systems`, `authorities-informed`, ...). */
  readonly points?: readonly string[]
  /** When it was said; of a report, the report's time as a bound. */
  readonly at?: Moment
  readonly cite: Cite
}
