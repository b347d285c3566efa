import type { LeakTruth } from '../../src/drill/index.ts'
import { isRight, recentDays, topOf, type Answered } from './answer.ts'
import { mean, quantile, shareOf, shareWhere, type Share } from './intervals.ts'

/** The figures over a set of judged leaks. */
export interface Score {
  readonly leaks: number
  readonly errors: number
  /** Registered copy, n >= 200: its answer is the likeliest. `small`: the same below 200 rows. */
  readonly rightFirst: Share
  readonly small: Share
  /** By noise, mixing and kind of source: the same with n >= 200. */
  readonly rightFirstBy: readonly { readonly what: string; readonly share: Share }[]
  /** Copy not registered and not equal to a registered one: no holder of a registered extract is named. */
  readonly notBlamed: Share
  readonly calibration: Calibration
  /** Cllr of posterior odds over prior odds, per registered copy; and of `log10LR` (against the best other answer). */
  readonly cllr: { readonly fromPosterior: number; readonly fromLog10LR: number; readonly n: number }
  /** `moving`: of those about 500 rows, the ones whose fields change at least 0.3 times a year. */
  readonly asOf: { readonly about500: Dating; readonly moving: Dating; readonly from200: Dating }
  readonly kinds: Kinds
  readonly padding: { readonly n: number; readonly meanError: number; readonly within5: Share }
  readonly msPerLeak: { readonly median: number; readonly p95: number }
}

export interface Calibration {
  readonly expectedError: number
  readonly n: number
  /** Ten bins of equal mass: mean posterior of the likeliest answer, share right. */
  readonly bins: readonly { readonly posterior: number; readonly right: Share }[]
}

export interface Dating {
  readonly n: number
  /** Leaks for which a day was given. */
  readonly dated: number
  readonly medianError: number
  readonly coverage: Share
  readonly meanWidth: number
}

export interface Kinds {
  readonly balanced: number
  readonly recall: Readonly<Record<(typeof classes)[number], Share>>
  /** Truth to the largest of `Verdict.kind`: counts. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const classes = ['real', 'recycled', 'fabricated', 'mixed'] as const

export function scoreAnswers(all: readonly Answered[]): Score {
  const registered = all.filter(({ truth }) => hasRegisteredSource(truth))
  const large = registered.filter(({ truth }) => truth.n >= 200)
  const hidden = all.filter(({ truth }) => truth.from.includes('unregistered') && truth.twins.length === 0)
  const right = (answer: Answered): boolean => answer.error === undefined && isRight(topOf(answer), answer.truth)
  const times = all.map(({ ms }) => ms)
  return {
    leaks: all.length,
    errors: all.filter(({ error }) => error !== undefined).length,
    rightFirst: shareWhere(large, right),
    small: shareWhere(
      registered.filter(({ truth }) => truth.n < 200),
      right,
    ),
    rightFirstBy: strata.map(({ what, holds }) => ({
      what,
      share: shareWhere(
        large.filter(({ truth }) => holds(truth)),
        right,
      ),
    })),
    notBlamed: shareWhere(hidden, (answer) => !blames(answer)),
    calibration: calibrationOf(all.filter(({ error }) => error === undefined)),
    cllr: cllrOf(all),
    asOf: {
      about500: datingOf(all.filter(({ truth }) => truth.n >= 400 && truth.n <= 650)),
      moving: datingOf(all.filter(({ truth }) => truth.n >= 400 && truth.n <= 650 && truth.changesPerYear >= 0.3)),
      from200: datingOf(all.filter(({ truth }) => truth.n >= 200)),
    },
    kinds: kindsOf(all),
    padding: paddingOf(all),
    msPerLeak: { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
  }
}

const strata: readonly { readonly what: string; readonly holds: (truth: LeakTruth) => boolean }[] = [
  { what: 'from an extract', holds: (truth) => !isOwn(truth) },
  { what: `own system, last ${recentDays} days`, holds: (truth) => isOwn(truth) && !isEarlier(truth) },
  { what: 'own system, earlier: it or an unknown copy', holds: (truth) => isOwn(truth) && isEarlier(truth) },
  { what: 'noise up to 5 %', holds: ({ noise }) => noise <= 0.05 },
  { what: 'noise 5 to 20 %', holds: ({ noise }) => noise > 0.05 },
  { what: 'nothing mixed in', holds: ({ kind }) => kind === 'real' },
  { what: 'mixed with others', holds: ({ kind }) => kind === 'mixed' },
  { what: 'two copies merged', holds: ({ kind }) => kind === 'merged' },
]

function isOwn({ from }: LeakTruth): boolean {
  return from.includes('own-crm')
}

function isEarlier({ daysBack }: LeakTruth): boolean {
  return (daysBack ?? 0) > recentDays
}

function hasRegisteredSource({ kind, from }: LeakTruth): boolean {
  return (kind === 'real' || kind === 'mixed' || kind === 'merged') && !from.includes('unregistered')
}

const naming: ReadonlySet<string> = new Set(['agrees-with-copy', 'copies-not-separable', 'mixed'])

/** Is a holder of a registered extract named? The own system is no holder. */
export function blames(answer: Answered): boolean {
  const [first] = topOf(answer).ids
  return naming.has(answer.verdict) && first !== undefined && first.startsWith('x')
}

function calibrationOf(all: readonly Answered[]): Calibration {
  const tops = all
    .map((answer) => ({ posterior: topOf(answer).posterior, right: isRight(topOf(answer), answer.truth) }))
    .sort((a, b) => a.posterior - b.posterior)
  const count = Math.min(10, tops.length)
  const bins = Array.from({ length: count }, (_, at) =>
    tops.slice(Math.round((at * tops.length) / count), Math.round(((at + 1) * tops.length) / count)),
  )
  const seen = bins.map((bin) => ({
    posterior: mean(bin.map(({ posterior }) => posterior)),
    right: shareWhere(bin, ({ right }) => right),
  }))
  const expectedError = seen.reduce(
    (sum, bin) => sum + (bin.right.n / tops.length) * Math.abs(bin.posterior - bin.right.share),
    0,
  )
  return { expectedError, n: tops.length, bins: seen }
}

const mostRatio = 1e6

/** Cllr = (mean log2(1 + 1/LR) over true copies + mean log2(1 + LR) over others) / 2; 1 is a system that says nothing. */
function cllrOf(all: readonly Answered[]): Score['cllr'] {
  const posterior: { readonly ratio: number; readonly is: boolean }[] = []
  const against: { readonly ratio: number; readonly is: boolean }[] = []
  for (const { truth, priorShares, sources } of all) {
    if (truth.kind === 'merged') continue
    for (const source of sources) {
      const is = truth.from.includes(source.copy)
      if (!is && truth.twins.includes(source.copy)) continue
      // The own system as it was long before its last day is as right as the unknown copy.
      if (is && source.copy === 'own-crm' && isEarlier(truth)) continue
      const odds = Math.min(1 - 1e-9, Math.max(1e-9, source.posterior))
      // Without a prior the sample could not be compared: the posterior is the prior.
      const before = priorShares === undefined ? odds : priorShares.copy
      posterior.push({ ratio: capped(odds / (1 - odds) / (before / (1 - before))), is })
      against.push({ ratio: capped(10 ** source.log10LR), is })
    }
  }
  return { fromPosterior: cost(posterior), fromLog10LR: cost(against), n: posterior.length }
}

function capped(ratio: number): number {
  return Math.min(mostRatio, Math.max(1 / mostRatio, ratio))
}

function cost(ratios: readonly { readonly ratio: number; readonly is: boolean }[]): number {
  const half = (is: boolean): number =>
    mean(ratios.filter((one) => one.is === is).map(({ ratio }) => Math.log2(1 + (is ? 1 / ratio : ratio))))
  return (half(true) + half(false)) / 2
}

/** Leaks from the own system on any day, and from copies nobody registered: dated by the history of the own system. */
function datingOf(all: readonly Answered[]): Dating {
  const datable = all.filter(({ truth }) => truth.day !== undefined && (isOwn(truth) || truth.from.includes('unregistered')))
  const given = datable.flatMap((answer) => {
    const asOf = answer.sources.find((source) => source.copy === 'own-crm')?.asOf
    const day = answer.truth.day ?? ''
    if (asOf === undefined) return []
    return [
      {
        error: Math.abs(dayOf(asOf.day) - dayOf(day)),
        covers: asOf.from <= day && day <= asOf.to,
        width: dayOf(asOf.to) - dayOf(asOf.from),
      },
    ]
  })
  return {
    n: datable.length,
    dated: given.length,
    medianError: quantile(
      given.map(({ error }) => error),
      0.5,
    ),
    coverage: shareWhere(given, ({ covers }) => covers),
    meanWidth: mean(given.map(({ width }) => width)),
  }
}

function dayOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000
}

function largestKind(answer: Answered): string {
  return Object.entries(answer.kind).reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

function kindsOf(all: readonly Answered[]): Kinds {
  const confusion: Record<string, Record<string, number>> = {}
  for (const answer of all) {
    const row = (confusion[answer.truth.kind] ??= {})
    const said = answer.error === undefined ? largestKind(answer) : 'error'
    row[said] = (row[said] ?? 0) + 1
  }
  const recall = Object.fromEntries(
    classes.map((kind) => {
      const row = confusion[kind] ?? {}
      return [
        kind,
        shareOf(
          row[kind] ?? 0,
          Object.values(row).reduce((sum, count) => sum + count, 0),
        ),
      ]
    }),
  ) as Record<(typeof classes)[number], Share>
  const known = classes.map((kind) => recall[kind]).filter(({ n }) => n > 0)
  return { balanced: mean(known.map(({ share }) => share)), recall, confusion }
}

function paddingOf(all: readonly Answered[]): Score['padding'] {
  const errors = all
    .filter(({ truth, error }) => error === undefined && truth.kind === 'mixed')
    .map(({ truth, paddingShare }) => Math.abs(paddingShare - truth.mixing.share))
  return { n: errors.length, meanError: mean(errors), within5: shareWhere(errors, (error) => error <= 0.05) }
}
