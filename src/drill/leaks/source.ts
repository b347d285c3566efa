import { calendar } from '../calendar.ts'
import type { Random } from '../random.ts'
import { drawCutDay, drawPlanOfExtract, rowsOn, type CopyRow, type ExtractPlan } from './extract.ts'
import { keyFields, leakFields } from './fields.ts'
import { ownHeader, ownWriting, type World, type WorldCopy } from './world.ts'
import { drawFields, type Writing } from './writing.ts'

/** Where the rows of a leak come from: one copy on one day. */
export interface Source {
  readonly id: string
  readonly unregistered?: string
  readonly day: number
  readonly rows: readonly CopyRow[]
  readonly columns: ExtractPlan['columns']
  readonly writing: Writing
}

/** Draws where the rows come from; `dating`: only from what the history of the own system can date. */
export function drawSource(world: World, random: Random, dating: boolean): Source {
  const kind = random.unit()
  if (kind < (dating ? 0.5 : 0.25)) return ownSource(world, random)
  const registered = !dating && kind < 0.78
  return sourceOf(random.pick(world.extracts.filter((copy) => copy.registered === registered)))
}

/** Rows of the own system as they stood on some day, with the fields that somebody selected. */
function ownSource(world: World, random: Random): Source {
  const day = random.chance(0.35) ? calendar.ownCopy - random.below(60) : drawCutDay(random)
  const plan = drawPlanOfExtract(random)
  const fields = drawFields(leakFields, random.between(4, 14), random)
  const rows = rowsOn(world.customers, { ...plan, filter: { live: false }, order: 'contract' }, day)
  return {
    id: world.own.id,
    day,
    rows,
    columns: fields.map((field) => ({ field, header: ownHeader(field) })),
    writing: ownWriting,
  }
}

/** A copy as a source. */
export function sourceOf(copy: WorldCopy): Source {
  const { plan, rows, cut: day, declared, registered } = copy
  const id = registered ? declared.id : 'unregistered'
  return { id, day, rows, columns: plan.columns, writing: plan.writing, ...(registered ? {} : { unregistered: declared.id }) }
}

/** The columns left after the poster dropped some; one that singles a person out stays. */
export function keptColumns(columns: ExtractPlan['columns'], random: Random): ExtractPlan['columns'] {
  if (columns.length < 4 || !random.chance(0.35)) return columns
  const key = random.pick(columns.filter(({ field }) => keyFields.includes(field)))
  const others = columns.filter((column) => column !== key)
  const dropped = new Set(random.shuffled(others).slice(0, random.between(1, Math.min(3, columns.length - 3))))
  return columns.filter((column) => !dropped.has(column))
}
