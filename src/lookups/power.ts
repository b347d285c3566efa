import { testByAccount } from './account-tests.ts'
import { fitted } from './fitted.ts'
import { level } from './level.ts'
import type { Cell } from './prior.ts'
import type { Candidate, Routing } from './reader-graph.ts'
import type { LogTests } from './test-log.ts'

/** How many invented targets the tests find in this log. */
export interface PowerPoint {
  /** Covert reads of a target in a week, and accounts they are spread over. */
  readonly perWeek: number
  readonly accounts: number
  readonly found: number
  readonly of: number
}

const rates = [1, 0.5, 0.25, 0.125] as const
const spreads = [6, 20] as const
const [targets, rounds] = [20, 2]

/**
 * Puts invented targets into the log and counts those the tests S1 and S3 find (rule P1): subscribers are drawn from those of the log, accounts
 * from its accounts, reads by Poisson. Numbers are drawn by a fixed sequence: the same log gives the same answer.
 */
export function powerOf(log: LogTests, options: { readonly tests: number; readonly days: number }): readonly PowerPoint[] {
  if (log.routing.accounts.length < 2) return []
  const random = sequence(options.tests + options.days)
  const points: PowerPoint[] = []
  for (const accounts of spreads) {
    if (accounts > log.routing.accounts.length / 2) continue
    for (const perWeek of rates) {
      let found = 0
      for (let round = 0; round < rounds; round += 1)
        found += foundOf(log, { ...options, random, accounts, mean: (perWeek * options.days) / 7 })
      points.push({ perWeek, accounts, found, of: targets * rounds })
    }
  }
  return points
}

function foundOf(
  log: LogTests,
  options: { tests: number; days: number; random: () => number; accounts: number; mean: number },
): number {
  const { random, tests } = options
  const stolen = new Set<number>()
  while (stolen.size < options.accounts) stolen.add(Math.floor(random() * log.routing.accounts.length))
  const pick = [...stolen]
  const base = cellDraw(log.cells, tests)
  const invented = Array.from({ length: targets }, (_one, n): Candidate => {
    const { x, u } = base(random())
    const reads: [string, number][] = []
    for (let k = 0; k < u; k += 1) reads.push([accountAt(log.routing, random()), Math.floor(random() * options.days)])
    const days = new Set<number>()
    for (let k = poisson(random, options.mean); k > 0; k -= 1) {
      const day = Math.floor(random() * options.days)
      days.add(day)
      reads.push([log.routing.accounts[pick[Math.floor(random() * pick.length)] ?? 0] ?? '', day])
    }
    const byAccount = Map.groupBy(reads, ([account]) => account)
    return {
      subscriber: `invented${n}`,
      x,
      u: u + days.size,
      readers: [...byAccount].map(([account, some]) => ({ account, days: some.length, known: false })),
      reads,
      explained: [],
    }
  })
  const { results } = testByAccount({
    candidates: invented,
    baseline: log.baseline,
    routing: log.routing,
    behind: log.folds,
  })
  const logs = invented
    .map((one, at) => {
      const spread = Math.min(one.u, one.readers.length)
      const s1 = log.baseline.tail({ x: one.x }, { kind: 'days', u: spread })
      const by = results[at]
      return Math.min(s1 - Math.log(fitted.shares.s1), (by?.s3 ?? 0) - Math.log(fitted.shares.s3))
    })
    .sort((a, b) => a - b)
  // Benjamini and Hochberg among the invented alone: what else the log holds does not help them.
  let found = 0
  for (const [at, logP] of logs.entries()) if (logP <= Math.log((level * (at + 1)) / tests)) found = at + 1
  return found
}

/** A subscriber of the log by chance: its explained and unexplained days. */
function cellDraw(cells: readonly Cell[], tests: number): (share: number) => { x: number; u: number } {
  const seen = cells.reduce((sum, cell) => sum + cell.count, 0)
  return (share) => {
    let rest = share * Math.max(tests, seen)
    for (const cell of cells) {
      rest -= cell.count
      if (rest < 0) return cell
    }
    return { x: 0, u: 0 }
  }
}

function accountAt(routing: Routing, share: number): string {
  let rest = share * routing.shares.reduce((sum, one) => sum + one, 0)
  for (const [at, one] of routing.shares.entries()) {
    rest -= one
    if (rest < 0) return routing.accounts[at] ?? ''
  }
  return routing.accounts.at(-1) ?? ''
}

function poisson(random: () => number, mean: number): number {
  let product = random()
  let k = 0
  for (const floor = Math.exp(-mean); product > floor; k += 1) product *= random()
  return k
}

/** Numbers from 0 to 1 in a fixed order (xorshift). */
function sequence(seed: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x6d2b79f5) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
}

/** The power in a sentence: the slowest rate that is found with probability 0.9, and the fastest that is mostly not. */
export function powerSentence(points: readonly PowerPoint[]): string {
  const six = points.filter((point) => point.accounts === spreads[0]).toSorted((a, b) => b.perWeek - a.perWeek)
  const sure = six.filter((point) => point.found >= 0.9 * point.of).at(-1)
  const not = six.find((point) => point.found < 0.5 * point.of)
  const share = (point: PowerPoint): string => (point.found / point.of).toFixed(2)
  const parts = [
    ...(sure === undefined
      ? []
      : [
          `a target read ${often(sure.perWeek)} through ${sure.accounts} accounts would be found with probability ${share(sure)}`,
        ]),
    ...(not === undefined ? [] : [`one read ${often(not.perWeek)} with probability ${share(not)} only`]),
  ]
  if (parts.length === 0)
    return six.length === 0
      ? 'This log is too small to say what would be found in it.'
      : `With this log a target read ${often(six[0]?.perWeek ?? 1)} through ${spreads[0]} accounts would be found with probability ${six[0] === undefined ? '0' : share(six[0])}.`
  return `With this log ${parts.join('; ')}. Reads made only beside genuine contacts would not be found.`
}

function often(perWeek: number): string {
  return perWeek === 1 ? 'once a week' : `once in ${Math.round(1 / perWeek)} weeks`
}
