import type { Cite } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { clockOf, historyNoise, type Clock } from './clock.ts'
import { dateSample, type Dating } from './dating.ts'
import { dayNumber } from './day.ts'
import { distinctRows, examine, type Examined } from './examined.ts'
import type { Frequencies } from './frequency.ts'
import { dayTerm, type Hypothesis, type Known, type Merged } from './hypothesis.ts'
import { sizeOn, type Linkage } from './linkage.ts'
import { mergedPairs } from './merged.ts'
import { model, tempering } from './model.ts'
import { orderTerm } from './order.ts'
import { Pool } from './pool.ts'
import { priorShares, type Prior, type PriorShares } from './prior.ts'
import { fitSource, value, type SourceFit } from './row-fit.ts'
import { checkDigitsFail, type Sample } from './sample.ts'
import { fieldsWrittenDifferently } from './set-aside.ts'
import { signsOf, signWeight } from './signs.ts'
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
  const noise = clock === undefined ? model.noise.usual : historyNoise(clock.linkage)
  const dating = clock === undefined ? undefined : dateSample({ examined, ...clock, noise, weight })
  const pool = new Pool({ examined, weight, fits: await fitAll({ lake, linkages, examined, clock, dating, weight }) })
  const copies = linkages.filter((linkage) => linkage.copy.kind !== 'leak')
  const prior = priorShares(options.prior, copies.length, linkages.length - copies.length)
  const written = new Map(
    linkages.map((linkage) => [linkage, orderTerm(linkage) + (options.evidence?.get(linkage.copy.id) ?? 0)]),
  )
  const beside = (linkage: Linkage): number => written.get(linkage) ?? 0
  const daysOf = (linkage: Linkage): number =>
    linkage === clock?.linkage ? dayTerm(dating, linkage.copy.kind === 'own' ? dayNumber(linkage.copy.asOf) : undefined) : 0

  const known = linkages.map((linkage): Known => {
    const fit = pool.fit(linkage)
    const mixture = pool.answer([{ of: 'source', copy: linkage.copy.id, fit }], linkage)
    const log = mixture.log + daysOf(linkage) + beside(linkage)
    return linkage.copy.kind === 'leak'
      ? { kind: 'leak', linkage, fit, mixture, log, prior: prior.leak }
      : { kind: 'copy', linkage, fit, mixture, log, prior: prior.copy }
  })
  const composition = pool.composition(copies, nearest(noise))
  const pairs = mergedPairs(known, composition).flatMap(([one, other]): Merged[] => {
    const mixture = pool.answer([
      { of: 'source', copy: one.linkage.copy.id, fit: one.fit },
      { of: 'second', copy: other.linkage.copy.id, fit: other.fit },
    ])
    const [a = 0, b = 0] = mixture.shares
    if (Math.min(a, b) * rows < model.leastRows) return []
    const [main, second, secondShare] = a >= b ? [one, other, b] : [other, one, a]
    const log = mixture.log + beside(main.linkage) + daysOf(main.linkage) + daysOf(second.linkage)
    return [
      {
        ...main,
        kind: 'merged',
        mixture,
        log,
        second: second.linkage,
        secondShare: secondShare / (a + b),
        onlySecond: betterShare(second.fit, main.fit),
        prior: prior.merged,
      },
    ]
  })
  const evenPairs = pairs.map((pair) => ({ ...pair, prior: prior.merged / pairs.length }))
  const spare = evenPairs.length === 0 ? prior.merged / Math.max(1, copies.length) : 0
  const fabricated = pool.invention()
  const signs = signsOf({ sample, signs: sample.signs, examined, linkages, cite: options.cite })
  const unknown = unknownCopy({
    copies,
    clock,
    pool,
    examined,
    days: dayTerm(dating, undefined),
    beside: [...new Set(pairs.toSorted((x, y) => y.log - x.log).flatMap((pair) => [pair.linkage, pair.second]))].slice(0, 4),
    written: beside,
  })
  // Rows that meet no copy at all fit invention and records of somebody else alike (rule P12).
  const met = linkages.some((linkage) => linkage.links.size > 0)
  const ownKnown = copies.some((linkage) => linkage.copy.kind === 'own')
  const strangers = unknown === undefined || (!met && !checkDigitsFail(sample))
  return {
    hypotheses: [
      ...known.map((one) => (one.kind === 'copy' ? { ...one, prior: one.prior + spare } : one)),
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
    prior: { ...prior, copy: prior.copy + spare, merged: evenPairs.length === 0 ? 0 : prior.merged },
    signs,
    setAside,
    weight,
    noise,
    ...(clock === undefined ? {} : { clock: { ...clock, ...(dating === undefined ? {} : { dating }) } }),
  }
}

/** Share of the rows that one source explains and another does not hold, or explains worse by the factor that tells answers apart. */
function betterShare(one: SourceFit, other: SourceFit): number {
  const better = one.rows.filter((row, at) => {
    const there = other.rows[at]
    return row !== undefined && (there === undefined || value(row) - value(there) > model.better)
  })
  return better.length / Math.max(1, one.rows.length)
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
  for (const linkage of linkages) {
    const day = linkage.copy.history
      ? linkage === clock?.linkage && dating !== undefined
        ? dating.day
        : dayNumber(linkage.copy.asOf)
      : undefined
    const size = day === undefined ? linkage.size : await sizeOn(lake, linkage.loadId, day)
    const cost = reference + people * (Math.log(size) - reference)
    fits.set(linkage, fitSource({ examined, linkage, cost, ...(day === undefined ? {} : { day }) }))
  }
  return fits
}
