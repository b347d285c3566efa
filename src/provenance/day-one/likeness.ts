import type { TableProfile } from '../profile.ts'

type ColumnProfile = TableProfile['columns'][number]

/** The column of a table whose shapes a sample's column shares, for numbers their prefixes too; undefined under half. */
export function alikeColumn(
  ours: ColumnProfile | undefined,
  profile: TableProfile,
): { readonly column: string; readonly share: number } | undefined {
  if (ours === undefined || ours.shapes.length === 0) return undefined
  const [best] = profile.columns
    .map((theirs) => {
      const shapes = overlap(ours.shapes, theirs.shapes)
      const prefixes = ours.prefixes === undefined || theirs.prefixes === undefined ? 1 : overlap(ours.prefixes, theirs.prefixes)
      return { column: theirs.name, share: Math.round(Math.min(shapes, prefixes) * 10_000) / 10_000 }
    })
    .toSorted((a, b) => b.share - a.share)
  return best !== undefined && best.share >= 0.5 ? best : undefined
}

/** Share of the weight of `ours` on texts that stand in `theirs`. */
function overlap(ours: ColumnProfile['shapes'], theirs: ColumnProfile['shapes']): number {
  const known = new Set(theirs.map((one) => one.text))
  const whole = ours.reduce((sum, one) => sum + one.share, 0)
  return whole === 0 ? 0 : ours.reduce((sum, one) => sum + (known.has(one.text) ? one.share : 0), 0) / whole
}
