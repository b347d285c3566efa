/** What the correlations of a window keep of each group, side by side: numbers in cells, so many to a group. */
export class GroupCells {
  readonly #fresh: number[] = []
  #reach = 0
  /** The cells of a group begin at its number times `stride`. */
  cells: Float64Array<ArrayBuffer> = new Float64Array(0)

  get stride(): number {
    return this.#fresh.length
  }

  /** Adds cells to every group, before there is one; gives the place of the first among those of a group. `fresh`: as they begin. */
  add(fresh: readonly number[]): number {
    return this.#fresh.push(...fresh) - fresh.length
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
    for (let at = before; at < this.#reach; at++) this.clear(at)
  }

  /** The group is as if it had never been. */
  clear(group: number): void {
    this.cells.set(this.#fresh, group * this.#fresh.length)
  }
}
