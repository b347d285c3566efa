import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { fitAgreement, type AgreementModel, type BlockCounts, type Level } from './fellegi-sunter.ts'
import { assign, type Candidate } from './linked-weights-assign.ts'
import { chooseBlocks, type Block } from './linked-weights-blocks.ts'
import { comparisonsOf, levelsOf, type Comparison } from './linked-weights-levels.ts'
import {
  blockPairs,
  blockPatterns,
  personsOf,
  randomPatterns,
  valueShares,
  versionsOf,
  type Pair,
  type Sides,
} from './linked-weights-pairs.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'
import type { Sample, SampleRow } from './sample.ts'

/** Why a link is taken: its weight in bits, and the probability that the sample row is this person's. */
export interface LinkWeight {
  readonly bits: number
  readonly probability: number
}

/** A linkage by weights; by sample row what its links rest on. */
export interface WeightedLinkage extends Linkage {
  readonly weights: ReadonlyMap<number, LinkWeight>
}

/** Probability from which a pair counts as a link. */
const linkFrom = 0.9
/** Patterns that stay so many bits below even odds cannot be links, nor rivals of links. */
const margin = 4

/**
 * Links a sample that has no clean identifiers with a copy (rule P4): levels of agreement, weights after Fellegi and Sunter with value
 * frequencies, blocks, one row to one person. The prior of a pair is the share of the sample's rows that the copy holds (estimated)
 * over its persons. The same shape as `linkSample`, with the weights beside; the order of the sample's rows does not matter.
 */
export async function linkByWeights(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly copy: Copy
  readonly loadId: string
}): Promise<WeightedLinkage> {
  const { lake, sample, copy, loadId } = options
  const comparisons = comparisonsOf(sample, copy)
  const tags = comparisons.map((one) => one.tag)
  const size = Math.max(1, copy.rows)
  const nothing: WeightedLinkage = { copy, loadId, size, tags, links: new Map(), metRows: 0, weights: new Map() }
  if (comparisons.length < 2 || sample.rows.length === 0 || copy.rows === 0) return nothing
  const persons = await personsOf(lake, loadId)
  const sides: Sides = { lake, sample, loadId, comparisons, versions: size / persons }
  const random = await randomPatterns(sides)
  const blocks = chooseBlocks({ comparisons, random, records: persons })
  if (blocks.length === 0) return nothing
  const shares = await valueShares(sides, size)
  const counts: (BlockCounts & { readonly block: Block })[] = []
  for (const block of blocks)
    counts.push({ block, blocked: block.map((part) => part.field), patterns: await blockPatterns(sides, block) })
  const model = fitAgreement({
    fields: comparisons.length,
    random,
    blocks: counts,
    equalByChance: comparisons.map((comparison, at) => equalByChance(sample, comparison, shares[at])),
    records: persons,
  })
  const pairs = new Map<string, Pair>()
  for (const { block, patterns } of counts) {
    // No pattern is fetched that even the rarest values could not make a link of.
    const good = patterns
      .map((pattern) => ({ pattern, bits: model.bits(pattern.levels), most: mostBits(model, pattern.levels, persons) }))
      .filter(({ most }) => most > Math.log2(persons) - margin)
      .toSorted((a, b) => b.bits - a.bits)
      .map(({ pattern }) => pattern)
    for (const pair of await blockPairs(sides, block, good)) pairs.set(`${pair.n} ${pair.row}`, pair)
  }
  const weighed = weighPairs({ sample, comparisons, shares, model, pairs: [...pairs.values()], rarest: 0.5 / persons })
  const chosen = assign({ candidates: weighed, rows: contentsOf(sample), persons, least: linkFrom })
  const linked = new Map(chosen.map((link) => [link.n, link.person]))
  const known = copy.history
    ? await versionsOf(sides, chosen)
    : [...pairs.values()].filter(({ n, person }) => linked.get(n) === person)
  return {
    ...nothing,
    links: linksOf(known, comparisons),
    metRows: Math.round((chosen.length * Math.max(sample.read, sample.rows.length)) / sample.rows.length),
    weights: new Map(chosen.map(({ n, bits, probability }) => [n, { bits, probability }])),
  }
}

/** The most that a pattern can weigh: every telling value as rare as can be. */
function mostBits(model: AgreementModel, levels: readonly Level[], persons: number): number {
  return model
    .telling(levels)
    .reduce((sum, field) => sum + Math.max(0, Math.log2((model.u[field]?.[4] ?? 1) * persons * 2)), model.bits(levels))
}

/** u of "equal": how often the values of the sample's rows occur in the copy. */
function equalByChance(
  sample: Sample,
  comparison: Comparison,
  shares: ReadonlyMap<string, number> | undefined,
): number | undefined {
  const tokens = sample.rows.map((row) => tokenAt(row, comparison)).filter((token) => token !== '')
  const rows = tokens.length
  // Sorted, so that the sum does not depend on the order of the rows.
  const sum = tokens.toSorted().reduce((total, token) => total + (shares?.get(token) ?? 0), 0)
  return rows < 20 || sum === 0 ? undefined : Math.min(0.99, sum / rows)
}

function tokenAt(row: SampleRow | undefined, { array, here }: Comparison): string {
  return row?.[array][here - 1] ?? ''
}

/** Pairs with their weight, the frequency of equal values taken into account. */
function weighPairs(options: {
  readonly sample: Sample
  readonly comparisons: readonly Comparison[]
  readonly shares: readonly ReadonlyMap<string, number>[]
  readonly model: AgreementModel
  readonly pairs: readonly Pair[]
  readonly rarest: number
}): readonly Candidate[] {
  const { sample, comparisons, shares, model, pairs, rarest } = options
  const rows = new Map(sample.rows.map((row) => [row.n, row]))
  const ofVector = new Map<string, { readonly bits: number; readonly telling: readonly number[] }>()
  return pairs.map(({ n, person, vector }) => {
    const levels = levelsOf(vector, comparisons.length)
    const known = ofVector.get(vector) ?? { bits: model.bits(levels), telling: model.telling(levels) }
    ofVector.set(vector, known)
    let { bits } = known
    for (const field of known.telling) {
      const comparison = comparisons[field]
      const share = comparison === undefined ? undefined : shares[field]?.get(tokenAt(rows.get(n), comparison))
      bits += Math.log2((model.u[field]?.[4] ?? 1) / Math.max(rarest, share ?? rarest))
    }
    return { n, person, bits }
  })
}

/** The content of each sample row as text: rows that say the same are one. */
function contentsOf(sample: Sample): ReadonlyMap<number, string> {
  return new Map(sample.rows.map((row) => [row.n, [...row.ids, ...row.fields].join(' ')]))
}

function linksOf(pairs: readonly Pair[], comparisons: readonly Comparison[]): ReadonlyMap<number, readonly Link[]> {
  const links = new Map<number, Link[]>()
  for (const { n, row, from, to, vector } of pairs.toSorted((a, b) => a.n - b.n || a.row - b.row)) {
    let compared = 0
    let equal = 0
    for (const [bit, level] of levelsOf(vector, comparisons.length).entries()) {
      if (level > 0) compared |= 1 << bit
      if (level === 4) equal |= 1 << bit
    }
    const link: Link = { n, row, from, to, compared, equal }
    const list = links.get(n)
    if (list === undefined) links.set(n, [link])
    else list.push(link)
  }
  return links
}
