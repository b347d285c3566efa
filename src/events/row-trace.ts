import { workedMembers, type FieldLayout, type RowEvent } from './event-row.ts'

/** One bit for each worked member. */
const everyMember = (1 << workedMembers.length) - 1

/**
 * The last event of a layout in a block: where its values stand there, and what its members were worked out of. Most values of the next one
 * are the same.
 */
export class RowTrace {
  /** The numbers of the layout's names as words. */
  readonly keys: Uint32Array
  /** Words of what all events of the layout have in common. */
  readonly common: Uint32Array
  /** Where the values begin in the block, and where the last one ends. */
  readonly starts: Int32Array
  /** Places whose value is another one than before, in order; `changes` says how many. */
  readonly changed: Int32Array
  /** What the members were put as: a word, or a number. */
  readonly members = new Uint32Array(workedMembers.length)
  /** Where the command line stands. */
  lineFrom = 0
  lineTo = 0
  readonly #versions: Int32Array
  /** By place of a value: the members worked out of it. */
  readonly #of: Int32Array
  readonly #read: number[][] = workedMembers.map(() => [])
  #begun = false

  constructor({ names }: FieldLayout, keys: Uint32Array, common: Uint32Array) {
    this.keys = keys
    this.common = common
    this.starts = new Int32Array(names.length + 1)
    this.changed = new Int32Array(names.length)
    this.#versions = new Int32Array(names.length)
    this.#of = new Int32Array(names.length)
  }

  /** Turns to the next event: how many values have changed, and as bits which members have to be worked out again. */
  turn({ row }: RowEvent): { readonly count: number; readonly stale: number } {
    const count = row.changes(this.#versions, this.changed)
    let stale = this.#begun ? 0 : everyMember
    for (let i = 0; i < count; i += 1) stale |= this.#of[this.changed[i] as number] as number
    this.#begun = true
    return { count, stale }
  }

  /** A member, by its place in `workedMembers`, worked out again. */
  worked(event: RowEvent, member: number): string | number {
    const bit = 1 << member
    const read = this.#read[member] as number[]
    for (const place of read) (this.#of[place] as number) &= ~bit
    const value = event.worked(workedMembers[member] as (typeof workedMembers)[number], read)
    for (const place of read) (this.#of[place] as number) |= bit
    return value
  }
}
