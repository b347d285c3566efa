import { sha256 } from '../base/index.ts'
import { seeded } from './chance.ts'
import type { Bit } from './site.ts'

/** The accusing score of an extract against that of code words nobody was given. */
export interface AgainstChance {
  readonly score: number
  /** Fresh code words drawn, and how many of them scored as high. */
  readonly draws: number
  readonly asHigh: number
  /** log10 of the chance that a fresh code word scores as high; estimated from tilted draws where plain ones cannot reach. */
  readonly log10P: number
}

/** A read site: the spelling found, and the chance that a recipient has a 1 there. */
export interface ReadSite {
  readonly read: Bit
  readonly bias: number
}

/** Plain draws, and single sites drawn in all of them: large samples get fewer draws and lean on the tilted ones. */
const mostDraws = 1_000
const mostDrawnSites = 2_000_000
const tiltedDraws = 400
/** Chances below e^-200 are given by their bound: how far beyond plays no part in any answer. */
const farBeyond = -200

/**
 * The null of fresh random keys, after Furon and Desoubeaux, "Tardos codes for real" (2014): what was read stays as it is, code words
 * are drawn anew. Scores that plain draws never reach are estimated by importance sampling of the same null (draws tilted until
 * they score as high on average, each weighed by its likelihood ratio), so that a p-value of 10^-30 is a measured one.
 */
export function againstFreshKeys(sites: readonly ReadSite[], score: number): AgainstChance {
  const random = seeded(sha256(sites.map((site) => `${site.read}${site.bias.toFixed(6)}`).join(' ')))
  const gains = sites.map(({ read, bias }) => gainsOf(read, bias))
  const draws = Math.max(50, Math.min(mostDraws, Math.floor(mostDrawnSites / Math.max(1, sites.length))))
  let asHigh = 0
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0
    for (const site of gains) sum += random() < site.bias ? site.one : site.zero
    if (sum >= score - 1e-9) asHigh += 1
  }
  if (asHigh >= 20 || gains.length === 0) return { score, draws, asHigh, log10P: Math.log10((asHigh + 1) / (draws + 1)) }
  return { score, draws, asHigh, log10P: Math.min(0, tiltedTail(gains, score, random) / Math.LN10) }
}

interface Gains {
  readonly bias: number
  readonly one: number
  readonly zero: number
}

function gainsOf(read: Bit, bias: number): Gains {
  const one = Math.sqrt((1 - bias) / bias)
  const zero = Math.sqrt(bias / (1 - bias))
  return read === 1 ? { bias, one, zero: -zero } : { bias, one: -one, zero }
}

/** Natural log of P(score of a fresh code word >= score), by exponential tilting. */
function tiltedTail(gains: readonly Gains[], score: number, random: () => number): number {
  const most = gains.reduce((sum, { one, zero }) => sum + Math.max(one, zero), 0)
  if (score > most + 1e-9) return -Infinity
  let low = 0
  let high = 60
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (tilt(gains, middle).mean < score) low = middle
    else high = middle
  }
  const strength = (low + high) / 2
  const { cumulant, chances } = tilt(gains, strength)
  const bound = cumulant - strength * score
  if (bound < farBeyond) return bound
  let weight = 0
  for (let draw = 0; draw < tiltedDraws; draw += 1) {
    let sum = 0
    for (const [at, site] of gains.entries()) sum += random() < (chances[at] ?? 0) ? site.one : site.zero
    if (sum >= score - 1e-9) weight += Math.exp(-strength * (sum - score))
  }
  // Chernoff's bound where not one tilted draw reaches the score: never smaller than the truth.
  const share = weight === 0 ? 1 : weight / tiltedDraws
  return bound + Math.log(share)
}

function tilt(gains: readonly Gains[], strength: number): { cumulant: number; mean: number; chances: Float64Array } {
  const chances = new Float64Array(gains.length)
  let cumulant = 0
  let mean = 0
  for (const [at, { bias, one, zero }] of gains.entries()) {
    const top = Math.max(one, zero) * strength
    const ones = bias * Math.exp(one * strength - top)
    const zeros = (1 - bias) * Math.exp(zero * strength - top)
    const chance = ones / (ones + zeros)
    chances[at] = chance
    cumulant += top + Math.log(ones + zeros)
    mean += chance * one + (1 - chance) * zero
  }
  return { cumulant, mean, chances }
}
