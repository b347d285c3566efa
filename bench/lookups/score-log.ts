import type { ReadLogOptions } from '../../src/drill/index.ts'
import { lookupTables, type LookupReview } from '../../src/lookups/index.ts'
import { reviewLoaded } from '../../src/lookups/review-loaded.ts'
import { openLake } from '../../src/store/index.ts'
import { accountName, loadLog, tokenOf } from './load-log.ts'

/** What the review of one generated log got right. */
export interface LogScore {
  readonly accesses: number
  readonly targets: number
  readonly found: number
  /** Subscribers flagged covertly read who were not, by class. */
  readonly pettyFlagged: number
  readonly cleanFlagged: number
  /** Subscribers in the queue of the unjustified. */
  readonly pettyUnjustified: number
  readonly cleanUnjustified: number
  readonly stolen: number
  readonly stolenFound: number
  readonly innocentAccounts: number
  /** Subscribers flagged in permutations. */
  readonly permuted: number
  /** Targets told by the sequential test before the end of the log. */
  readonly toldInWeek: number
  readonly busyDays: number
  readonly accountExcesses: number
}

/** Generates a log, reviews it and compares with the truth. */
export async function scoreLog(given: {
  readonly options: ReadLogOptions
  readonly directory: string
  readonly permutations: number
  readonly time: <T>(name: string, work: () => Promise<T>) => Promise<T>
}): Promise<{ readonly score: LogScore; readonly review: LookupReview }> {
  const { options, directory, permutations, time } = given
  const lake = await openLake({ directory, tables: lookupTables })
  try {
    const log = await time('generate', () => loadLog(lake, options))
    const review = await time('review', () =>
      reviewLoaded(lake, {
        accesses: log.accesses,
        reasons: log.reasons,
        names: new Map([0, 1, 2].map((source) => [`log-${source}`, { file: `log-${source}.csv` }])),
        cite: (source, n) => ({ kind: 'exhibit', sha256: source, file: source, at: { kind: 'row', n } }),
        subscriberBase: options.size,
        permutations,
      }),
    )
    return { score: scoreOf(review, { ...log, options }), review }
  } finally {
    await lake.close()
  }
}

function scoreOf(
  review: LookupReview,
  {
    truth,
    rows,
  }: { readonly truth: Awaited<ReturnType<typeof loadLog>>['truth']; readonly rows: number; readonly options: ReadLogOptions },
): LogScore {
  const targets = new Set(truth.targets.map(tokenOf))
  const petty = new Set([...truth.petty].map(tokenOf))
  const stolen = new Set(truth.stolen.map(accountName))
  const watched = review.watched.map((one) => one.subscriber)
  const again = (review.unjustified ?? []).flatMap((one) => one.subscriber ?? [])
  const clean = (some: readonly string[]): number => some.filter((one) => !targets.has(one) && !petty.has(one)).length
  const beyond = review.accounts.filter((one) => one.beyondChance === true).map((one) => one.account)
  return {
    accesses: rows,
    targets: targets.size,
    found: watched.filter((one) => targets.has(one)).length,
    pettyFlagged: watched.filter((one) => petty.has(one)).length,
    cleanFlagged: clean(watched),
    pettyUnjustified: again.filter((one) => petty.has(one)).length,
    cleanUnjustified: clean(again),
    stolen: stolen.size,
    stolenFound: beyond.filter((one) => stolen.has(one)).length,
    innocentAccounts: beyond.filter((one) => !stolen.has(one)).length,
    permuted: review.permutation?.flagged ?? 0,
    toldInWeek: review.watched.filter((one) => targets.has(one.subscriber) && one.toldInWeek !== undefined).length,
    busyDays: review.busyDays?.length ?? 0,
    accountExcesses: (review.unjustified ?? []).filter((one) => one.subscriber === undefined).length,
  }
}
