/**
 * Events of a window in the order they came, as columns: an event is named by its number, counted from the first ever taken. Each
 * event has one value for each reading of the correlations that share the window; NaN = it does not count there.
 */
export class EventRing {
  #at = new Float64Array(1_024)
  #hit = new Float64Array(1_024)
  #group = new Int32Array(1_024)
  #part = new Uint8Array(1_024)
  /** How far back the event before it of the same group stands; 0 when that is gone or there is none. */
  #back = new Int32Array(1_024)
  readonly #kept: Float64Array<ArrayBuffer>[]
  #mask = 1_023
  /** The oldest event held, and the number the next one gets. */
  first = 0
  next = 0

  constructor(readings: number) {
    this.#kept = Array.from({ length: readings }, () => new Float64Array(1_024))
  }

  get size(): number {
    return this.next - this.first
  }

  /** Takes an event; gives its number. `before` is the group's event before it. */
  push(event: { at: number; hit: number; group: number; part: number; before: number }): number {
    if (this.size > this.#mask) this.#grow()
    const number = this.next++
    const slot = number & this.#mask
    this.#at[slot] = event.at
    this.#hit[slot] = event.hit
    this.#group[slot] = event.group
    this.#part[slot] = event.part
    this.#back[slot] = event.before >= this.first ? number - event.before : 0
    return number
  }

  at(number: number): number {
    return this.#at[number & this.#mask] as number
  }

  hit(number: number): number {
    return this.#hit[number & this.#mask] as number
  }

  group(number: number): number {
    return this.#group[number & this.#mask] as number
  }

  part(number: number): number {
    return this.#part[number & this.#mask] as number
  }

  /** The value an event has for a reading. */
  kept(number: number, reading: number): number {
    return (this.#kept[reading] as Float64Array)[number & this.#mask] as number
  }

  keep(number: number, { reading, value }: { readonly reading: number; readonly value: number }): void {
    ;(this.#kept[reading] as Float64Array)[number & this.#mask] = value
  }

  /** The events of a group that count for a reading, from its newest back to a time, oldest first. */
  ofGroup(newest: number, { from, reading }: { readonly from: number; readonly reading: number }): number[] {
    const numbers: number[] = []
    for (let number = newest; number >= this.first; number = this.before(number)) {
      if (this.at(number) < from) break
      if (!Number.isNaN(this.kept(number, reading))) numbers.push(number)
    }
    return numbers.reverse()
  }

  /** The event of its group before an event; -1, or one that is gone, when there is none. */
  before(number: number): number {
    const back = this.#back[number & this.#mask] as number
    return back === 0 ? -1 : number - back
  }

  #grow(): void {
    const [before, mask] = [this.#mask, this.#mask * 2 + 1]
    // Slots from the oldest event to the end of the column, and those before it, keep their numbers under the new mask.
    const [first, next] = [this.first, this.next]
    const turn = next - (next & before)
    const longer = <T extends Float64Array | Int32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old.subarray(first & before), first & mask)
      made.set(old.subarray(0, next - turn), turn & mask)
      return made
    }
    this.#at = longer(this.#at, new Float64Array(mask + 1))
    this.#hit = longer(this.#hit, new Float64Array(mask + 1))
    this.#group = longer(this.#group, new Int32Array(mask + 1))
    this.#part = longer(this.#part, new Uint8Array(mask + 1))
    this.#back = longer(this.#back, new Int32Array(mask + 1))
    this.#kept.forEach((kept, n) => (this.#kept[n] = longer(kept, new Float64Array(mask + 1))))
    this.#mask = mask
  }
}
