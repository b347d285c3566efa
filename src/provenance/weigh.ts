import type { Lake } from '../store/index.ts'
import { dateSample, type Dating } from './dating.ts'
import { dayNumber } from './day.ts'
import { inventedDensity, sourceDensity, type Densities, type Weighed } from './density.ts'
import { readFrequencies, type Frequencies } from './frequency.ts'
import { dayTerm, type Hypothesis } from './hypothesis.ts'
import { historySpan, sizeOn, type Linkage } from './linkage.ts'
import { mix, mixInvented, pooled } from './mixture.ts'
import { model, tempering } from './model.ts'
import { checkDigitsFail, type Sample } from './sample.ts'

/** Shares of the prior that a caller can set; the rest is even over the registered copies. */
export interface Prior {
  readonly unknownCopy?: number
  readonly fabricated?: number
  /** All known leaks together; 0 when none is registered. */
  readonly leaks?: number
}

/** Everything weighed: the hypotheses and what the explanation of the answer needs. */
export interface Weighing {
  readonly hypotheses: readonly Hypothesis[]
  readonly frequencies: Frequencies
  readonly weighed: Weighed
  /** Fields written so differently from every copy that they tell nothing. */
  readonly setAside: readonly string[]
  readonly tempering: number
  /** The copy whose history dates the sample, and the span of its days. */
  readonly clock?: {
    readonly linkage: Linkage
    readonly span: { readonly first: number; readonly last: number }
    readonly dating?: Dating
  }
}

/** Weighs all hypotheses on a sample that has at least one row (rules P5-P11). */
export async function weigh(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
  readonly prior: Prior
}): Promise<Weighing> {
  const { lake, sample, linkages } = options
  const frequencies = await readFrequencies({ lake, sample, linkages })
  const setAside = fieldsWrittenDifferently(linkages)
  const weighed = new Set([...frequencies.keys()].filter((tag) => !setAside.includes(tag)))
  const weight = tempering(sample.rows.length)
  const common = { sample, frequencies, weighed }
  const invented = inventedDensity(sample, frequencies, weighed)
  const clock = await clockOf(lake, linkages)
  const dating = clock === undefined ? undefined : dateSample({ ...common, ...clock, tempering: weight })

  const densities = new Map<Linkage, Densities>()
  for (const linkage of linkages) {
    const day = linkage.copy.history
      ? linkage === clock?.linkage && dating !== undefined
        ? dating.day
        : dayNumber(linkage.copy.asOf)
      : undefined
    const size = day === undefined ? linkage.size : await sizeOn(lake, linkage.loadId, day)
    densities.set(linkage, sourceDensity({ ...common, linkage, size, ...(day === undefined ? {} : { day }) }))
  }
  const leaks = linkages.filter((linkage) => linkage.copy.kind === 'leak')
  const copies = linkages.filter((linkage) => linkage.copy.kind !== 'leak')
  const logOf = (linkage: Linkage): Float64Array => densities.get(linkage)?.log ?? new Float64Array()
  const prior = shares(options.prior, copies.length, leaks.length)
  const known = linkages.map((linkage): Hypothesis => {
    const others = leaks.filter((leak) => leak !== linkage)
    const mixture = mix({ source: logOf(linkage), leaks: pooled(others.map(logOf)), invented, tempering: weight })
    const days =
      linkage === clock?.linkage ? dayTerm(dating, linkage.copy.kind === 'own' ? dayNumber(linkage.copy.asOf) : undefined) : 0
    return {
      kind: linkage.copy.kind === 'leak' ? 'leak' : 'copy',
      linkage,
      densities: densities.get(linkage) ?? { log: new Float64Array(), link: [] },
      mixture,
      log: (mixture.micro / 1e6) * weight + days,
      prior: linkage.copy.kind === 'leak' ? prior.leak : prior.copy,
    }
  })
  const anyLeak = pooled(leaks.map(logOf))
  const fabricated = (mixInvented(anyLeak, invented) / 1e6) * weight
  const base = unknownBase(copies, clock?.linkage, logOf)
  const unknown = base === undefined ? undefined : mix({ source: base, leaks: anyLeak, invented, tempering: weight })
  // Rows that meet no copy at all fit invention and records of somebody else alike (rule P12).
  const met = linkages.some((linkage) => linkage.links.size > 0)
  const strangers = !met && !checkDigitsFail(sample)
  const unknownLog = unknown === undefined || strangers ? fabricated : (unknown.micro / 1e6) * weight + dayTerm(dating, undefined)
  return {
    hypotheses: [
      ...known,
      { kind: 'unknown-copy', mixture: met ? unknown : undefined, log: unknownLog, prior: prior.unknownCopy },
      { kind: 'fabricated', log: fabricated, prior: prior.fabricated },
    ],
    frequencies,
    weighed,
    setAside,
    tempering: weight,
    ...(clock === undefined ? {} : { clock: { ...clock, ...(dating === undefined ? {} : { dating }) } }),
  }
}

/** The largest copy with history, an own one first, and its span of days. */
async function clockOf(
  lake: Lake,
  linkages: readonly Linkage[],
): Promise<{ linkage: Linkage; span: { first: number; last: number } } | undefined> {
  const own = (linkage: Linkage): number => (linkage.copy.kind === 'own' ? 0 : 1)
  const [linkage] = linkages
    .filter((one) => one.copy.history)
    .toSorted((a, b) => own(a) - own(b) || b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))
  if (linkage === undefined) return undefined
  const span = await historySpan(lake, linkage.loadId)
  if (span === undefined) return undefined
  return { linkage, span: { first: span.first, last: Math.max(span.first, dayNumber(linkage.copy.asOf)) } }
}

/** Fields that agree nowhere although the rows are otherwise shown to be the same (rule P5). */
function fieldsWrittenDifferently(linkages: readonly Linkage[]): string[] {
  const best = new Map<string, number>()
  let shown = false
  for (const linkage of linkages) {
    for (const [bit, tag] of linkage.tags.entries()) {
      if (!tag.startsWith('field:')) continue
      let compared = 0
      let equal = 0
      for (const links of linkage.links.values()) {
        if (links.some((link) => ((link.compared >>> bit) & 1) === 1)) compared += 1
        if (links.some((link) => ((link.equal >>> bit) & 1) === 1)) equal += 1
      }
      if (compared < 20) continue
      if (equal * 2 > compared) shown = true
      best.set(tag, Math.max(best.get(tag) ?? 0, equal / compared))
    }
  }
  return shown
    ? [...best]
        .filter(([, share]) => share < 0.05)
        .map(([tag]) => tag)
        .toSorted()
    : []
}

/** An unregistered copy of the same people: like the largest own copy, else like all copies pooled at twice the largest size. */
function unknownBase(
  copies: readonly Linkage[],
  clock: Linkage | undefined,
  logOf: (linkage: Linkage) => Float64Array,
): Float64Array | undefined {
  const own =
    clock?.copy.kind === 'own' ? clock : copies.filter((copy) => copy.copy.kind === 'own').toSorted((a, b) => b.size - a.size)[0]
  if (own !== undefined) return logOf(own)
  const largest = Math.max(...copies.map((copy) => copy.size))
  return pooled(copies.map((copy) => logOf(copy).map((log) => log + Math.log(copy.size) - Math.log(2 * largest))))
}

function shares(
  wanted: Prior,
  copies: number,
  leaks: number,
): { copy: number; leak: number; unknownCopy: number; fabricated: number } {
  const unknownCopy = wanted.unknownCopy ?? model.prior.unknownCopy
  const fabricated = wanted.fabricated ?? model.prior.fabricated
  const leak = leaks === 0 ? 0 : (wanted.leaks ?? model.prior.leaks)
  const rest = Math.max(0, 1 - unknownCopy - fabricated - leak)
  const total = unknownCopy + fabricated + leak + (copies === 0 ? 0 : rest)
  return {
    copy: copies === 0 ? 0 : rest / copies / total,
    leak: leaks === 0 ? 0 : leak / leaks / total,
    unknownCopy: unknownCopy / total,
    fabricated: fabricated / total,
  }
}
