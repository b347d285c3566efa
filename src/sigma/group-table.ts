/** Numbers for the groups of all correlations together; a number is free again when no window holds an event of its group. */
export class GroupTable {
  readonly #numbers = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #values: (readonly string[])[] = []
  readonly #free: number[] = []
  #events = new Int32Array(1_024)

  /** Groups that are live. */
  get size(): number {
    return this.#numbers.size
  }

  /** The number of a group; `values` is asked for its spelling when the group is new. */
  numberOf(key: string, values: () => readonly string[]): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#free.pop() ?? this.#keys.length
    this.#numbers.set(key, number)
    this.#keys[number] = key
    this.#values[number] = values()
    if (number >= this.#events.length) this.#events = grown(this.#events, number)
    return number
  }

  values(number: number): readonly string[] {
    return this.#values[number] ?? []
  }

  /** A window took an event of the group. */
  hold(number: number): void {
    this.#events[number] = (this.#events[number] ?? 0) + 1
  }

  /** An event of the group left a window. */
  release(number: number): void {
    const left = (this.#events[number] ?? 0) - 1
    this.#events[number] = left
    if (left > 0) return
    this.#numbers.delete(this.#keys[number] ?? '')
    this.#keys[number] = ''
    this.#values[number] = []
    this.#free.push(number)
  }
}

/** A longer copy with room for an index; what is new is 0. */
export function grown(column: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(column.length * 2, index + 1))
  longer.set(column)
  return longer
}

/** A longer copy with room for an index; what is new is `fill`. */
export function grownTo(column: Float64Array<ArrayBuffer>, index: number, fill: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.max(column.length * 2, index + 1)).fill(fill)
  longer.set(column)
  return longer
}
