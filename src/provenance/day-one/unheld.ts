import { alikeColumn } from './likeness.ts'
import type { SampleCells } from './sample-cells.ts'
import type { SystemEvidence } from './system-evidence.ts'

/** Share of rows whose value occurs, up to which a column is not held; a code has so few values that they would all occur. */
const none = 0.05
const fewestValues = 2
const codeValues = 60

/** A column that a system does not hold; `isOwn`: its values are mostly distinct, so no re-writing of codes made it. */
interface Unheld {
  readonly at: number
  readonly name: string
  readonly isOwn: boolean
}

/**
 * Columns of the sample whose values do not occur in a system, and that have none of its columns' shapes: numbers that change all
 * the time (a balance) have. Counters, which anybody can add, are left out.
 */
export function unheldColumns(system: SystemEvidence, sample: SampleCells): readonly Unheld[] {
  return sample.columns.flatMap(({ name, meaning }, at): Unheld[] => {
    const distinct = sample.distinct[at]?.size ?? 0
    const filled = sample.rows.reduce((sum, row) => sum + (row.ids[at] === 0 ? 0 : 1), 0)
    if (meaning.kind === 'secret' || meaning.kind === 'ignored' || distinct < fewestValues || filled < 10) return []
    if (!system.mets.every((met) => met.byValue) && meaning.kind !== 'identifier') return []
    if ((system.occurring[at] ?? 0) > none || isCounter(sample, at)) return []
    const isCode = distinct <= codeValues && distinct * 3 <= filled
    const ours = sample.profile.columns[at]
    // Too few rows of one shape: nothing is known of the form.
    const isAlike =
      (ours?.shapes.length ?? 0) === 0 || system.profiles.some((profile) => alikeColumn(ours, profile) !== undefined)
    return isCode || !isAlike ? [{ at, name, isOwn: !isCode && distinct * 2 >= filled }] : []
  })
}

/** Whole numbers no larger than ten times the rows: a row number or a rank. */
function isCounter(sample: SampleCells, at: number): boolean {
  const shapes = sample.profile.columns[at]?.shapes ?? []
  const longest = String(sample.read * 10).length
  return shapes.length > 0 && shapes.every(({ text }) => /^9+$/.test(text) && text.length < longest)
}
