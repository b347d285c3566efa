import type { Hit, Item } from './episode.ts'

/** Hits of a piece; pieces are let go as a whole. */
const pieceSize = 4_096

interface Piece<Ref> {
  readonly times: string[]
  readonly hosts: string[]
  readonly accounts: string[]
  readonly refs: Ref[]
  /** Of hits whose fields are still needed. */
  readonly fields: Hit<Ref>['fields'][]
  /** Of news only, by place. */
  readonly inner: Map<number, NonNullable<Item<Ref>['inner']>>
}

const noFields: Readonly<Record<string, string>> = {}

/** What windows need of the hits they hold, once for all correlations, by number; in columns, as most hits are never asked for. */
export class HitStore<Ref> {
  readonly #withFields: boolean
  #pieces: Piece<Ref>[] = []
  #base = 0
  #next = 0
  #newest: Item<Ref> | undefined

  /** `withFields`: whether the fields are kept too. */
  constructor(withFields: boolean) {
    this.#withFields = withFields
  }

  /** The number of a hit; hits come one after the other. */
  numberOf(item: Item<Ref>): number {
    if (item === this.#newest) return this.#next - 1
    this.#newest = item
    return this.#add(item)
  }

  #add({ hit, inner }: Item<Ref>): number {
    const number = this.#next++
    const place = number % pieceSize
    if (place === 0) this.#pieces.push({ times: [], hosts: [], accounts: [], refs: [], fields: [], inner: new Map() })
    const piece = this.#pieces[this.#pieces.length - 1] as Piece<Ref>
    piece.times.push(hit.time)
    piece.hosts.push(hit.host)
    piece.accounts.push(hit.account)
    piece.refs.push(hit.ref)
    if (this.#withFields) piece.fields.push(hit.fields)
    if (inner !== undefined) piece.inner.set(place, inner)
    return number
  }

  get(number: number): Item<Ref> | undefined {
    const piece = number < this.#next ? this.#pieces[Math.floor(number / pieceSize) - this.#base] : undefined
    if (piece === undefined) return undefined
    const place = number % pieceSize
    const inner = piece.inner.get(place)
    const hit = {
      time: piece.times[place] as string,
      host: piece.hosts[place] as string,
      account: piece.accounts[place] as string,
      ref: piece.refs[place] as Ref,
      fields: piece.fields[place] ?? noFields,
    }
    return inner === undefined ? { hit } : { hit, inner }
  }

  /** Forgets hits below a number, those at least of whole pieces. */
  forget(below: number): void {
    const many = Math.min(Math.floor(Math.min(below, this.#next) / pieceSize) - this.#base, this.#pieces.length)
    if (many <= 0) return
    this.#pieces = this.#pieces.slice(many)
    this.#base += many
  }
}
