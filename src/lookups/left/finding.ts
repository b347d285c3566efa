import { limits } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { LeftFinding, LeftQuery } from './left-behind.ts'
import { findingSentence } from './finding-sentence.ts'
import type { QueryRead } from './query-read.ts'
import { shownCite } from './shown-cite.ts'

/** Queries told of one finding; all are counted. */
const queriesTold = 100

/** A finding while its source is read. */
export class FindingBuilder {
  readonly #of: Pick<LeftFinding, 'kind' | 'source' | 'account' | 'host'>
  readonly #only: ReadonlySet<string> | undefined
  readonly #subscribers = new Set<string>()
  readonly #fields = new Set<string>()
  readonly #asked: LeftQuery[] = []
  readonly #cites: Cite[] = []
  #queries = 0
  #bulk = 0
  #rows = 0
  #undated = 0
  #first = ''
  #last = ''
  /** Whether a subscriber more than can be held was met. */
  full = false

  /** `only`: the persons that may be told, by token; all unless told. */
  constructor(of: Pick<LeftFinding, 'kind' | 'source' | 'account' | 'host'>, only?: ReadonlySet<string>) {
    this.#of = of
    this.#only = only
  }

  query(read: QueryRead, { time, cite }: { readonly time: string; readonly cite: Cite }): void {
    const { subscribers, fields, tables, from, to } = read
    const kind = read.bulk || read.whole ? 'bulk' : subscribers.length > 1 ? 'several' : 'single'
    this.#queries += 1
    if (kind === 'bulk') this.#bulk += 1
    if (time === '') this.#undated += 1
    else {
      if (this.#first === '' || time < this.#first) this.#first = time
      if (time > this.#last) this.#last = time
    }
    for (const { token } of subscribers) this.subscriber(token)
    for (const field of fields) if (this.#fields.size < 40) this.#fields.add(field)
    this.#cite(cite)
    if (this.#asked.length < queriesTold)
      this.#asked.push({
        ...(time === '' ? {} : { at: time }),
        kind,
        subscribers: subscribers.length,
        masked: subscribers
          .filter(({ token }) => this.#only?.has(token) ?? true)
          .slice(0, 3)
          .map((one) => one.masked),
        fields,
        tables,
        ...(from === '' ? {} : { from }),
        ...(to === '' ? {} : { to }),
        cites: [cite],
      })
  }

  row(token: string, cite: () => Cite): void {
    this.#rows += 1
    const before = this.#subscribers.size
    this.subscriber(token)
    if (this.#subscribers.size > before && this.#cites.length < 5) this.#cite(shownCite(cite(), [token], this.#only))
  }

  /** Takes the names of columns; gives them as they are told. */
  fields(names: readonly string[]): readonly string[] {
    const told = names.map((name) => name.slice(0, 120).replaceAll(/\d{5,}/g, '#'))
    for (const name of told) this.#fields.add(name)
    return told
  }

  /** What was put into it. */
  get size(): number {
    return this.#queries + this.#rows
  }

  subscriber(token: string): void {
    if (this.#subscribers.size < limits.leftSubscribers) this.#subscribers.add(token)
    else if (!this.#subscribers.has(token)) this.full = true
  }

  /** The finding; undefined where nothing of a subscriber stands in it. */
  done(): LeftFinding | undefined {
    if (this.#queries === 0 && this.#rows === 0) return undefined
    const told = {
      ...this.#of,
      subscribers: this.#subscribers.size,
      queries: this.#queries,
      bulk: this.#bulk,
      rows: this.#rows,
      fields: [...this.#fields].sort(),
      ...(this.#first === '' ? {} : { first: this.#first, last: this.#last }),
      undated: this.#undated,
      // Queries of whole tables come in late.
      asked: this.#asked.toSorted((a, b) => placeOf(a) - placeOf(b)),
    }
    return { ...told, sentence: { text: findingSentence(told), cites: this.#cites } }
  }

  #cite(cite: Cite): void {
    if (this.#cites.length >= limits.citesPerSentence) return
    const isFile = cite.kind === 'exhibit' && cite.at.kind === 'whole'
    if (isFile && this.#cites.some((one) => one.kind === 'exhibit' && one.at.kind === 'whole')) return
    this.#cites.push(cite)
  }
}

function placeOf({ cites: [cite] }: LeftQuery): number {
  return cite?.kind === 'exhibit' && 'n' in cite.at && typeof cite.at.n === 'number' ? cite.at.n : 0
}
