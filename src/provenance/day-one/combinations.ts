import type { Paired } from './pair-columns.ts'
import type { SampleCells } from './sample-cells.ts'

/** Different combinations held of one table. */
const most = 200_000

/** The combinations of the sample's codes that stand together in rows of a table: what a sample without identifiers is told by. */
export function combinationsOf(): {
  add(cells: Int32Array): void
  /** Share of the sample's rows whose combination occurs, among rows with two or more codes in paired columns; undefined without such rows. */
  share(sample: SampleCells, pairs: readonly (Paired | undefined)[]): number | undefined
} {
  const held = new Map<string, Int32Array>()
  return {
    add(cells) {
      if (held.size >= most) return
      const mark = cells.join(',')
      if (!held.has(mark)) held.set(mark, cells)
    },
    share(sample, pairs) {
      const compared = pairs.flatMap((pair, at) => (pair === undefined ? [] : [{ at, there: pair.at }]))
      if (compared.length < 2 || held.size >= most) return undefined
      const known = new Set([...held.values()].map((cells) => compared.map(({ there }) => cells[there]).join(',')))
      let rows = 0
      let occurring = 0
      for (const row of sample.rows) {
        const ids = compared.map(({ at }) => row.ids[at] ?? 0)
        if (ids.includes(0)) continue
        rows += row.numbers.length
        if (known.has(ids.join(','))) occurring += row.numbers.length
      }
      return rows === 0 ? undefined : occurring / rows
    },
  }
}
