/** What a slot holds: the pair and its count, 0 when the slot is free. */
const stride = 4

/** Counts of pairs of small numbers: one hash table of numbers, with no object for each pair. */
export class PairCounts {
  #slots = new Int32Array(1_024 * stride)
  #mask = 1_023
  #used = 0

  /** Counts a pair once more; gives the new count. */
  add(left: number, right: number): number {
    if (this.#used * 3 > this.#mask * 2) this.#grow()
    const slot = this.#find(left, right) * stride
    const count = (this.#slots[slot + 2] as number) + 1
    if (count === 1) {
      this.#slots[slot] = left
      this.#slots[slot + 1] = right
      this.#used++
    }
    this.#slots[slot + 2] = count
    return count
  }

  /** Whether a pair is there. */
  has(left: number, right: number): boolean {
    return this.#slots[this.#find(left, right) * stride + 2] !== 0
  }

  /** Counts a pair once less; gives the new count. A pair that is not there stays so. */
  take(left: number, right: number): number {
    const slot = this.#find(left, right)
    const count = (this.#slots[slot * stride + 2] as number) - 1
    if (count < 0) return 0
    this.#slots[slot * stride + 2] = count
    if (count === 0) this.#close(slot)
    return count
  }

  /** The slot of a pair, or the free one where it belongs. */
  #find(left: number, right: number): number {
    const slots = this.#slots
    let slot = this.#home(left, right)
    for (let at = slot * stride; slots[at + 2] !== 0 && (slots[at] !== left || slots[at + 1] !== right); at = slot * stride)
      slot = (slot + 1) & this.#mask
    return slot
  }

  #home(left: number, right: number): number {
    let mixed = Math.imul(left, 0x9e3779b1) + right
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }

  /** Closes the gap at a slot that became free: what was pushed past it moves back. */
  #close(free: number): void {
    this.#used--
    const slots = this.#slots
    let gap = free
    for (let slot = (gap + 1) & this.#mask; slots[slot * stride + 2] !== 0; slot = (slot + 1) & this.#mask) {
      const from = slot * stride
      const home = this.#home(slots[from] as number, slots[from + 1] as number)
      const fromHome = (slot - home) & this.#mask
      if (fromHome < ((slot - gap) & this.#mask)) continue
      for (let n = 0; n < 3; n++) slots[gap * stride + n] = slots[from + n] as number
      slots[from + 2] = 0
      gap = slot
    }
  }

  #grow(): void {
    const before = this.#slots
    this.#mask = this.#mask * 2 + 1
    this.#slots = new Int32Array((this.#mask + 1) * stride)
    for (let old = 0; old < before.length; old += stride) {
      if (before[old + 2] === 0) continue
      const slot = this.#find(before[old] as number, before[old + 1] as number) * stride
      for (let n = 0; n < 3; n++) this.#slots[slot + n] = before[old + n] as number
    }
  }
}
