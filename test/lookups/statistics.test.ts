import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testByAccount } from '../../src/lookups/account-tests.ts'
import { baselineOf } from '../../src/lookups/baseline.ts'
import { readTogether } from '../../src/lookups/co-reads.ts'
import { higherCriticism } from '../../src/lookups/higher-criticism.ts'
import { logBetaBinomialTail, logNegativeBinomialTail } from '../../src/lookups/negative-binomial.ts'
import { beyondPeers } from '../../src/lookups/peers.ts'
import { logPoissonTail } from '../../src/lookups/poisson.ts'
import { fitPrior } from '../../src/lookups/prior.ts'
import { groupSize, type Candidate, type Routing } from '../../src/lookups/reader-graph.ts'
import { toldInWeek } from '../../src/lookups/weekly.ts'
import { seeded } from './case.ts'

test('R4: the negative binomial tail agrees with sums by hand, and with Poisson at infinite size', () => {
  // Size 1 is geometric: P(N >= k) = (m / (1 + m))^k.
  for (const k of [1, 2, 5]) expect(logNegativeBinomialTail({ mean: 0.5, size: 1, k })).toBeCloseTo(k * Math.log(1 / 3), 9)
  expect(Math.exp(logNegativeBinomialTail({ mean: 3, size: 2, k: 2 }))).toBeCloseTo(1 - 0.4 ** 2 - 2 * 0.4 ** 2 * 0.6, 9)
  expect(logNegativeBinomialTail({ mean: 1e-4, size: Infinity, k: 2 })).toBe(logPoissonTail(1e-4, 2))
  // Far in the tail, where 1 - P is zero in floating point.
  expect(logNegativeBinomialTail({ mean: 1e-5, size: 1, k: 4 })).toBeCloseTo(4 * Math.log(1e-5 / (1 + 1e-5)), 6)
})

test('U1: the beta-binomial tail agrees with sums by hand, and with the binomial at high concentration', () => {
  // Beta(1, 1): every count from 0 to n is equally likely.
  expect(Math.exp(logBetaBinomialTail({ n: 9, share: 0.5, concentration: 2, k: 7 }))).toBeCloseTo(0.3, 9)
  const binomial = [2, 3, 4].reduce((sum, k) => sum + ([0, 0, 6, 4, 1][k] ?? 0) * 0.1 ** k * 0.9 ** (4 - k), 0)
  expect(Math.exp(logBetaBinomialTail({ n: 4, share: 0.1, concentration: Infinity, k: 2 }))).toBeCloseTo(binomial, 5)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.double({ min: 1, max: 200, noNaN: true }),
      (n, share, concentration) => {
        const tails = Array.from({ length: n + 1 }, (_one, k) => logBetaBinomialTail({ n, share, concentration, k }))
        for (const [k, tail] of tails.entries()) expect(tail).toBeLessThanOrEqual((tails[k - 1] ?? 0) + 1e-9)
      },
    ),
  )
})

test('H1: higher criticism is small where p values are as they should be, large where a few hundred are too small', () => {
  const uniform = Array.from({ length: 1000 }, (_one, at) => ({ logP: Math.log((at + 1) / 1000), count: 100 }))
  expect(higherCriticism({ cells: uniform, tests: 100_000 })).toBeLessThan(2)
  expect(higherCriticism({ cells: [...uniform, { logP: Math.log(1e-4), count: 200 }], tests: 100_200 })).toBeGreaterThan(10)
  expect(higherCriticism({ cells: [], tests: 1000 })).toBe(0)
})

/** Reads without a reason of an invented operator with 400 accounts: clean subscribers with a few each, and `targets` read by a group of accounts. */
function operator(given: { seed: number; targets: number; group: number; reads: number; one?: boolean }): {
  candidates: Candidate[]
  routing: Routing
} {
  const random = seeded(given.seed)
  const accounts = Array.from({ length: 400 }, (_one, at) => `a${at}`)
  const any = (): string => `a${Math.floor(random() * 400)}`
  const token = (at: number): string =>
    `t${at}${Math.floor(random() * 0xfff_ffff)
      .toString(16)
      .padStart(7, '0')}`
  const candidate = (at: number, names: readonly string[]): Candidate => {
    const reads = names.map((account, n): [string, number] => [account, 1 + n * 3 + Math.floor(random() * 3)])
    return {
      subscriber: token(at),
      x: Math.floor(random() * 3),
      u: new Set(reads.map(([, day]) => day)).size,
      readers: [...Map.groupBy(reads, ([account]) => account)].map(([account, some]) => ({
        account,
        days: some.length,
        known: false,
      })),
      reads,
      explained: [],
    }
  }
  const clean = Array.from({ length: 600 }, (_one, at) =>
    candidate(at, Array.from({ length: 2 + Math.floor(random() * 2) }, any)),
  )
  const group = Array.from({ length: given.group }, (_one, at) => `a${at * 17}`)
  const targets = Array.from({ length: given.targets }, (_one, at) =>
    candidate(
      10_000 + at,
      Array.from({ length: given.reads }, () => group[Math.floor(random() * group.length)] ?? ''),
    ),
  )
  const routing: Routing = {
    accounts,
    numberOf: new Map(accounts.map((account, at) => [account, at])),
    shares: new Float64Array(400).fill(1 / 400),
    teams: new Int32Array(400).fill(-1),
    again: new Float64Array(400).fill(0.05),
    sameTeam: 1,
    otherTeam: 1,
  }
  return { candidates: [...clean, ...targets], routing }
}

/** A prior of light traffic: few contacts, one in twenty without a reason. */
const baseline = baselineOf(
  fitPrior([
    { x: 0, u: 0, count: 800_000 },
    { x: 1, u: 0, count: 150_000 },
    { x: 2, u: 0, count: 30_000 },
    { x: 3, u: 0, count: 9_000 },
    { x: 0, u: 1, count: 9_500 },
    { x: 1, u: 1, count: 3_000 },
    { x: 2, u: 1, count: 900 },
    { x: 0, u: 2, count: 60 },
    { x: 1, u: 2, count: 40 },
  ]),
)

test('R1 to R4: the six accounts that share twenty subscribers are found, and p of a target is small', () => {
  const { candidates, routing } = operator({ seed: 3, targets: 20, group: 6, reads: 5 })
  const { results, rings } = testByAccount({ candidates, baseline, routing })
  for (const ring of rings)
    expect((ring[0]?.accounts ?? []).map((at) => routing.accounts[at]).sort()).toEqual(['a0', 'a17', 'a34', 'a51', 'a68', 'a85'])
  const targets = results.slice(600)
  expect(targets.filter((one) => one.s3 < Math.log(1e-8)).length).toBeGreaterThanOrEqual(18)
  expect(results.slice(0, 600).filter((one) => one.s3 < Math.log(1e-6))).toEqual([])
})

test('R4: where nobody is planted, p of S3 is honest: among 6,000 candidates none is below one in a million', () => {
  for (let seed = 10; seed < 20; seed += 1) {
    const { candidates, routing } = operator({ seed, targets: 0, group: 1, reads: 0 })
    expect(testByAccount({ candidates, baseline, routing }).results.filter((one) => one.s3 < Math.log(1e-6))).toEqual([])
  }
})

test('R1: one account that reads twenty subscribers again and again makes no group; S2 tells it', () => {
  const { candidates, routing } = operator({ seed: 5, targets: 20, group: 1, reads: 6 })
  const { results } = testByAccount({ candidates, baseline, routing })
  for (const one of results.slice(600)) {
    expect(one.s3).toBe(0)
    expect(one.s2).toBeLessThan(Math.log(1e-6))
    expect(one.recurring).toBe('a0')
  }
})

test('R6: an account that also reads the subscriber with reasons is in charge of it, and is not told by S2', () => {
  const { candidates, routing } = operator({ seed: 5, targets: 20, group: 1, reads: 6 })
  const inCharge = candidates.map((one) => ({ ...one, readers: one.readers.map((reader) => ({ ...reader, known: true })) }))
  expect(testByAccount({ candidates: inCharge, baseline, routing }).results.every((one) => one.s2 === 0)).toBe(true)
})

test('R5: accounts of one team are allowed more in common than accounts of many', () => {
  const { routing } = operator({ seed: 1, targets: 0, group: 1, reads: 0 })
  const teams = Int32Array.from({ length: 400 }, (_one, at) => at % 20)
  const teamed = { ...routing, teams, sameTeam: 5, otherTeam: 0.8 }
  expect(groupSize(teamed, [0, 20, 40])).toBeCloseTo(1 / 4, 6)
  expect(groupSize(teamed, [0, 1, 2, 3, 4, 5])).toBeGreaterThan(1)
  expect(groupSize(routing, [0, 1, 2])).toBe(Infinity)
})

test('G1: subscribers read on the same days by the same account three times are one list; twice is none', () => {
  const reads = (days: readonly number[], account = 'ann'): Candidate => ({
    subscriber: `s${days.join('-')}${account}`,
    x: 0,
    u: days.length,
    readers: [{ account, days: days.length, known: false }],
    reads: days.map((day) => [account, day]),
    explained: [],
  })
  const lists = readTogether([reads([1, 5, 9]), reads([1, 5, 9, 12]), reads([1, 5]), reads([1, 5, 9], 'bob'), reads([12, 20])])
  expect(lists).toEqual([{ subscribers: ['s1-5-9ann', 's1-5-9-12ann'], accounts: ['ann'], days: 3 }])
})

test('E1: a target read every week is told in its sixth week or so, a subscriber read twice never', () => {
  const of = (subscriber: string, days: readonly number[]): Candidate => ({
    subscriber,
    x: 0,
    u: days.length,
    readers: days.map((day) => ({ account: `a${day}`, days: 1, known: false })),
    reads: days.map((day): [string, number] => [`a${day}`, day]),
    explained: [],
  })
  const told = toldInWeek({
    candidates: [of('weekly', [3, 10, 17, 24, 31, 38, 45, 52]), of('twice', [3, 60])],
    baseline,
    tests: 1_000_000,
    first: 0,
    last: 89,
  })
  expect([...told.keys()]).toEqual(['weekly'])
  expect(told.get('weekly')).toBeGreaterThanOrEqual(20)
  expect(told.get('weekly')).toBeLessThanOrEqual(62)
})

/** Accounts in teams of 50 with a few reads each; the share without a reason differs between them about one in twenty. */
function peers(given: { seed: number; many: number; reads: number; spread: number }) {
  const random = seeded(given.seed)
  return Array.from({ length: given.many }, (_one, at) => {
    const n = Math.max(1, Math.round(given.reads * (0.5 + random())))
    const share = 0.05 * (1 + given.spread * (2 * random() - 1))
    let k = 0
    for (let read = 0; read < n; read += 1) if (random() < share) k += 1
    return { account: `a${at}`, team: `t${Math.floor(at / 50)}`, n, k }
  })
}

test.each([
  [12, 0],
  [12, 0.9],
  [60, 0.9],
  [400, 0.9],
])(
  'U1: where accounts with %i reads each differ by chance alone, one log in twenty at most has one beyond its peers',
  (reads, spread) => {
    const logs = Array.from({ length: 40 }, (_one, seed) => beyondPeers(peers({ seed, many: 1_000, reads, spread })).length)
    expect(logs.filter((found) => found > 0).length).toBeLessThanOrEqual(2)
  },
)

test('U1: accounts far beyond their peers are found, a fifth of a team among them, and hide none of each other', () => {
  const rows = peers({ seed: 50, many: 1_000, reads: 40, spread: 0.9 })
  const bad = rows.map((row, at) => (at < 10 || at % 200 === 75 ? { ...row, n: 40, k: 24 } : row))
  const found = beyondPeers(bad).map((one) => one.account)
  expect(found).toEqual(expect.arrayContaining(bad.flatMap((row) => (row.k === 24 && row.n === 40 ? row.account : []))))
  expect(found.length).toBeLessThanOrEqual(16)
  expect(beyondPeers([])).toEqual([])
})
