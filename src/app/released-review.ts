import { invariant, limits, type Fault } from '../base/index.ts'
import type { FlaggedItem } from '../disclosure/index.ts'
import { reviewLookups, type LookupOptions, type LookupReview } from '../lookups/index.ts'
import type { Lake } from '../store/index.ts'
import type { Discretion } from './discretion.ts'

/** What is put to the disclosure desk. */
export interface AskedRelease {
  readonly from: string
  readonly to: string
  readonly flagged: readonly FlaggedItem[]
  readonly others: readonly string[]
}

/**
 * The review as it may be shown. Without a desk: the review. With one: the log is reviewed once for the desk (`asked`), then anew with every flagged subscriber
 * that was not released explained as by an ordinary contact, until nobody else is flagged: numbers, ids and sentences are those of that last review
 * alone. Both reviews are always made, so that what was withheld does not show in the time taken.
 */
export async function releasedReview(
  lake: Lake,
  options: LookupOptions,
  discretion: Discretion,
): Promise<{ readonly review: LookupReview; readonly faults: readonly Fault[]; readonly asked?: AskedRelease }> {
  const { decoys } = discretion
  if (discretion.desk === undefined) return reviewLookups(lake, { ...options, decoys })
  const shown = new Set([...discretion.released, ...decoys])
  const first = await reviewLookups(lake, {
    ...options,
    permutations: 0,
    likeliest: limits.releaseTokens - limits.releaseFlagged,
  })
  const flagged = flaggedOf(first.review)
  const asked: AskedRelease = {
    from: first.review.from,
    to: first.review.to,
    flagged: flagged.slice(0, limits.releaseFlagged),
    others: first.likeliest,
  }
  const explained = new Set(unreleased(flagged))
  for (;;) {
    const next = await reviewLookups(lake, { ...options, decoys, explained: [...explained] })
    const more = unreleased(flaggedOf(next.review))
    if (more.length === 0) return { review: { ...next.review, releasedBy: discretion.desk.name }, faults: next.faults, asked }
    // Nobody is flagged whose every read is explained, so that each round leaves fewer; were it otherwise, nothing is shown.
    invariant(
      more.some((token) => !explained.has(token)),
      'a subscriber whose every read is explained is not flagged',
    )
    for (const token of more) explained.add(token)
  }

  function unreleased(items: readonly FlaggedItem[]): string[] {
    return items.map((one) => one.token).filter((token) => !shown.has(token))
  }
}

/** Every subscriber a review points at, in the order of its queues. */
function flaggedOf(review: LookupReview): FlaggedItem[] {
  const items = new Map<string, FlaggedItem>()
  const add = (item: FlaggedItem): void => {
    if (!items.has(item.token)) items.set(item.token, { ...item, accounts: item.accounts.slice(0, 10) })
  }
  for (const one of review.watched)
    add({
      token: one.subscriber,
      accounts: [...one.accounts],
      days: one.days,
      explainedDays: one.explainedDays,
      first: one.first,
      last: one.last,
      tests: [...one.tests],
    })
  const brief = { days: 0, explainedDays: 0, first: '', last: '' }
  for (const one of review.unjustified ?? [])
    if (one.subscriber !== undefined) add({ token: one.subscriber, accounts: [one.account], tests: ['S2'], ...brief })
  for (const list of review.together ?? [])
    for (const { subscriber } of list.subscribers)
      add({ token: subscriber, accounts: [...list.accounts], tests: ['G1'], ...brief, days: list.days })
  return [...items.values()]
}
