import { customersOf, worldDays, worldStart, type Customer } from './customers.ts'
import { drawFrom, type Draw } from './draw.ts'
import { rowOf, systemKinds, type SystemKind } from './systems.ts'

/** A world of systems with tables, and one sample that came from one of them. */
export interface LeakCase {
  readonly today: number
  readonly systems: readonly {
    readonly kind: SystemKind
    readonly tables: readonly { readonly day: number; readonly rows: readonly string[][] }[]
  }[]
  readonly columns: readonly string[]
  readonly rows: readonly string[][]
  /** `given`: false when the system the leak came from is not among `systems`. */
  readonly truth: { readonly system: string; readonly given: boolean; readonly day: number; readonly mixed: number }
  /** Wrong systems that keep every column of the sample with the same values and hold nine in ten of its customers: nothing tells them apart. */
  readonly alike: ReadonlySet<string>
}

/** One case: systems, restore points, the system and day of the leak, slice, columns, noise, mixing and re-writing are all drawn from the seed. */
export function leakCase(seed: number, customers = 1_500): LeakCase {
  const draw = drawFrom(seed)
  const people = customersOf(draw, customers)
  const today = worldStart + worldDays
  const kinds = draw.some(systemKinds, 3 + draw.under(3))
  const source = draw.pick(kinds)
  const day = today - (draw.chance(0.5) ? draw.under(60) : draw.under(700))
  const held = people.filter((one) => source.holds(one, day))
  const wanted = Math.min(held.length, draw.pick([20, 60, 150, 400]))
  const slice = sliced(draw, held, { source, day, wanted })
  const columns = columnsOf(draw, source)
  const mixed = draw.chance(0.5) ? 0 : draw.pick([0.1, 0.2, 0.4])
  const noise = draw.pick([0, 0.02, 0.05, 0.1])
  const real = slice.map((one) => columns.map((at) => rowOf(source, one, day)[at] ?? ''))
  const strangers = customersOf(drawFrom(seed + 1_000_003), Math.ceil((slice.length * mixed) / (1 - mixed)))
  const others = strangers.map((one) =>
    columns.map(
      (at) => rowOf(source, one, today)[at]?.replaceAll(/\d(?=\d{3})/g, (digit) => String((Number(digit) + 5) % 10)) ?? '',
    ),
  )
  const rows = [...real, ...others].map((row) => row.map((cell) => (draw.chance(noise) ? damaged(draw, cell) : cell)))
  const style = draw.under(3)
  const form = { upper: style === 2, dates: draw.under(3), phones: draw.under(3) }
  const written = rows.map((row) => row.map((cell) => rewritten(cell, form)))
  const given = draw.chance(0.85)
  return {
    today,
    systems: kinds
      .filter((kind) => given || kind !== source)
      .map((kind) => ({ kind, tables: tablesOf(draw, { kind, people, today }) })),
    columns: columns.map((at, index) => nameOf(source.columns[at]?.name ?? '', { style, index })),
    rows: mixed === 0 ? written : draw.some(written, written.length),
    truth: { system: source.name, given, day, mixed },
    alike: new Set(
      kinds.filter((kind) => kind !== source && isAlike(kind, { source, columns, slice, day })).map((kind) => kind.name),
    ),
  }
}

function sliced(
  draw: Draw,
  held: readonly Customer[],
  { source, day, wanted }: { readonly source: SystemKind; readonly day: number; readonly wanted: number },
): readonly Customer[] {
  switch (draw.under(3)) {
    case 0:
      return draw.some(held, wanted)
    case 1: {
      const from = draw.under(Math.max(1, held.length - wanted))
      return held.slice(from, from + wanted)
    }
    default: {
      // Filtered by the value of a code, as an actor who selects a city or plan.
      const at = source.columns.findIndex(
        ({ attribute }) => attribute === 'city' || attribute === 'plan' || attribute === 'device',
      )
      if (at < 0) return held.slice(0, wanted)
      const value = rowOf(source, draw.pick(held), day)[at]
      return held.filter((one) => rowOf(source, one, day)[at] === value).slice(0, wanted)
    }
  }
}

const identifiers = new Set(['msisdn', 'account', 'nric', 'email', 'imsi', 'iccid', 'imei', 'serial', 'mac'])

/** Half of the columns or more, with an identifier. */
function columnsOf(draw: Draw, source: SystemKind): readonly number[] {
  const all = source.columns.map((_, at) => at)
  const some = draw.some(all, Math.ceil(all.length * (0.5 + draw.next() * 0.5)))
  if (some.some((at) => identifiers.has(source.columns[at]?.attribute ?? ''))) return some
  const id = source.columns.findIndex(({ attribute }) => identifiers.has(attribute))
  return [id, ...some]
}

/** Whoever passes a table on writes dates and numbers their own way. */
function rewritten(cell: string, form: { readonly upper: boolean; readonly dates: number; readonly phones: number }): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell)
  if (day !== null && form.dates > 0) return form.dates === 1 ? `${day[3]}/${day[2]}/${day[1]}` : `${day[1]}${day[2]}${day[3]}`
  const phone = /^60(12)(\d{7})$/.exec(cell)
  if (phone !== null && form.phones > 0) return form.phones === 1 ? `+60 ${phone[1]}-${phone[2]}` : `0${phone[1]}${phone[2]}`
  return form.upper ? cell.toUpperCase() : cell
}

function damaged(draw: Draw, cell: string): string {
  if (cell === '' || draw.chance(0.3)) return ''
  const at = draw.under(cell.length)
  return `${cell.slice(0, at)}${draw.pick(['0', '7', 'x', ''])}${cell.slice(at + 1)}`
}

function nameOf(name: string, { style, index }: { readonly style: number; readonly index: number }): string {
  return style === 0 ? name : style === 1 ? `f${index + 1}` : name.toUpperCase()
}

function tablesOf(
  draw: Draw,
  { kind, people, today }: { readonly kind: SystemKind; readonly people: readonly Customer[]; readonly today: number },
): { readonly day: number; readonly rows: readonly string[][] }[] {
  const days = [today, ...Array.from({ length: draw.under(3) }, () => today - 30 - draw.under(600))]
  return days.map((day) => ({ day, rows: people.filter((one) => kind.holds(one, day)).map((one) => rowOf(kind, one, day)) }))
}

function isAlike(
  kind: SystemKind,
  leak: {
    readonly source: SystemKind
    readonly columns: readonly number[]
    readonly slice: readonly Customer[]
    readonly day: number
  },
): boolean {
  const same = leak.columns.every((at) => {
    const ours = leak.source.columns[at]
    const theirs = kind.columns.find((one) => one.attribute === ours?.attribute)
    // A number or a day written another way is the same value; a code in other words is not.
    return (
      theirs !== undefined &&
      (ours?.attribute !== 'plan' || theirs.written === ours.written) &&
      (ours?.attribute !== 'status' || theirs.written === ours.written)
    )
  })
  return same && leak.slice.filter((one) => kind.holds(one, leak.day)).length >= leak.slice.length * 0.9
}
