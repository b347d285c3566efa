import { model } from './model.ts'

/** Shares of the prior that a caller can set; the rest is even over the registered copies. */
export interface Prior {
  readonly unknownCopy?: number
  readonly fabricated?: number
  /** All known leaks together; 0 when none is registered. */
  readonly leaks?: number
  /** Who set it, for the answer to say. */
  readonly setBy?: string
}

/** The prior of each single answer; `merged` is that of all pairs of copies together (rule P11). */
export interface PriorShares {
  readonly copy: number
  readonly leak: number
  readonly merged: number
  readonly unknownCopy: number
  readonly fabricated: number
}

/** Spreads the prior over so many registered copies and leaks. */
export function priorShares(wanted: Prior, copies: number, leaks: number): PriorShares {
  const unknownCopy = wanted.unknownCopy ?? model.prior.unknownCopy
  const fabricated = wanted.fabricated ?? model.prior.fabricated
  const leak = leaks === 0 ? 0 : (wanted.leaks ?? model.prior.leaks)
  const merged = copies < 2 ? 0 : model.prior.merged
  const rest = Math.max(0, 1 - unknownCopy - fabricated - leak - merged)
  const total = unknownCopy + fabricated + leak + merged + (copies === 0 ? 0 : rest)
  return {
    copy: copies === 0 ? 0 : rest / copies / total,
    leak: leaks === 0 ? 0 : leak / leaks / total,
    merged: merged / total,
    unknownCopy: unknownCopy / total,
    fabricated: fabricated / total,
  }
}
