import type { Item } from './episode.ts'

/** The hits that windows hold, once for all correlations, by number. */
export class HitStore<Ref> {
  #items: (Item<Ref> | undefined)[] = []
  #base = 0

  get size(): number {
    return this.#items.length
  }

  add(item: Item<Ref>): number {
    this.#items.push(item)
    return this.#base + this.#items.length - 1
  }

  get(number: number): Item<Ref> | undefined {
    return this.#items[number - this.#base]
  }

  /** Forgets the hits below a number. */
  forget(below: number): void {
    const many = Math.min(below, this.#base + this.#items.length) - this.#base
    if (many <= 0) return
    this.#items = this.#items.slice(many)
    this.#base += many
  }
}
