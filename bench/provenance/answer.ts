import type { LeakTruth } from '../../src/drill/index.ts'
import type { Copy, Verdict } from '../../src/provenance/index.ts'

/** One leak judged: the sealed truth, and what of the verdict is scored or fitted on. Plain data, one JSON line each. */
export interface Answered {
  readonly truth: LeakTruth
  /** Registered copies and known leaks by id, as they stood in the prior. */
  readonly registered: { readonly copies: readonly string[]; readonly leaks: readonly string[] }
  readonly ms: number
  /** Set when judging failed: the answer is empty and counts as wrong everywhere. */
  readonly error?: string
  readonly verdict: Verdict['verdict'] | 'error'
  readonly kind: Readonly<Record<'real' | 'recycled' | 'fabricated' | 'mixed' | 'combo', number>>
  /** The prior of each single answer; absent when the sample could not be compared. */
  readonly priorShares?: NonNullable<Verdict['priorShares']>
  readonly unknownCopy: number
  readonly fabricated: number
  readonly knownLeaks: readonly { readonly leak: string; readonly posterior: number; readonly containment: number }[]
  readonly sources: readonly SourceFeatures[]
  readonly paddingShare: number
  readonly merged?: NonNullable<Verdict['merged']>
  readonly signs?: readonly { readonly sign: string; readonly log10LR: number }[]
  readonly features: { readonly rows: number; readonly read: number; readonly identified: number; readonly columns: number }
}

/** What is said of one registered copy. */
export type SourceFeatures = Omit<Verdict['sources'][number], 'cites' | 'holder' | 'system'>

export function answered(options: {
  readonly truth: LeakTruth
  readonly copies: readonly Copy[]
  readonly ms: number
  readonly verdict: Verdict | Error
}): Answered {
  const { truth, copies, ms, verdict } = options
  const registered = {
    copies: copies.filter((copy) => copy.kind !== 'leak').map((copy) => copy.id),
    leaks: copies.filter((copy) => copy.kind === 'leak').map((copy) => copy.id),
  }
  if (verdict instanceof Error) return { truth, registered, ms, error: verdict.message, ...nothing }
  return {
    truth,
    registered,
    ms,
    verdict: verdict.verdict,
    kind: verdict.kind,
    ...(verdict.priorShares === undefined ? {} : { priorShares: verdict.priorShares }),
    unknownCopy: verdict.unknownCopy,
    fabricated: verdict.fabricated,
    knownLeaks: verdict.knownLeaks,
    sources: verdict.sources.map(({ cites: _cites, holder: _holder, system: _system, ...features }) => features),
    paddingShare: (verdict.padding.elsewhere ?? verdict.padding.rows) / Math.max(1, verdict.rows),
    features: {
      rows: verdict.rows,
      read: verdict.read,
      identified: verdict.identified,
      columns: verdict.columns.length,
    },
  }
}

const nothing = {
  verdict: 'error',
  kind: { real: 0, recycled: 0, fabricated: 0, mixed: 0, combo: 0 },
  unknownCopy: 0,
  fabricated: 0,
  knownLeaks: [],
  sources: [],
  paddingShare: 0,
  features: { rows: 0, read: 0, identified: 0, columns: 0 },
} as const

/** The likeliest answer; copies that cannot be told apart are one. `ids`: copy and twins, a leak, `unregistered`, or `invented`. */
export interface Top {
  readonly ids: readonly string[]
  readonly posterior: number
}

export function topOf(answer: Answered): Top {
  const groups = answer.sources.map((source): Top => {
    const ids = [source.copy, ...source.alsoHeldBy]
    const posterior = answer.sources.filter((one) => ids.includes(one.copy)).reduce((sum, one) => sum + one.posterior, 0)
    return { ids, posterior }
  })
  const all: readonly Top[] = [
    ...groups,
    ...answer.knownLeaks.map(({ leak, posterior }) => ({ ids: [leak], posterior })),
    { ids: ['unregistered'], posterior: answer.unknownCopy },
    { ids: ['invented'], posterior: answer.fabricated },
  ]
  return all.reduce((best, one) => (one.posterior > best.posterior ? one : best))
}

/** The own system is copied as it stands; its state of a day further back may as well be a copy cut then that nobody registered. */
export const recentDays = 90

/**
 * Does an answer name where the rows truly came from? Copies truly equal in the leaked rows and fields are one answer. Rows of the own
 * system as it stood more than 90 days before its last day are a backup or a copy that nobody registered, and a copy that nobody registered, cut in the last
 * 90 days, holds the own system as it stands: both answers are right then, for no figure in the rows tells them apart.
 */
export function isRight(top: Top, truth: LeakTruth): boolean {
  const sources = truth.from.length === 0 ? ['invented'] : [...truth.from, ...truth.twins]
  const earlier = truth.from.includes('own-crm') && (truth.daysBack ?? 0) > recentDays
  const lately = truth.from.includes('unregistered') && (truth.daysBack ?? Infinity) <= recentDays
  const right = [...sources, ...(earlier ? ['unregistered'] : []), ...(lately ? ['own-crm'] : [])]
  return top.ids.some((id) => right.includes(id))
}
