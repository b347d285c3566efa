import { fieldAgreement } from './field-agreement.ts'
import type { Frequencies } from './frequency.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'

/**
 * Fields that agree nowhere although the rows are otherwise shown to be the same, and whose values no copy knows:
 * they are written differently and tell nothing (rule P5). Values that copies do know but that stand beside other people stay in.
 */
export function fieldsWrittenDifferently(
  linkages: readonly Linkage[],
  sample: Sample,
  frequencies: Frequencies,
): readonly string[] {
  const best = new Map<string, number>()
  let shown = false
  for (const { tag, compared, equal } of linkages.flatMap(fieldAgreement)) {
    if (compared < 10) continue
    if (equal * 2 > compared) shown = true
    best.set(tag, Math.max(best.get(tag) ?? 0, equal / compared))
  }
  if (!shown) return []
  return [...best]
    .filter(([tag, share]) => share < 0.05 && knownShare(tag, sample, frequencies) < 0.2)
    .map(([tag]) => tag)
    .toSorted()
}

function knownShare(tag: string, sample: Sample, frequencies: Frequencies): number {
  const at = sample.fieldTags.indexOf(tag)
  const known = frequencies.get(tag)?.of
  const tokens = sample.rows.map((row) => row.fields[at] ?? '').filter((token) => token !== '')
  return known === undefined || tokens.length === 0 ? 0 : tokens.filter((token) => known.has(token)).length / tokens.length
}
