import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extendedPairs, pairsOf, seedsOf } from '../../src/lookups/account-pairs.ts'
import { extendedGraph, readerGraph, type Routing } from '../../src/lookups/reader-graph.ts'

const many = 120

/** Accounts with shares as 1, 2, 3 ... and no teams. */
const routing: Routing = {
  accounts: Array.from({ length: many }, (_one, at) => `agent${at}`),
  numberOf: new Map(Array.from({ length: many }, (_one, at) => [`agent${at}`, at])),
  shares: Float64Array.from({ length: many }, (_one, at) => (at + 1) / ((many * (many + 1)) / 2)),
  teams: new Int32Array(many).fill(-1),
  again: new Float64Array(many).fill(0.1),
  sameTeam: 1,
  otherTeam: 1,
}

const subscriber = fc
  .uniqueArray(fc.nat(many - 1), { minLength: 1, maxLength: 12 })
  .map((accounts) => Uint32Array.from(accounts.toSorted((a, b) => a - b)))

test('R2: seeds of a graph that was added to are those of the graph counted anew, also where few of its pairs are looked at', () => {
  let cut = 0
  fc.assert(
    fc.property(
      fc.array(subscriber, { minLength: 200, maxLength: 400 }),
      fc.array(subscriber, { maxLength: 20 }),
      fc.uniqueArray(fc.nat(many - 1), { maxLength: 40 }),
      (old, more, gone) => {
        const graph = readerGraph(old, many)
        const whole = readerGraph([...old, ...more], many)
        const extended = extendedGraph(graph, more)
        expect(extended.readers).toEqual(whole.readers)
        expect(extended.read).toEqual(whole.read)
        const added = extended.readers.slice(graph.readers.length)
        const pairs = extendedPairs(pairsOf(graph, routing), added, routing)
        if (pairs.rest !== undefined) cut += 1
        for (const taken of [new Set<number>(), new Set(gone)])
          for (const most of [40, 5_000])
            expect(seedsOf(pairs, { taken, most })).toEqual(seedsOf(pairsOf(whole, routing), { taken, most }))
      },
    ),
    { numRuns: 30, seed: 6 },
  )
  expect(cut).toBeGreaterThan(5)
})
