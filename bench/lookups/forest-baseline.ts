import type { Names } from '../../src/lookups/names.ts'
import type { Lake } from '../../src/store/index.ts'
import { isolationScores } from './isolation-forest.ts'
import { lackingFeatures, subscriberFeatures } from './subscriber-features.ts'

/** Forests are drawn anew with each of these: what one finds is partly luck. */
const seeds = [100, 101, 102, 103, 104]

/** Rows of a tree: the paper's, and what told most apart over reads without a reason on a log of seed 1 (of 256, 4,096 and 65,536). */
const samples = [256, 4_096]

/**
 * Who stands among the twenty subscribers that isolation forests put first: targets, and those whom petty misuse is about; and how many subscribers one
 * looks at down to half of the targets.
 */
export async function forestBaseline(
  lake: Lake,
  { targets, petty, ...log }: Graded & { readonly targets: readonly string[]; readonly petty: readonly string[] },
): Promise<Record<string, number>> {
  const { subscribers, columns } = await subscriberFeatures(lake, log)
  const found: Record<string, number> = { 'subscribers read': subscribers.length }
  const features = {
    'all features': [...columns.values()],
    'features without a reason': lackingFeatures.flatMap((name) => columns.get(name) ?? []),
  }
  const ways = Object.entries(features).flatMap(([name, given]) =>
    samples.map((sample) => ({ name: `a forest over ${name}, ${sample} rows a tree`, given, sample })),
  )
  for (const { name, given, sample } of ways) {
    const ranked = seeds.map((seed) => byScore(isolationScores(given, { seed, sample }), subscribers))
    const first = (of: readonly string[]): number[] =>
      ranked.map((some) => placesOf(of, some).filter((place) => place <= 20).length)
    const middle = ranked.map((some) => placesOf(targets, some)[Math.ceil(targets.length / 2) - 1] ?? 0)
    const right = first(targets)
    found[`among the first twenty by ${name}, least`] = Math.min(...right)
    found[`among the first twenty by ${name}, most`] = Math.max(...right)
    found[`petty among the first twenty by ${name}, most`] = Math.max(...first(petty))
    found[`place of the middle target by ${name}, least`] = Math.min(...middle)
    found[`place of the middle target by ${name}, most`] = Math.max(...middle)
  }
  return found
}

interface Graded {
  readonly days: readonly string[]
  readonly names: Names
}

/** Subscribers, highest score first; equal scores stand in the order of the tokens. */
function byScore(scores: Float64Array, subscribers: readonly string[]): readonly string[] {
  return subscribers
    .map((_one, at) => at)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .map((at) => subscribers[at] as string)
}

/** Places of those sought, from 1, ascending. */
function placesOf(sought: readonly string[], ranked: readonly string[]): readonly number[] {
  const those = new Set(sought)
  return ranked.flatMap((one, at) => (those.has(one) ? [at + 1] : []))
}
