/** Events of a window in the order they came, as columns: an event is named by its number, counted from the first ever taken. */
export class EventRing {
  #at = new Float64Array(1_024)
  #hit = new Float64Array(1_024)
  #group = new Int32Array(1_024)
  #part = new Uint8Array(1_024)
  #amount = new Float64Array(1_024)
  /** How far back the event before it of the same group stands; 0 when that is gone or there is none. */
  #back = new Float64Array(1_024)
  #moved = new Uint8Array(1_024)
  #mask = 1_023
  /** The oldest event held, and the number the next one gets. */
  first = 0
  next = 0

  get size(): number {
    return this.next - this.first
  }

  /** Takes an event; gives its number. `before` is the group's event before it. */
  push(event: { at: number; hit: number; group: number; part: number; amount: number; before: number }): number {
    if (this.size > this.#mask) this.#grow()
    const number = this.next++
    const slot = number & this.#mask
    this.#at[slot] = event.at
    this.#hit[slot] = event.hit
    this.#group[slot] = event.group
    this.#part[slot] = event.part
    this.#amount[slot] = event.amount
    this.#back[slot] = event.before >= this.first ? number - event.before : 0
    this.#moved[slot] = 0
    return number
  }

  at(number: number): number {
    return this.#at[number & this.#mask] ?? 0
  }

  hit(number: number): number {
    return this.#hit[number & this.#mask] ?? 0
  }

  group(number: number): number {
    return this.#group[number & this.#mask] ?? 0
  }

  part(number: number): number {
    return this.#part[number & this.#mask] ?? 0
  }

  amount(number: number): number {
    return this.#amount[number & this.#mask] ?? 0
  }

  moved(number: number): boolean {
    return this.#moved[number & this.#mask] === 1
  }

  move(number: number): void {
    this.#moved[number & this.#mask] = 1
  }

  /** The events of a group from its newest back to a time, oldest first; without those that moved. */
  ofGroup(newest: number, from: number): number[] {
    const numbers: number[] = []
    for (let number = newest; number >= this.first;) {
      if (this.at(number) < from) break
      if (!this.moved(number)) numbers.push(number)
      const back = this.#back[number & this.#mask] ?? 0
      if (back === 0) break
      number -= back
    }
    return numbers.reverse()
  }

  #grow(): void {
    const mask = this.#mask * 2 + 1
    const [at, hit, amount, back] = Array.from({ length: 4 }, () => new Float64Array(mask + 1)) as [
      Float64Array<ArrayBuffer>,
      Float64Array<ArrayBuffer>,
      Float64Array<ArrayBuffer>,
      Float64Array<ArrayBuffer>,
    ]
    const group = new Int32Array(mask + 1)
    const part = new Uint8Array(mask + 1)
    const moved = new Uint8Array(mask + 1)
    for (let number = this.first; number < this.next; number++) {
      const [from, to] = [number & this.#mask, number & mask]
      at[to] = this.#at[from] ?? 0
      hit[to] = this.#hit[from] ?? 0
      amount[to] = this.#amount[from] ?? 0
      back[to] = this.#back[from] ?? 0
      group[to] = this.#group[from] ?? 0
      part[to] = this.#part[from] ?? 0
      moved[to] = this.#moved[from] ?? 0
    }
    this.#at = at
    this.#hit = hit
    this.#amount = amount
    this.#back = back
    this.#group = group
    this.#part = part
    this.#moved = moved
    this.#mask = mask
  }
}
