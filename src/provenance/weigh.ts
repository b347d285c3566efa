import type { Cite } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { clockOf, historyNoise, type Clock } from './clock.ts'
import { dateSample, type Dating } from './dating.ts'
import { usualEmpty } from './emptiness.ts'
import { dayNumber } from './day.ts'
import { distinctRows, examine, type Examined } from './examined.ts'
import type { Frequencies } from './frequency.ts'
import { dayTerm, dayTermNear, type Hypothesis, type Known, type Merged } from './hypothesis.ts'
import { sizeOn, type Linkage } from './linkage.ts'
import { mergedPairs } from './merged.ts'
import { logSum, model, tempering } from './model.ts'
import { orderTerm } from './order.ts'
import { Pool } from './pool.ts'
import { priorShares, type Prior, type PriorShares } from './prior.ts'
import { fitSource, type SourceFit } from './row-fit.ts'
import { checkDigitsFail, type Sample } from './sample.ts'
import { fieldsWrittenDifferently } from './set-aside.ts'
import { signsOf, signWeight } from './signs.ts'
import { slicedExtracts } from './sliced-extract.ts'
import { unknownCopy } from './unknown-copy.ts'
import type { Sign } from './verdict.ts'

/** Everything weighed: the hypotheses and what the explanation of the answer needs. */
export interface Weighing {
  readonly hypotheses: readonly Hypothesis[]
  readonly examined: Examined
  readonly prior: PriorShares
  readonly signs: readonly Sign[]
  /** Fields written so differently from every copy that they tell nothing. */
  readonly setAside: readonly string[]
  /** What one row counts for cells (rule P9). */
  readonly weight: number
  readonly noise: number
  readonly clock?: Clock & { readonly dating?: Dating }
}

/** Weighs all hypotheses on a sample that has at least one row (rules P5-P12, P17-P19). */
export async function weigh(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
  /** Value frequencies of the same sample and copies (`readFrequencies`). */
  readonly frequencies: Frequencies
  readonly prior: Prior
  /** Nats per copy id from marks and from the way the sample is written. */
  readonly evidence?: ReadonlyMap<string, number>
  /** The sample as a whole, for sentences about it. */
  readonly cite: Cite
}): Promise<Weighing> {
  const { lake, sample, linkages, frequencies } = options
  const setAside = fieldsWrittenDifferently(linkages, sample, frequencies)
  const examined = examine({ sample, rows: distinctRows(sample), frequencies, setAside })
  const rows = examined.rows.length
  const weight = tempering(rows, 'cells')
  const clock = await clockOf(lake, linkages)
  const noise = clock === undefined ? model.noise.usual : historyNoise(examined, clock.linkage)
  const dating = clock === undefined ? undefined : dateSample({ examined, ...clock, noise, weight })
  const pool = new Pool({ examined, weight, fits: await fitAll({ lake, linkages, examined, clock, dating, weight }) })
  const copies = linkages.filter((linkage) => linkage.copy.kind !== 'leak')
  const prior = priorShares(options.prior, copies.length, linkages.length - copies.length)
  const written = new Map(
    linkages.map((linkage) => [linkage, orderTerm(linkage) + (options.evidence?.get(linkage.copy.id) ?? 0)]),
  )
  const beside = (linkage: Linkage): number => written.get(linkage) ?? 0
  // Only rows that the history explains better than whatever stands beside it say of which day it is.
  const daysOf = (linkage: Linkage, others: readonly Linkage[] = []): number => {
    if (clock === undefined || linkage !== clock.linkage) return 0
    const only = pool.betterBy(linkage, { others, noise: nearest(noise) })
    const own = only.size === rows ? dating : dateSample({ examined, ...clock, noise, weight, only })
    return dayTerm(own, linkage.copy.kind === 'own' ? dayNumber(linkage.copy.asOf) : undefined)
  }

  const known = linkages.map((linkage): Known => {
    const fit = pool.fit(linkage)
    const mixture = pool.answer([{ of: 'source', copy: linkage.copy.id, fit }], { but: linkage })
    const log = mixture.log + daysOf(linkage) + beside(linkage)
    return linkage.copy.kind === 'leak'
      ? { kind: 'leak', linkage, fit, mixture, log, prior: prior.leak }
      : { kind: 'copy', linkage, fit, mixture, log, prior: prior.copy }
  })
  const pairs = mergedPairs({ known, pool, noise: nearest(noise) }).flatMap(([one, other]): Merged[] => {
    const mixture = pool.answer(
      [
        { of: 'source', copy: one.linkage.copy.id, fit: one.fit },
        { of: 'second', copy: other.linkage.copy.id, fit: other.fit },
      ],
      { split: pool.split(other.fit) },
    )
    const [a = 0, b = 0] = mixture.shares
    if (Math.min(a, b) * rows < model.leastRows) return []
    const [main, second, secondShare] = a >= b ? [one, other, b] : [other, one, a]
    const days = daysOf(main.linkage, [second.linkage]) + daysOf(second.linkage, [main.linkage])
    const log = mixture.log + beside(main.linkage) + days
    return [
      {
        ...main,
        kind: 'merged',
        mixture,
        log,
        second: second.linkage,
        secondShare: secondShare / (a + b),
        onlySecond: mixture.apart[a >= b ? 1 : 0],
        prior: prior.merged,
      },
    ]
  })
  const possible = Math.max(1, (copies.length * (copies.length - 1)) / 2)
  const evenPairs = pairs.map((pair) => ({ ...pair, prior: prior.merged / possible }))
  const spare = (prior.merged * (1 - pairs.length / possible)) / Math.max(1, copies.length)
  const fabricated = pool.invention()
  const signs = signsOf({ sample, signs: sample.signs, examined, linkages, cite: options.cite })
  const unknown = unknownCopy({
    copies,
    clock,
    pool,
    examined,
    days: (like) => (like === undefined ? dayTerm(dating, undefined) : dayTermNear(dating, dayNumber(like.copy.asOf))),
    beside: [...new Set(pairs.toSorted((x, y) => y.log - x.log).flatMap((pair) => [pair.linkage, pair.second]))].slice(0, 4),
    written: beside,
  })
  const sliced = slicedExtracts({ known, pool, examined })
  const filteredLog = (one: Known): number => {
    const own = one.linkage === clock?.linkage && one.linkage.copy.kind === 'own'
    const slice = own ? unknown?.filtered : sliced.get(one)
    return slice === undefined ? one.log : logSum([one.log, slice + daysOf(one.linkage) + beside(one.linkage)])
  }
  // Rows that meet no copy at all fit invention and records of somebody else alike (rule P12).
  const met = linkages.some((linkage) => linkage.links.size > 0)
  const ownKnown = copies.some((linkage) => linkage.copy.kind === 'own')
  const strangers = unknown === undefined || (!met && !checkDigitsFail(sample))
  return {
    hypotheses: [
      ...known.map((one) => (one.kind === 'copy' ? { ...one, prior: one.prior + spare, log: filteredLog(one) } : one)),
      ...evenPairs,
      {
        kind: 'unknown-copy',
        mixture: met ? unknown?.mixture : undefined,
        log: strangers ? fabricated.mixture.log + (met || !ownKnown ? 0 : Math.log(model.strangers)) : unknown.log,
        prior: prior.unknownCopy,
        ...(unknown?.like === undefined ? {} : { like: unknown.like }),
      },
      {
        kind: 'fabricated',
        // Signs of real people say nothing for this operator's records where nobody of them is met.
        log: fabricated.mixture.log - (met || !ownKnown ? signWeight(signs) : Math.min(0, signWeight(signs))),
        prior: prior.fabricated,
        seeded: fabricated.seeded,
      },
    ],
    examined,
    prior: { ...prior, copy: prior.copy + spare, merged: (prior.merged * pairs.length) / possible },
    signs,
    setAside,
    weight,
    noise,
    ...(clock === undefined ? {} : { clock: { ...clock, ...(dating === undefined ? {} : { dating }) } }),
  }
}

/** The noise of the grid that is nearest to a measured one. */
function nearest(noise: number): number {
  return model.noise.grid.reduce(
    (a, b) => (Math.abs(Math.log(b / noise)) < Math.abs(Math.log(a / noise)) ? b : a),
    model.noise.grid[0],
  )
}

/** Every linkage fitted to the rows; the copy that dates the sample on its likeliest day, other histories on their last. */
async function fitAll(options: {
  readonly lake: Lake
  readonly linkages: readonly Linkage[]
  readonly examined: Examined
  readonly clock: Clock | undefined
  readonly dating: Dating | undefined
  readonly weight: number
}): Promise<ReadonlyMap<Linkage, SourceFit>> {
  const { lake, linkages, examined, clock, dating, weight } = options
  const reference = Math.log(Math.max(1, ...linkages.map((linkage) => linkage.size)))
  const people = tempering(examined.rows.length, 'people') / weight
  const fits = new Map<Linkage, SourceFit>()
  const usuallyEmpty = new Map([...examined.cells.keys()].map((tag) => [tag, usualEmpty(linkages, tag)]))
  for (const linkage of linkages) {
    const day = linkage.copy.history
      ? linkage === clock?.linkage && dating !== undefined
        ? dating.day
        : dayNumber(linkage.copy.asOf)
      : undefined
    const size = day === undefined ? linkage.size : await sizeOn(lake, linkage.loadId, day)
    const cost = reference + people * (Math.log(size) - reference)
    fits.set(linkage, fitSource({ examined, linkage, size, cost, usuallyEmpty, ...(day === undefined ? {} : { day }) }))
  }
  return fits
}
