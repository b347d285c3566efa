import { logAdd } from './chance.ts'
import type { Bit } from './site.ts'

/** Shares of changed spellings that are weighed: one for the whole sample. */
const noiseLevels = [
  { noise: 0.002, weight: 0.2 },
  { noise: 0.01, weight: 0.2 },
  { noise: 0.03, weight: 0.15 },
  { noise: 0.06, weight: 0.15 },
  { noise: 0.12, weight: 0.12 },
  { noise: 0.2, weight: 0.1 },
  { noise: 0.3, weight: 0.08 },
] as const

/** Chance that the sites of one kind in one column were wiped out, beside what the whole sample went through. */
const wipedOut = 0.15

/** What one site says: the spelling read, the one set, and the chance of a 1 among recipients. */
export interface ComparedSite {
  readonly read: Bit
  readonly bit: Bit
  readonly bias: number
}

/**
 * Natural log of P(read | these marks) / P(read | other marks), over all noise levels: for fair coins the sum of log((1-eta)/0.5) or
 * log(eta/0.5). `groups` are the sites of one kind in one column each; one that was wiped out says nothing and costs little.
 */
export function logMarks(groups: readonly (readonly ComparedSite[])[]): number {
  if (groups.every((sites) => sites.length === 0)) return 0
  let total = -Infinity
  for (const { noise, weight } of noiseLevels) {
    let sum = Math.log(weight)
    for (const sites of groups) {
      const intact = sites.reduce((log, site) => log + logSite(site, noise), Math.log(1 - wipedOut))
      sum += logAdd(intact, Math.log(wipedOut))
    }
    total = logAdd(total, sum)
  }
  return total
}

function logSite({ read, bit, bias }: ComparedSite, noise: number): number {
  const ones = bias * (1 - noise) + (1 - bias) * noise
  return Math.log((read === bit ? 1 - noise : noise) / (read === 1 ? ones : 1 - ones))
}

/** Bits that are lost because nobody knows how noisy a sample is, and which of its groups were wiped out. */
export function unknownNoiseBits(groups: number): number {
  return -Math.log2(noiseLevels[0].weight) - groups * Math.log2(1 - wipedOut)
}

/** Bits that one site carries when a share `noise` of spellings is changed: 1, 0.71, 0.28 at 0, 5, 20 % for fair coins. */
export function informationPerSite(noise: number, pooled: boolean): number {
  const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p))
  if (!pooled) return 1 - entropy(noise)
  const steps = 2_000
  let sum = 0
  for (let step = 0; step < steps; step += 1) {
    const p = Math.sin(((step + 0.5) / steps) * (Math.PI / 2)) ** 2
    sum += entropy(p * (1 - noise) + (1 - p) * noise) - entropy(noise)
  }
  return sum / steps
}
