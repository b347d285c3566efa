import { bit } from './cost.ts'

/** How far a search goes before it stops and says so. */
export interface Budget {
  /** States looked at in each direction, over all alerts; the cheapest first. */
  readonly states: number
  /** Rounds of reading in each direction, nodes of one round, edges read per node. */
  readonly rounds: number
  readonly frontier: number
  readonly fanOut: number
  /** Dearest path that still joins anything, in bits; see `calibrate`. */
  readonly ceiling: number
  /** Neighbours from which on a node is a hub whatever its name. */
  readonly hubDegree: number
  /** Alerts of one cluster that are joined by search; the strongest when there are more. */
  readonly terminals: number
}

/**
 * What is used unless the caller says otherwise. On ten generated quiet estates (seeds 1 to 10, 630 ways back to a known way in) `calibrate` gives
 * 6.45 bits, single estates 5.2 to 9.2; the ceiling is set to 8 between them. How deep the generator makes ordinary chains decides this figure:
 * it is to be fitted again on quiet days of real logs.
 */
export const usualBudget: Budget = {
  states: 20_000,
  rounds: 100,
  frontier: 200,
  fanOut: 50,
  ceiling: 8,
  hubDegree: 200,
  terminals: 200,
}

/** Figures of quiet days below which nothing can be fitted. */
const fewest = 100

/**
 * The value that 99 in 100 of the given figures of benign days do not pass: a ceiling for paths when given what benign chains cost to connect
 * (`Tree.score.dearest`, of stories whose way in is known), a threshold for stories when given what benign stories score. With fewer than 100 figures `otherwise` stands, and a
 * fitted value never leaves half to double of it, so that one odd month cannot switch the search off or let it run.
 */
export function calibrate(benign: readonly number[], otherwise: number = usualBudget.ceiling): number {
  const known = benign.filter((one) => Number.isFinite(one)).sort((a, b) => a - b)
  if (known.length < fewest) return otherwise
  const fitted = known[Math.ceil(0.99 * known.length) - 1] as number
  return Math.round(bit * Math.min(2 * otherwise, Math.max(otherwise / 2, fitted))) / bit
}
