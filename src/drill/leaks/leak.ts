import { calendar, dayText } from '../calendar.ts'
import { Random } from '../random.ts'
import { comboList } from './combo.ts'
import { changesIn, customerOn } from './customers.ts'
import { drawPlanOfExtract, type ExtractPlan } from './extract.ts'
import { keyFields, leakFields, type Inventor, type LeakField, type LeakRecord } from './fields.ts'
import { foreignRows, inventedBy, type Order } from './foreign.ts'
import { damaged } from './noise.ts'
import { common, equal, twinsOf } from './same-rows.ts'
import { slicedFrom } from './slice.ts'
import { drawSource, keptColumns, sourceOf } from './source.ts'
import { tableFile, type TableFormat } from './table.ts'
import type { Leak, LeakTruth } from './truth.ts'
import type { World, WorldCopy } from './world.ts'
import { drawHeader, drawHeaderStyle, drawWriting, written, type HeaderStyle, type Writing } from './writing.ts'

/** The records of a leak before they are written. */
interface Content {
  readonly kind: LeakTruth['kind']
  readonly from: readonly string[]
  readonly unregistered?: string
  readonly day?: number
  readonly slice: LeakTruth['slice']
  readonly fields: readonly LeakField[]
  readonly records: readonly LeakRecord[]
  readonly mixing: LeakTruth['mixing']
  readonly twins: readonly string[]
  readonly invented?: string
  readonly columns: ExtractPlan['columns']
  readonly writing: Writing
}

/**
 * Draws leak `number` of a world; the same world and number give the same bytes. Every tenth (9, 19, ...) is there to be dated: 400 to 650
 * rows of the own system on any day, or of a copy that nobody registered.
 */
export function drawLeak(world: World, number: number, invent: Inventor): Leak {
  const random = new Random(world.seed, 'leak', number)
  const dating = number % 10 === 9
  const n = dating ? random.between(400, 650) : Math.round(20 * 250 ** random.unit())
  const kind = dating ? 'real' : drawKind(world, random)
  const name = `generated-${world.seed}-${number}`
  if (kind === 'combo') return comboList({ world, number, name, n, random, invent })
  const content = contentOf(kind, { world, number, n, random, invent, dating })
  return leakOf(content, { world, number, name, random })
}

type Drawn = LeakTruth['kind']

function drawKind(world: World, random: Random): Drawn {
  const kind = random.unit()
  if (kind < 0.5) return 'real'
  if (kind < 0.7) return 'mixed'
  if (kind < 0.79) return world.leaks.length > 0 ? 'recycled' : 'real'
  if (kind < 0.89) return 'fabricated'
  return kind < 0.94 ? 'combo' : 'merged'
}

function contentOf(kind: Exclude<Drawn, 'combo'>, order: Order): Content {
  switch (kind) {
    case 'real':
      return fromOne(order, 0)
    case 'mixed':
      return fromOne(order, 0.05 + 0.45 * order.random.unit())
    case 'recycled':
      return recycled(order)
    case 'fabricated':
      return fabricated(order)
    case 'merged':
      return merged(order)
  }
}

/** Rows of one copy, a share of them replaced by rows from elsewhere. */
function fromOne(order: Order, share: number): Content {
  const { world, n, random } = order
  const source = drawSource(world, random, order.dating)
  const columns = keptColumns(source.columns, random)
  const fields = columns.map(({ field }) => field)
  const all = Math.min(n, source.rows.length)
  const foreign = Math.round(all * share)
  const { rows, slice } = slicedFrom(source.rows, all - foreign, random)
  const mixed = foreign === 0 ? undefined : foreignRows(order, { source, fields, rows: foreign, taken: rows })
  const records = rows.map(({ record }) => record)
  const truly = (mixed?.foreign ?? 0) / all
  return {
    kind: truly >= 0.05 ? 'mixed' : 'real',
    from: [source.id],
    ...(source.unregistered === undefined ? {} : { unregistered: source.unregistered }),
    day: source.day,
    slice,
    fields,
    records: [...records, ...(mixed?.records ?? [])],
    mixing: mixed === undefined ? { share: 0 } : { share: truly, from: mixed.from },
    twins: twinsOf(world, { rows, fields, except: [source.unregistered ?? source.id] }),
    ...(mixed?.invented === undefined ? {} : { invented: mixed.invented }),
    columns,
    writing: source.writing,
  }
}

function recycled({ world, n, random }: Order): Content {
  const source = sourceOf(random.pick(world.leaks))
  const columns = keptColumns(source.columns, random)
  const fields = columns.map(({ field }) => field)
  const { rows, slice } = slicedFrom(source.rows, Math.min(n, source.rows.length), random)
  return {
    kind: 'recycled',
    from: [source.id],
    day: source.day,
    slice,
    fields,
    records: rows.map(({ record }) => record),
    mixing: { share: 0 },
    twins: twinsOf(world, { rows, fields, except: [source.id] }),
    columns,
    writing: source.writing,
  }
}

function fabricated(order: Order): Content {
  const { random, n } = order
  const plan = drawPlanOfExtract(random)
  const fields = plan.columns.map(({ field }) => field)
  const { records, style } = inventedBy(order, fields, n)
  return {
    kind: 'fabricated',
    from: [],
    slice: 'random',
    fields,
    records,
    mixing: { share: 0 },
    twins: [],
    invented: style,
    columns: plan.columns,
    writing: plan.writing,
  }
}

/** Two registered extracts put together in the fields they share. */
function merged(order: Order): Content {
  const { world, n, random } = order
  const pairs = world.extracts.flatMap((a) =>
    world.extracts
      .filter((b) => a.registered && b.registered && a.declared.id < b.declared.id && mergeable(a, b))
      .map((b) => [a, b] as const),
  )
  if (pairs.length === 0) return fromOne(order, 0)
  const [first, second] = random.pick(pairs)
  const shared = common(first, common(second, leakFields))
  const columns = first.plan.columns.filter(({ field }) => shared.includes(field))
  const share = 0.3 + 0.4 * random.unit()
  const part = slicedFrom(first.rows, Math.max(1, Math.round(n * share)), random)
  const taken = new Set(part.rows.map(({ customer }) => customer))
  const rest = slicedFrom(
    second.rows.filter(({ customer }) => !taken.has(customer)),
    Math.max(1, n - part.rows.length),
    random,
  )
  const rows = [...part.rows, ...rest.rows]
  const outside = rest.rows.filter(
    ({ customer, record }) => !equal(first.rows[first.at.get(customer) ?? -1]?.record, record, shared),
  ).length
  // Where the second holds hardly anything else than the first, nothing was put together that anybody could see.
  const apart = outside / rows.length >= 0.1
  return {
    kind: apart ? 'merged' : 'real',
    from: [first.declared.id, second.declared.id],
    slice: part.slice,
    fields: shared,
    records: rows.map(({ record }) => record),
    mixing: { share: outside / rows.length, from: second.declared.id },
    twins: twinsOf(world, { rows, fields: shared, except: [first.declared.id, second.declared.id] }),
    columns,
    writing: first.plan.writing,
  }
}

function mergeable(a: WorldCopy, b: WorldCopy): boolean {
  const shared = common(a, common(b, leakFields))
  return shared.length >= 3 && shared.some((field) => keyFields.includes(field))
}

function leakOf(
  content: Content,
  {
    world,
    number,
    name,
    random,
  }: { readonly world: World; readonly number: number; readonly name: string; readonly random: Random },
): Leak {
  const { fields, records } = content
  const noise = random.chance(0.3) ? 0 : 0.2 * random.unit()
  let damagedCells = 0
  // Who invents, or posts an older leak again, has no record of today to write over another.
  const insider = content.kind === 'real' || content.kind === 'mixed' || content.kind === 'merged'
  const another = (): LeakRecord => {
    if (!insider || random.chance(0.5)) return random.pick(records)
    return customerOn(random.pick(world.customers), calendar.ownCopy)?.record ?? random.pick(records)
  }
  const noisy = records.map((record) => {
    const done = damaged({ record, fields, noise, another, random })
    damagedCells += done.cells
    return done.record
  })
  const writing = random.chance(0.5) ? content.writing : drawWriting(random)
  const columns = random.chance(0.3) ? random.shuffled(content.columns) : content.columns
  const renamed = random.chance(0.45) ? drawHeaderStyle(random) : undefined
  const shuffled = random.chance(0.5) ? random.shuffled(noisy) : noisy
  const file = tableFile(name, drawLeakFormat(random), {
    columns: columns.map(({ field, header }) => headerFor(field, header, renamed, random)),
    rows: shuffled.map((record) => columns.map(({ field }) => written(field, record[field] ?? '', writing))),
  })
  const { kind, from, unregistered, day, slice, mixing, twins, invented } = content
  const truth: LeakTruth = {
    seed: world.seed,
    leak: number,
    kind,
    from,
    ...(unregistered === undefined ? {} : { unregistered }),
    ...(day === undefined ? {} : { day: dayText(day), daysBack: calendar.ownCopy - day }),
    n: records.length,
    fields: columns.map(({ field }) => field),
    changesPerYear: changesIn(fields, world.rates),
    slice,
    noise,
    damagedCells,
    mixing,
    twins,
    ...(invented === undefined ? {} : { invented }),
  }
  return { truth, file }
}

function headerFor(field: LeakField, header: string, style: HeaderStyle | undefined, random: Random): string {
  return style === undefined ? header : drawHeader(field, style, random)
}

function drawLeakFormat(random: Random): TableFormat {
  const kind = random.unit()
  if (kind < 0.8) return { kind: 'csv', delimiter: random.pick([',', ',', ';', '\t', '|']), header: !random.chance(0.08) }
  return kind < 0.9 ? { kind: 'json-lines' } : { kind: 'sql-dump' }
}
