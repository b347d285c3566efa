import type { Reason } from './answer.ts'
import { shareText } from './proportion.ts'
import type { SampleCells } from './sample-cells.ts'
import type { Bench, Stood } from './bench.ts'
import type { SystemEvidence } from './system-evidence.ts'

/** Distinct values a column must have before their absence says anything, and rows of the sample. */
const fewestValues = 3
const fewestRows = 20

/** A sample without any identifier: which systems' columns hold such values, and hold them together. */
export function valueStanding(system: SystemEvidence, { sample, systems }: Bench): Stood {
  const told = sample.columns.flatMap((column, at) => {
    const distinct = sample.distinct[at]?.size ?? 0
    const isValue = column.meaning.kind === 'field' && distinct >= 1
    return isValue ? [{ at, name: column.name, distinct, share: occurring(system, at) }] : []
  })
  if (told.length === 0 || sample.rows.length === 0)
    return { standing: 'not-decided', reasons: [{ code: 'too-little', text: 'no column of the sample can be compared' }] }
  const missing = told.filter(({ share, distinct }) => share <= 0.05 && distinct >= fewestValues)
  const elsewhere = told.flatMap(({ at, name, share, distinct }): Reason[] => {
    const other = systems.find((one) => one !== system && occurring(one, at) >= 0.9)
    if (other === undefined || share > 0.5 || distinct < 2) return []
    const text = `the values of ${name} occur in ${shareText(share)} of cases in its tables, in those of ${other.name} they do`
    return [{ code: system.pairs[at] === undefined ? 'field-not-held' : 'values-never-occur', text }]
  })
  if (elsewhere.length > 0 && rowsOf(sample) >= fewestRows) return { standing: 'cannot', reasons: elsewhere }
  if (missing.length === told.length && rowsOf(sample) >= fewestRows) {
    const names = missing.map(({ name }) => name).join(', ')
    return {
      standing: 'cannot',
      reasons: [{ code: 'values-never-occur', text: `none of the values of ${names} occurs in its tables` }],
    }
  }
  const combined = Math.max(-1, ...system.mets.map((met) => met.combinations ?? -1))
  const better = systems.find((one) => one !== system && one.mets.some((met) => (met.combinations ?? 0) >= 0.98))
  if (combined >= 0 && combined < 0.8 && better !== undefined && rowsOf(sample) >= fewestRows) {
    const text = `${shareText(combined)} of the rows have a combination of values that stands in its tables; in ${better.name} nearly all do`
    return { standing: 'cannot', reasons: [{ code: 'values-never-occur', text }] }
  }
  const reasons: Reason[] = [
    {
      code: 'fields-held',
      text: `its columns hold such values: ${told.map(({ name, share }) => `${name} ${shareText(share)}`).join(', ')}`,
    },
    ...(combined < 0
      ? []
      : [
          {
            code: 'combinations-occur' as const,
            text: `${shareText(combined)} of the rows have a combination that stands in its tables`,
          },
        ]),
  ]
  const isWhole = told.every(({ share }) => share >= 0.9) && (combined < 0 || combined >= 0.8)
  return { standing: isWhole && rowsOf(sample) >= fewestRows ? 'can' : 'not-decided', reasons }
}

function occurring(system: SystemEvidence, at: number): number {
  return system.pairs[at]?.rowsOccurring ?? 0
}

function rowsOf(sample: SampleCells): number {
  return sample.rows.reduce((sum, row) => sum + row.numbers.length, 0)
}
