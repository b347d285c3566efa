import type { SampleFindings } from '../assessment/index.ts'
import type { CaseDayOne } from './day-one-case.ts'
import { wholeCite, type Item } from './items.ts'
import type { JudgedSample } from './judge-samples.ts'

/**
 * Every sample with what was found of it, as the assessment weighs it. A table that was taken for a sample because nothing said what it is
 * is weighed only where no sample was given.
 */
export function weighedSamples(
  judged: readonly JudgedSample[],
  { answers, tables }: { readonly answers: ReadonlyMap<string, CaseDayOne>; readonly tables: readonly Item[] },
): SampleFindings[] {
  const given = judged.filter(({ item }) => !item.guessed)
  return (given.length > 0 ? given : judged).map(({ sample, item, verdict }) => {
    const cite = wholeCite(item)
    const answer = answers.get(sample)
    if (answer === undefined) return { name: sample, cite, provenance: verdict }
    const { systems, window, operators } = answer
    const dayOne = { systems, window, ...(operators === undefined ? {} : { operators }), cites: [cite, ...tables.map(wholeCite)] }
    return { name: sample, cite, provenance: verdict, dayOne }
  })
}
