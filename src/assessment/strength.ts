import type { Story } from '../intrusion/index.ts'
import type { Verdict } from '../provenance/index.ts'

/** How firmly evidence speaks, whichever side it speaks for; `none`: nothing at hand bears on it. */
export type Strength = 'strong' | 'moderate' | 'weak' | 'none'

/**
 * Score in bits from which a story counts as an intrusion. Administrators' own tools make stories of 20 to 30 bits (one tool, two
 * hosts): those are leads, and leave an assertion open.
 */
export const storyFloor = 40

/** Of a likelihood ratio or of odds, as log10: from 1,000 strong, from 10 moderate (the steps of the ENFSI scale with these words). */
function ratioStrength(log10: number): Strength {
  return log10 >= 3 ? 'strong' : log10 >= 1 ? 'moderate' : 'weak'
}

/** Of a verdict: its winning copy's likelihood ratio, else the probability of what it says of the sample (rule A3). */
export function verdictStrength(verdict: Verdict): Strength {
  const { kind, propositions, sources } = verdict
  switch (verdict.verdict) {
    case 'agrees-with-copy':
    case 'copies-not-separable':
      return ratioStrength(sources[0]?.log10LR ?? propositions?.log10LR ?? 0)
    case 'mixed':
    case 'unknown-copy':
      return oddsStrength(kind.real + kind.mixed)
    case 'recycled':
      return oddsStrength(kind.recycled)
    case 'fabricated':
      return oddsStrength(kind.fabricated)
    case 'login-list':
      return oddsStrength(kind.combo)
    case 'not-established':
      return 'none'
  }
}

function oddsStrength(share: number): Strength {
  return share >= 1 ? 'strong' : ratioStrength(Math.log10(share / (1 - share)))
}

/** Of a story: twice the floor with its way in on record is strong, the floor moderate, a lead weak (rule A3). */
export function storyStrength({ score, initialAccess }: Story): Strength {
  if (score < storyFloor) return 'weak'
  return score >= 2 * storyFloor && initialAccess !== undefined ? 'strong' : 'moderate'
}

const order: readonly Strength[] = ['none', 'weak', 'moderate', 'strong']

/** The lesser of two. */
export function atMost(one: Strength, most: Strength): Strength {
  return order.indexOf(one) <= order.indexOf(most) ? one : most
}

/** Is the first the lesser? */
export function weaker(one: Strength, other: Strength): boolean {
  return order.indexOf(one) < order.indexOf(other)
}
