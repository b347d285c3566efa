import type { Cite, Verdict } from '../../../src/server/api.ts'

/** Makes cites of rows of the sample that a verdict is about; undefined when the verdict cites no exhibit. */
export function rowCites(verdict: Verdict): ((rows: readonly number[]) => Cite) | undefined {
  const exhibit = verdict.grounds.flatMap((ground) => ground.cites).find((cite) => cite.kind === 'exhibit')
  if (exhibit === undefined) return undefined
  return (rows) => ({ ...exhibit, at: { kind: 'set', unit: 'row', n: rows } })
}
