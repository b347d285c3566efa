import type { Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { ReadingKind } from './language/schema.ts'

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
  /** Every sentence taken apart by what exactly it says; absent in answers kept before there were such readings. */
  readonly readings?: readonly Reading[]
  /** Channels, articles and lists that the thread's words come from; absent, as all below, in answers kept before. */
  readonly sources?: readonly ThreadSource[]
  /** Deadlines and recurring threats with what was seen at each tick. */
  readonly clocks?: readonly Clock[]
  /** Threats against a country or sector, and the actor's victims in turn. */
  readonly campaign?: { readonly against: readonly Quoted[]; readonly victims: readonly CampaignVictim[] }
  /** Phishing, SIM swaps and fraud that others report. */
  readonly abuse?: readonly Abuse[]
  /** What to have ready for the disruptions announced. */
  readonly readiness?: readonly Checklist[]
  /** Links and suspicious host names of the posts, defanged. */
  readonly links?: readonly Link[]
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
  /** A leak-site tracker lists it: the victim's name is a field of the list. */
  readonly listed?: true
  /** `actor`: the post itself is evidence; `reported`: somebody else's account of it. */
  readonly source: 'actor' | 'reported'
  readonly text: string
  /** The export's own id of the message. */
  readonly id?: string
  /** What a report says its pictures show, in its own words. */
  readonly pictured?: readonly string[]
  /** When the actor changed the post after posting it. */
  readonly editedAt?: Moment
  /** Earlier wordings of the same message, from other exports. */
  readonly versions?: readonly { readonly text: string; readonly editedAt?: Moment; readonly cite: Cite }[]
  /** Further places with the same message. */
  readonly also?: readonly Cite[]
  /** The post that this one repeats on another channel. */
  readonly repostOf?: Cite
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

/** One thing that one sentence says, of one kind, in one voice. */
export interface Reading {
  /** `R1`, `R2`, ... in order of first appearance within the thread. */
  readonly id: string
  /** `unread`: words of the actor in which nothing was recognised; a person should read them. */
  readonly kind: ReadingKind | 'unread'
  readonly by: Speaker
  /** The sentence as written. */
  readonly text: string
  readonly quantity?: number
  readonly qualifier?: 'exactly' | 'at least' | 'at most' | 'about'
  /** `more than 10`: the bound itself is excluded. */
  readonly strict?: true
  readonly unit?: string
  /** The words that name the system or the supplier. */
  readonly subject?: string
  readonly victim?: string
  /** Categories of data named, keys of `data-kinds` in `data/claims`. */
  readonly data?: readonly string[]
  /** Why a person should look at it; absent when nothing speaks against the reading. */
  readonly doubts?: readonly string[]
  /** Assertions (`A1`) of the thread made by the same sentence. */
  readonly assertions?: readonly string[]
  /** Further places with the same words. */
  readonly also?: readonly Cite[]
  readonly cite: Cite
}

/** `vendor`: a vendor of the operator, or a supplier of one, where an inventory names it. */
export type Speaker = 'actor' | 'victim' | 'vendor' | 'authority' | 'researcher' | 'press'

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
  /** Who set it, where it is not the actor: a journalist who waits for an answer, an authority, the victim's own promise. */
  readonly by?: Exclude<Speaker, 'actor'>
  /** ISO 8601 duration of a recurring threat (`PT2H`). */
  readonly every?: string
  /** ISO 8601 duration of a span (`PT48H`): until `at` where it is known what it counts from. */
  readonly within?: string
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

/** Where words of a thread come from. */
export interface ThreadSource {
  /** The channel, or the title or file of an article. */
  readonly name: string
  readonly kind: 'own post' | 're-post' | 'list' | 'report'
  readonly posts: number
  readonly first?: Moment
  readonly cite: Cite
}

/** A deadline or recurring threat as a clock. */
export interface Clock extends Deadline {
  /** `C1`, `C2`, ... */
  readonly id: string
  /** Past ticks, as far as posts at hand reach; none is told of the time after the last post. */
  readonly ticks: readonly Tick[]
}

/** What the posts at hand show from one tick to the next, for a single deadline in the 48 hours after it. */
export interface Tick {
  readonly at: Moment
  readonly happened: 'data said to be published' | 'posted' | 'nothing at hand'
  readonly cites: readonly Cite[]
}

/** A vendor, supplier or system of the estate, as the inventory names it. */
export interface Party {
  /** `vendor:aminia`. */
  readonly entry: string
  readonly revision: number
  readonly name: string
  /** What it is to us, in words: `vendor`, `ended vendor (2024-03-31)`, `supplier of vendor X`. */
  readonly relation: string
}

/** One victim of an actor, in turn. */
export interface CampaignVictim {
  readonly name: string
  readonly standing: Victim['standing']
  /** First post or report at hand that names it. */
  readonly at?: Moment
  /** How it ended as far as the texts tell; empty = open. */
  readonly ended: readonly {
    readonly kind: 'confirmed' | 'confirmed at a third party' | 'said to be published' | 'denied'
    readonly text: string
    readonly cite: Cite
  }[]
  /** Entries of our inventory with this name. */
  readonly ours?: readonly Party[]
  /** Words that name us as its customer. */
  readonly listsUs?: readonly Quoted[]
  readonly cites: readonly Cite[]
}

/** A report of data being used. */
export interface Abuse {
  /** `phishing`, `sim-swap`, `fraud`: keys of `abuse` in `data/claims`. */
  readonly kind: string
  readonly text: string
  readonly at?: Moment
  /** Whether it was reported before the first post of the claim. */
  readonly predates: 'yes' | 'no' | 'unknown'
  readonly cite: Cite
}

/** Questions to have answered before a disruption that was announced. */
export interface Checklist {
  readonly key: string
  readonly title: string
  readonly items: readonly string[]
  /** Readings (`R1`) that announce it. */
  readonly readings: readonly string[]
  readonly cites: readonly Cite[]
}

/** A link or host of a post. */
export interface Link {
  /** Defanged. */
  readonly text: string
  /** In ASCII, defanged. */
  readonly host: string
  /** Why the name may be meant to be taken for another. */
  readonly disguise?: string
  readonly cite: Cite
}
