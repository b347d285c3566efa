import type { Random } from '../random.ts'
import type { CopyRow } from './extract.ts'
import type { Inventor, LeakField, LeakRecord } from './fields.ts'
import { common, equal } from './same-rows.ts'
import { slicedFrom } from './slice.ts'
import type { Source } from './source.ts'
import type { World, WorldCopy } from './world.ts'

/** What a leak is drawn from. */
export interface Order {
  readonly world: World
  readonly number: number
  readonly n: number
  readonly random: Random
  readonly invent: Inventor
  /** Only from what the history can date: the own system on any day, or a copy that nobody registered. */
  readonly dating: boolean
}

interface Foreign {
  readonly records: readonly LeakRecord[]
  readonly from: string
  /** Rows that the source does not hold as they stand. */
  readonly foreign: number
  readonly invented?: string
}

/** Rows to mix in: of a known leak, of another registered copy, or invented. */
export function foreignRows(
  order: Order,
  given: {
    readonly source: Source
    readonly fields: readonly LeakField[]
    readonly rows: number
    readonly taken: readonly CopyRow[]
  },
): Foreign {
  const { world, random } = order
  const { source, fields, rows, taken } = given
  const kind = random.unit()
  const copies =
    kind < 0.45
      ? world.leaks
      : kind < 0.75
        ? world.extracts.filter((copy) => copy.declared.id !== source.id && copy.registered)
        : []
  const held = new Set(taken.map(({ customer }) => customer))
  const usable = copies.filter((copy) => common(copy, fields).length >= 2 && copy.rows.length > rows * 2)
  if (usable.length === 0) {
    const made = inventedBy(order, fields, rows)
    return { records: made.records, from: 'invented', foreign: rows, invented: made.style }
  }
  const copy = random.pick(usable)
  const pool = copy.rows.filter(({ customer }) => !held.has(customer))
  const chosen = slicedFrom(pool, rows, random).rows
  const blank = random.chance(0.5)
  const filler = blank ? [] : inventedBy(order, fields, chosen.length).records
  const has = common(copy, fields)
  const records = chosen.map(({ record }, at) =>
    Object.fromEntries(fields.map((field) => [field, has.includes(field) ? (record[field] ?? '') : (filler[at]?.[field] ?? '')])),
  )
  const inSource = new Map(source.rows.map((row) => [row.customer, row.record] as const))
  const foreign = chosen.filter(({ customer }, at) => !equal(inSource.get(customer), records[at], fields)).length
  return { records, from: copy.declared.id, foreign }
}

/** Records made up by somebody who may have one of the older leaks. */
export function inventedBy(order: Order, fields: readonly LeakField[], rows: number): ReturnType<Inventor> {
  const { world, random, invent } = order
  const older = world.leaks.length === 0 ? [] : recordsOf(random.pick(world.leaks))
  return invent({ seed: random.uint(), fields, rows, older })
}

/** The records of a known leak as those see it who have the file: its own fields only. */
function recordsOf(copy: WorldCopy): LeakRecord[] {
  const fields = copy.plan.columns.map(({ field }) => field)
  return copy.rows.map(({ record }) => Object.fromEntries(fields.map((field) => [field, record[field] ?? ''])))
}
