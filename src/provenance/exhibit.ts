import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** The exhibit the sample stands in. */
export interface SampleExhibit {
  readonly sha256: string
  readonly file: string
  readonly member?: string
}

/** A cite of sample rows, at most as many as one sentence carries. */
export function sampleCite(exhibit: SampleExhibit, rows: readonly number[]): Cite {
  const at =
    rows.length === 0
      ? ({ kind: 'whole' } as const)
      : ({ kind: 'set', unit: 'row', n: rows.slice(0, limits.citesPerSentence) } as const)
  return { kind: 'exhibit', ...exhibit, at }
}
