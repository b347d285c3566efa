import { limits, type Locator } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { SubscriberToken } from '../subscriber.ts'
import type { LeftPerson, LeftPlace } from './left-behind.ts'
import type { QueryRead } from './query-read.ts'

/** Subscribers told, and places told of one. */
const [personsTold, placesTold] = [200, 10]

/** A recovered file as the places in it name it. */
export interface RecoveredFile {
  readonly place: Omit<LeftPlace, 'cites'>
  readonly cite: (at: Locator) => Cite
}

interface Person {
  readonly masked: string
  asked: boolean
  inFile: boolean
  readonly places: (LeftPlace | { readonly file: RecoveredFile; readonly at: Locator })[]
}

/** The subscribers of all that was left behind, each with the places that name it. */
export class Persons {
  readonly #known = new Map<string, Person>()
  readonly #tables = new Set<string>()
  /** Whether more were met than can be held. */
  full = false

  asked({ subscribers, tables }: QueryRead, place: LeftPlace): void {
    if (subscribers.length > 0) for (const table of tables) if (this.#tables.size < 10_000) this.#tables.add(table)
    for (const one of subscribers) {
      const person = this.#person(one)
      if (person === undefined) continue
      person.asked = true
      if (person.places.length < placesTold) person.places.push(place)
    }
  }

  inFile(one: SubscriberToken, file: RecoveredFile, at: Locator): void {
    const person = this.#person(one)
    if (person === undefined) return
    person.inFile = true
    // A further row of the same file says nothing more.
    const last = person.places.at(-1)
    if (person.places.length >= placesTold || (last !== undefined && 'file' in last && last.file === file)) return
    person.places.push({ file, at })
  }

  /** Whether a table was read by subscriber in any query. */
  holds(table: string): boolean {
    return this.#tables.has(table)
  }

  counts(): { readonly subscribers: number; readonly asked: number; readonly inFiles: number } {
    let [asked, inFiles] = [0, 0]
    for (const person of this.#known.values()) {
      if (person.asked) asked += 1
      if (person.inFile) inFiles += 1
    }
    return { subscribers: this.#known.size, asked, inFiles }
  }

  /** Those asked for first, then those in most places; `only` of these, where not all may be shown. */
  told(only?: ReadonlySet<string>): LeftPerson[] {
    return [...this.#known]
      .filter(([token]) => only?.has(token) ?? true)
      .sort(
        ([a, one], [b, other]) =>
          Number(other.asked) - Number(one.asked) || other.places.length - one.places.length || (a < b ? -1 : 1),
      )
      .slice(0, personsTold)
      .map(([subscriber, { masked, places }]) => ({
        subscriber,
        masked,
        places: places.map(placeOf),
      }))
  }

  /** The places of one subscriber; none where it was not met. */
  placesOf(token: string): LeftPlace[] {
    return (this.#known.get(token)?.places ?? []).map(placeOf)
  }

  /** Those asked for who are not among `only`, at most as many as are told. */
  unshown(only?: ReadonlySet<string>): string[] {
    if (only === undefined) return []
    const tokens = [...this.#known].filter(([token, one]) => one.asked && !only.has(token)).map(([token]) => token)
    return tokens.sort().slice(0, personsTold)
  }

  #person(one: SubscriberToken): Person | undefined {
    const known = this.#known.get(one.token)
    if (known !== undefined) return known
    if (this.#known.size >= limits.leftSubscribers) {
      this.full = true
      return undefined
    }
    const person: Person = { masked: one.masked, asked: false, inFile: false, places: [] }
    this.#known.set(one.token, person)
    return person
  }
}

function placeOf(one: Person['places'][number]): LeftPlace {
  return 'file' in one ? { ...one.file.place, cites: [one.file.cite(one.at)] } : one
}
