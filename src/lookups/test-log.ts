import type { Lake } from '../store/index.ts'
import { testByAccount, type ByAccount, type Folds } from './account-tests.ts'
import { baselineOf, type Baseline } from './baseline.ts'
import { candidatesOf, cellTable } from './candidates.ts'
import { logQValues } from './false-discovery.ts'
import { fitted, type TestConstants } from './fitted.ts'
import { higherCriticism } from './higher-criticism.ts'
import { level } from './level.ts'
import type { Names } from './names.ts'
import { fitPrior, type Cell } from './prior.ts'
import { logPoissonTail } from './poisson.ts'
import type { Candidate, Routing } from './reader-graph.ts'
import type { Ring } from './ring.ts'
import { routingOf } from './routing.ts'
import type { TestedRows } from './tested.ts'
import { logPUnexplained } from './unexplained-days.ts'

/** A subscriber that the tests single out. */
export interface Flag {
  /** ln p over all tests, ln q over all subscribers. */
  readonly logP: number
  readonly logQ: number
  /** The tests that would single the subscriber out alone, by their own p; at least the one with the least p. */
  readonly tests: readonly string[]
  readonly by?: ByAccount
}

/** What the tests say about one log (or a permutation of it). */
export interface LogTests {
  /** Read covertly (S1, S3, S4); and read again and again by one account alone (S2), those not among the former. */
  readonly flags: ReadonlyMap<string, Flag>
  readonly recurring: ReadonlyMap<string, Flag>
  readonly cells: readonly Cell[]
  readonly baseline: Baseline
  readonly routing: Routing
  readonly candidates: readonly Candidate[]
  readonly rings: readonly (readonly Ring[])[]
  readonly folds: Folds
  /** Higher criticism over p of S1. */
  readonly higherCriticism: number
}

/** Tests S1 to S4 over the tested rows of one log, with Benjamini and Hochberg over `tests` subscribers, for S2 apart (rules T1 to T5). */
export async function testLog(
  lake: Lake,
  options: {
    readonly tested: TestedRows
    /** Load of `lookup_subscribers` over these rows, and the accounts with tested days, by number. */
    readonly subscribers: string
    readonly accounts: readonly number[]
    readonly names: Names
    readonly tests: number
    readonly weightOf?: ReadonlyMap<string, number>
    /** ln p of S4 by subscriber. */
    readonly continued?: ReadonlyMap<string, number>
    readonly constants?: TestConstants
  },
): Promise<LogTests> {
  const { constants = fitted } = options
  const cells = await cellTable(lake, options.subscribers)
  const unseen = options.tests - cells.reduce((sum, cell) => sum + cell.count, 0)
  const prior = fitPrior(unseen > 0 ? [...cells, { x: 0, u: 0, count: unseen }] : cells)
  const baseline = baselineOf(prior)
  const logP = cells.map((cell) => logPUnexplained(prior, cell))
  const candidates = await candidatesOf(lake, { ...options, cells, logP })
  const routing = await routingOf(lake, options)
  const weight =
    options.weightOf === undefined ? undefined : Float64Array.from(routing.accounts, (one) => options.weightOf?.get(one) ?? 1)
  const { results, rings, folds } = testByAccount({
    candidates,
    baseline,
    routing,
    constants,
    ...(weight === undefined ? {} : { weight }),
  })

  const s1Of = new Map(cells.map((cell, at) => [`${cell.x}/${cell.u}`, logP[at] ?? 0]))
  const left = new Map(cells.map((cell) => [`${cell.x}/${cell.u}`, cell.count]))
  const single = candidates.map((candidate, at) => {
    const key = `${candidate.x}/${candidate.u}`
    left.set(key, (left.get(key) ?? 0) - 1)
    const by = results[at] ?? { s2: 0, s3: 0 }
    // One account coming again is S2's matter: to S1 it is one read.
    const spread = { x: candidate.x, u: Math.min(candidate.u, candidate.readers.length) }
    const s4 = options.continued?.get(candidate.subscriber) ?? 0
    const parts = weighed({ s1: baseline.tail(spread, { kind: 'days', u: spread.u }), s3: by.s3, s4 }, constants.shares)
    return { subscriber: candidate.subscriber, by, parts, logP: Math.min(0, ...parts.map((part) => part.logP)) }
  })
  const rest = [...left].map(([key, count]) => ({
    logP: Math.min(0, (s1Of.get(key) ?? 0) - Math.log(constants.shares.s1)),
    count,
  }))
  const logQ = logQValues([...single.map((one) => ({ logP: one.logP, count: 1 })), ...rest], options.tests)
  const againQ = logQValues(
    single.map((one) => ({ logP: one.by.s2, count: 1 })),
    options.tests,
  )
  const flags = new Map<string, Flag>()
  const recurring = new Map<string, Flag>()
  for (const [at, one] of single.entries()) {
    const [q, again] = [logQ[at] ?? 0, againQ[at] ?? 0]
    if (q <= Math.log(level)) {
      const tests = one.parts
        .filter((part) => part.logP === one.logP || part.logP <= Math.log(level / options.tests))
        .map((part) => part.test)
      flags.set(one.subscriber, { logP: one.logP, logQ: q, tests: tests.sort(), by: one.by })
    } else if (again <= Math.log(level))
      recurring.set(one.subscriber, { logP: one.by.s2, logQ: again, tests: ['S2'], by: one.by })
  }
  promote({ flags, recurring, routing })
  return {
    flags,
    recurring,
    cells,
    baseline,
    routing,
    candidates,
    rings,
    folds,
    higherCriticism: higherCriticism({
      cells: cells.map((cell, at) => ({ logP: logP[at] ?? 0, count: cell.count })),
      tests: options.tests,
    }),
  }
}

/** An account that comes again and again to more subscribers than such accounts do is no curious one: those it reads are read covertly (rule Q2). */
function promote({
  flags,
  recurring,
  routing,
}: {
  flags: Map<string, Flag>
  recurring: Map<string, Flag>
  routing: Routing
}): void {
  const byAccount = new Map<string, string[]>()
  for (const [subscriber, { by }] of recurring)
    if (by?.recurring !== undefined) byAccount.set(by.recurring, [...(byAccount.get(by.recurring) ?? []), subscriber])
  const usual = recurring.size / Math.max(1, routing.accounts.length)
  for (const subscribers of byAccount.values()) {
    if (subscribers.length < 3 || logPoissonTail(usual, subscribers.length) > Math.log(level / routing.accounts.length)) continue
    for (const subscriber of subscribers) {
      const flag = recurring.get(subscriber)
      if (flag === undefined) continue
      recurring.delete(subscriber)
      flags.set(subscriber, flag)
    }
  }
}

/** Each test's p against its share of the level. */
function weighed(
  logs: { s1: number; s3: number; s4: number },
  shares: TestConstants['shares'],
): { test: string; logP: number }[] {
  return [
    { test: 'S1', logP: logs.s1 - Math.log(shares.s1) },
    { test: 'S3', logP: logs.s3 - Math.log(shares.s3) },
    { test: 'S4', logP: logs.s4 - Math.log(shares.s4) },
  ].filter((part) => part.logP < 0)
}
