import type { Dating } from './dating.ts'
import type { Linkage } from './linkage.ts'
import type { Mixture } from './mixture.ts'
import { logSum, model } from './model.ts'
import type { SourceFit } from './row-fit.ts'

/** One possible answer with what the sample says about it. `log` is tempered and natural; `prior` sums to 1 over all answers. */
export type Hypothesis =
  | Known
  | Merged
  | {
      readonly kind: 'unknown-copy'
      readonly mixture: Mixture | undefined
      readonly log: number
      readonly prior: number
      /** The registered extract that this copy resembles on another day, if any. */
      readonly like?: Linkage
    }
  | { readonly kind: 'fabricated'; readonly log: number; readonly prior: number; readonly seeded: boolean }

/**
 * Two registered copies put together; `linkage` is the one most rows come from. `secondShare`: of the rows that come from either; `onlySecond`: share of
 * all rows that the second explains and the first does not explain as well.
 */
export interface Merged extends Omit<Known, 'kind'> {
  readonly kind: 'merged'
  readonly second: Linkage
  readonly secondShare: number
  readonly onlySecond: number
}

/** One registered copy or known leak as the answer. */
export interface Known {
  readonly kind: 'copy' | 'leak'
  readonly linkage: Linkage
  readonly fit: SourceFit
  readonly mixture: Mixture
  readonly log: number
  readonly prior: number
}

/**
 * Are two sources told apart from one with edited cells (rule P18)? `onlySecond` of the rows the second explains clearly better. One that does not hold all
 * fields of the sample fits every row in which those are damaged: then its share alone tells, where it is more than damage explains.
 */
function toldApart({ lacking, shares, noise }: Mixture, onlySecond: number): boolean {
  const { least, perNoise, lackingPerNoise } = model.secondShare
  const [first = 0, second = 0] = shares
  return onlySecond >= least + perNoise * noise || (lacking && Math.min(first, second) >= least + lackingPerNoise * noise)
}

/** Are two copies put together told apart from one? */
export function isTwo(answer: Hypothesis): answer is Merged {
  return answer.kind === 'merged' && toldApart(answer.mixture, answer.onlySecond)
}

/** Do rows of a registered copy stand beside those of an unknown one? */
export function isBeside(answer: Hypothesis): boolean {
  return (
    answer.kind === 'unknown-copy' &&
    answer.mixture?.parts[1]?.of === 'second' &&
    toldApart(answer.mixture, answer.mixture.apart[1])
  )
}

/** log of the day's part: the prior over days, averaged over how well the days fit (rule P8). */
export function dayTerm(dating: Dating | undefined, asOf: number | undefined): number {
  if (dating === undefined) return 0
  const weights = dating.stretches.map(({ from, to }) =>
    asOf === undefined ? to - from + 1 : recent(Math.max(from, asOf - model.ownDays), Math.min(to, asOf), asOf),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return 0
  return logSum(dating.stretches.map(({ log }, at) => log + Math.log((weights[at] ?? 0) / total)))
}

/** log of the day's part for an extract handed out again: half near the day of the one that is known, half any day (rule P8). */
export function dayTermNear(dating: Dating | undefined, day: number): number {
  if (dating === undefined) return 0
  const days = dating.stretches.map(({ from, to }) => to - from + 1)
  const near = dating.stretches.map(({ from, to }) => until(to + 1 - day) - until(from - day))
  const [all, close] = [days, near].map((list) => list.reduce((sum, one) => sum + one, 0))
  return logSum(
    dating.stretches.map(({ log }, at) => {
      const even = (days[at] ?? 0) / (all ?? 1)
      return log + Math.log(close === undefined || close <= 0 ? even : (even + (near[at] ?? 0) / close) / 2)
    }),
  )
}

/** Share of a Laplace distribution below so many days after its middle. */
function until(days: number): number {
  const tail = Math.exp(-Math.abs(days) / model.againDays) / 2
  return days < 0 ? tail : 1 - tail
}

/** Sum over days of 2^-(age / half-life). */
function recent(from: number, to: number, asOf: number): number {
  if (to < from) return 0
  const rate = Math.LN2 / model.ownHalfLifeDays
  return (Math.exp(-rate * (asOf - to)) * (1 - Math.exp(-rate * (to - from + 1)))) / (1 - Math.exp(-rate))
}

/** Posterior of each hypothesis; log likelihoods more than the cap below the best count as the cap (rule P10). Sums to 1. */
export function posteriors(hypotheses: readonly Pick<Hypothesis, 'log' | 'prior'>[]): number[] {
  const top = Math.max(...hypotheses.map((one) => one.log))
  const floor = top - model.capLog10 * Math.LN10
  const logs = hypotheses.map((one) => Math.log(one.prior) + Math.max(one.log, floor))
  const total = logSum(logs)
  return logs.map((log) => Math.exp(log - total))
}

/** log10 of the likelihood ratio against the best of `others`, within the cap. */
export function log10LR(log: number, others: readonly number[]): number {
  if (others.length === 0) return 0
  const ratio = (log - Math.max(...others)) / Math.LN10
  return Math.max(-model.capLog10, Math.min(model.capLog10, ratio))
}
