import { percent } from '../base/index.ts'
import type { Ask, Sizes } from './documents.ts'
import { estimate } from './estimate.ts'

/** What an answer says, in sentences; the first is about the controls, the last about what it does not say (rule V13). */
export function sentencesOf(ask: Pick<Ask, 'sizes' | 'sample' | 'commitment'>, hits: Sizes): string[] {
  const { sizes, sample, commitment } = ask
  const said = estimate(hits, sizes)
  const n = (value: number): string => value.toLocaleString('en-US')
  const rows = sample.rows === sizes.sample ? 'sample rows' : `different items in ${n(sample.rows)} sample rows`
  return [
    controls(hits, sizes, said.controls),
    `${n(hits.sample)} of ${n(sizes.sample)} ${rows} stand in the set of ${n(commitment.tokens)} the vendor committed to on ${commitment.at.slice(0, 10)}, before it saw the question.`,
    ...expected(sample.handed, hits.sample),
    `Read as a draw from everything that was taken: of ${n(sizes.sample)} ${rows}, ${n(said.of.from)} to ${n(said.of.to)} (95 %) stand in that set.`,
    ...(said.corrected === undefined
      ? ['The controls do not allow a corrected share: what should be found was not found more often than what should not.']
      : [
          `Allowing for what the controls missed or found falsely: ${percent(said.corrected.best)} of them, between ${percent(said.corrected.from)} and ${percent(said.corrected.to)} (95 %).`,
        ]),
    ...(sample.incomplete === 0
      ? []
      : [`${n(sample.incomplete)} sample rows lack ${commitment.item.replaceAll('+', ' or ')} and were not asked about.`]),
    `A set with one row in ten left out at random would have shown in the controls with a chance of ${percent(said.wouldShow)}.`,
    'Holding the same rows is not evidence of having lost them; others may hold them too.',
    'A negative alone proves nothing: the check reaches only what the vendor put into its set.',
  ]
}

/** Rows of the sample that the asker handed over itself: a published sample can be taken out of a set, and then these are missing. */
function expected(handed: number, found: number): string[] {
  if (handed === 0) return []
  const known = `By the asker's own records ${handed.toLocaleString('en-US')} of the sample's items had been handed to the vendor`
  return found >= handed
    ? [`${known}; at least as many were found.`]
    : [
        `${known}; fewer were found, so at least ${(handed - found).toLocaleString('en-US')} of them are missing from the set: deleted since, written otherwise, or left out. Ask which.`,
      ]
}

function controls(hits: Sizes, sizes: Sizes, state: ReturnType<typeof estimate>['controls']): string {
  const counts = `Controls: ${hits.handed} of ${sizes.handed} rows known to have been handed over were found, ${hits.never} of ${sizes.never} pairs that nobody was given were found.`
  switch (state) {
    case 'as-expected':
      return `${counts} Both are as they should be.`
    case 'handed-missing':
      return `${counts} Rows handed over are missing from the set: deleted since, written otherwise, or left out. Ask which before relying on the count.`
    case 'never-found':
      return `${counts} Pairs that nobody was given were found: the count is not to be relied on until that is explained.`
  }
}
