/**
 * What is kept of each group, or row, side by side in so many cells of 8 bytes: numbers first, then counts, two to a cell, so that a
 * group takes up as few lines of the processor's memory as it can.
 */
export class GroupCells {
  readonly #fresh: number[] = []
  readonly #freshCounts: number[] = []
  #reach = 0
  /** The numbers of a group begin at its number times `stride`. */
  cells: Float64Array<ArrayBuffer> = new Float64Array(0)
  /** The same memory: the counts (32 bits) of a group begin at its number times `stride`, times 2. */
  counts: Int32Array<ArrayBuffer> = new Int32Array(0)
  stride = 0

  /** Adds numbers to every group, before there is one; gives the place of the first among those of a group. `fresh`: as they begin. */
  add(fresh: readonly number[]): number {
    const place = this.#fresh.push(...fresh) - fresh.length
    this.#lay()
    return place
  }

  /** The same for counts: whole numbers of 32 bits. Their place counts from `countsFrom`. */
  addCounts(fresh: readonly number[]): number {
    const place = this.#freshCounts.push(...fresh) - fresh.length
    this.#lay()
    return place
  }

  #lay(): void {
    this.stride = this.#fresh.length + Math.ceil(this.#freshCounts.length / 2)
  }

  /** Where the counts of a group begin. */
  countsOf(group: number): number {
    return (group * this.stride + this.#fresh.length) * 2
  }

  /** Makes room for a group. */
  reach(group: number): void {
    if (group < this.#reach) return
    const { stride } = this
    const before = this.#reach
    this.#reach = Math.max(group + 1, before * 2, 256)
    const longer = new Float64Array(this.#reach * stride)
    longer.set(this.cells)
    this.cells = longer
    this.counts = new Int32Array(longer.buffer)
    for (let at = before; at < this.#reach; at++) this.clear(at)
  }

  /** The group is as if it had never been. */
  clear(group: number): void {
    const at = group * this.stride
    for (let n = 0; n < this.#fresh.length; n++) this.cells[at + n] = this.#fresh[n] as number
    const counts = this.countsOf(group)
    for (let n = 0; n < this.#freshCounts.length; n++) this.counts[counts + n] = this.#freshCounts[n] as number
  }
}
