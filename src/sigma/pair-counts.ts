/** Counts of pairs of small numbers: a hash table in columns, with no object for each pair. */
export class PairCounts {
  #left = new Int32Array(1_024)
  #right = new Int32Array(1_024)
  /** 0 = the slot is free. */
  #counts = new Int32Array(1_024)
  #mask = 1_023
  #used = 0

  /** Counts a pair once more; gives the new count. */
  add(left: number, right: number): number {
    if (this.#used * 2 > this.#mask) this.#grow()
    const slot = this.#find(left, right)
    const count = (this.#counts[slot] ?? 0) + 1
    if (count === 1) {
      this.#left[slot] = left
      this.#right[slot] = right
      this.#used++
    }
    this.#counts[slot] = count
    return count
  }

  /** Counts a pair once less; gives the new count. A pair that is not there stays so. */
  take(left: number, right: number): number {
    const slot = this.#find(left, right)
    const count = (this.#counts[slot] ?? 0) - 1
    if (count < 0) return 0
    this.#counts[slot] = count
    if (count === 0) this.#close(slot)
    return count
  }

  /** The slot of a pair, or the free one where it belongs. */
  #find(left: number, right: number): number {
    let slot = this.#home(left, right)
    while (this.#counts[slot] !== 0 && (this.#left[slot] !== left || this.#right[slot] !== right)) slot = (slot + 1) & this.#mask
    return slot
  }

  #home(left: number, right: number): number {
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }

  /** Closes the gap at a slot that became free: what was pushed past it moves back. */
  #close(free: number): void {
    this.#used--
    let gap = free
    for (let slot = (gap + 1) & this.#mask; this.#counts[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const home = this.#home(this.#left[slot] ?? 0, this.#right[slot] ?? 0)
      const fromHome = (slot - home) & this.#mask
      if (fromHome < ((slot - gap) & this.#mask)) continue
      this.#left[gap] = this.#left[slot] ?? 0
      this.#right[gap] = this.#right[slot] ?? 0
      this.#counts[gap] = this.#counts[slot] ?? 0
      this.#counts[slot] = 0
      gap = slot
    }
  }

  #grow(): void {
    const [left, right, counts] = [this.#left, this.#right, this.#counts]
    this.#mask = this.#mask * 2 + 1
    this.#left = new Int32Array(this.#mask + 1)
    this.#right = new Int32Array(this.#mask + 1)
    this.#counts = new Int32Array(this.#mask + 1)
    for (let old = 0; old < counts.length; old++) {
      const count = counts[old] ?? 0
      if (count === 0) continue
      const slot = this.#find(left[old] ?? 0, right[old] ?? 0)
      this.#left[slot] = left[old] ?? 0
      this.#right[slot] = right[old] ?? 0
      this.#counts[slot] = count
    }
  }
}
