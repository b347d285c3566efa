import type { EventClass } from './event.ts'

/** Names of the source's fields, best first; `date+time` joins the values of several by a blank, `folder+\\+file` by what stands between; `user{name}` is a member of a printed structure. */
export type Names = string | readonly string[]

/** What fields must hold: `true` = be there and not empty, a text = equal without case (`abc*`: begin so), a list = any of them. */
export type When = Readonly<Record<string, true | string | readonly string[]>>

/** A time of a record whose meaning is not `it happened then`. */
export interface MomentOf {
  readonly time: Names
  /** What the time says, in words: `Created`, `Last run`; `{field}` takes the value of a field. */
  readonly says: string
  /** Where the act at that time has a class of its own. */
  readonly class?: EventClass
}

/** What a record means: the members of an event, by the names of the fields that hold them. */
export interface Meaning {
  readonly class?: EventClass
  /** Sigma log source; `{field}` takes the value of a field. */
  readonly product?: string
  readonly category?: string
  readonly service?: string
  readonly time?: Names
  /** True: times that state no zone are UTC by the format's definition. */
  readonly utc?: boolean
  readonly host?: Names
  readonly domain?: Names
  readonly account?: Names
  readonly process?: Names
  readonly commandLine?: Names
  readonly parentProcess?: Names
  readonly sourceIp?: Names
  readonly targetIp?: Names
  readonly targetPort?: Names
  readonly bytesOut?: Names
  readonly provider?: Names
  readonly eventId?: Names
  /** Fields that Sigma or our rules know under another name: their name, and the source's. Kept beside the original. */
  readonly also?: Readonly<Record<string, Names>>
  /** Field with a whole URL: its parts are kept under the names of Sigma's proxy rules. */
  readonly url?: Names
  /**
   * Times of one record that mean different things (made, changed, run): each that is there is an event of its own, told
   * apart by its field `timestamp_desc`; equal times with one meaning are told once. `time` counts where none is there.
   */
  readonly moments?: readonly MomentOf[]
  /** Fields that the record's kind alone tells (`outcome`: `success` or `failure`). */
  readonly set?: Readonly<Record<string, string>>
}

/** A meaning for those records of a source that hold certain values. */
export interface Kind extends Meaning {
  readonly when: When
}

/** A meaning for messages in words: a template of `compileTemplate`; its slots are fields. */
export interface Message extends Meaning {
  readonly like: string
}

/** One log source as data. */
export interface SourceMap extends Meaning {
  /** Kebab-case, unique. */
  readonly name: string
  /** The documentation that names and shapes were taken from. */
  readonly documentation: string
  /** Forms its records come in (`RawRecord.form`). */
  readonly forms: readonly string[]
  /** Programs, tables or paths (`RawRecord.app`), in lower case; `abc*` begins so. Absent: any. */
  readonly apps?: readonly string[]
  readonly when?: When
  /** The first that holds adds to the map's own meaning. */
  readonly kinds?: readonly Kind[]
  /** The first that fits the message adds its slots and meaning; comes before `kinds`. */
  readonly messages?: readonly Message[]
  /** True: a record whose message fits no template is no record of this source. */
  readonly onlyMessages?: boolean
}
