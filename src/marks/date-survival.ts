import type { SampleRow } from './align.ts'
import type { ExtractRecord } from './record.ts'
import { dateSpellingOf, type DateSpelling } from './spelling.ts'

/** Whether the one spelling of an extract's dates is that of the sample; a whole extract has one, so it only narrows. */
export interface DateSurvival {
  readonly handedOut: string
  /** The spelling of nine of ten dates of the sample; absent: no date, or no one spelling. */
  readonly found?: DateSpelling
  readonly state: 'kept' | 're-dated' | 'no dates'
}

/** Compares the date spelling of a sample with that of an extract; undefined when the extract's dates were left as they were. */
export function dateSurvival(rows: readonly SampleRow[], record: Pick<ExtractRecord, 'dates'>): DateSurvival | undefined {
  const { dates } = record
  if (dates === undefined) return undefined
  const counts = new Map<DateSpelling, number>()
  for (const row of rows.slice(0, looked))
    for (const cell of row.cells) {
      const spelling = dateSpellingOf(cell)
      if (spelling !== undefined) counts.set(spelling, (counts.get(spelling) ?? 0) + 1)
    }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (all === 0) return { handedOut: dates.spelling, state: 'no dates' }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  const found = most !== undefined && most[1] * 10 >= all * 9 ? most[0] : undefined
  return {
    handedOut: dates.spelling,
    ...(found === undefined ? {} : { found }),
    state: found === dates.spelling ? 'kept' : 're-dated',
  }
}

const looked = 2_000
