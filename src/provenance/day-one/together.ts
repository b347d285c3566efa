import type { DayOne } from './answer.ts'
import type { SampleCells } from './sample-cells.ts'
import { columnAgreement, type SystemEvidence } from './system-evidence.ts'

/** When every system lacks a column that another holds: the smallest set (two or three) that holds them all on the same rows. */
export function heldTogether(
  systems: readonly SystemEvidence[],
  options: { readonly sample: SampleCells; readonly recognised: ReadonlySet<number> },
): DayOne['together'] | undefined {
  const { sample, recognised } = options
  const held = systems.map((system) =>
    sample.columns.map((_, at) => {
      const { tells, beyondChance, rows } = columnAgreement(sample, system, { rows: recognised, at })
      return tells && rows >= recognised.size * 0.5 && beyondChance >= 0.6
    }),
  )
  const needed = sample.columns.flatMap((_, at) => (held.some((columns) => columns[at] === true) ? [at] : []))
  if (needed.length === 0 || held.some((columns) => needed.every((at) => columns[at] === true))) return undefined
  for (const size of [2, 3])
    for (const some of subsets(systems.length, size)) {
      if (!needed.every((at) => some.some((index) => held[index]?.[at] === true))) continue
      const names = some.map((index) => systems[index]?.name ?? '').toSorted()
      return { systems: names, what: `no single system holds these columns; ${listed(names)} together do` }
    }
  return undefined
}

function* subsets(count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let at = from; at < count; at += 1) for (const rest of subsets(count, size - 1, at + 1)) yield [at, ...rest]
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
