import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bench } from '../../bench/bench.ts'
import { writeDrill, type Truth } from '../../src/drill/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
const corpus = join(folder, 'drill')
let truth: Truth

beforeAll(async () => {
  truth = await writeDrill({ scenario: 'demo', seed: 1, size: 1_000, out: corpus, watch: {} })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('load: every event of the drill is a row', async () => {
  const { variants } = await bench({ name: 'load', corpus, runs: 1 })
  expect(variants[0]?.counts['rows']).toBeGreaterThanOrEqual(truth.counts.events + truth.counts.webRequests)
})

test('provenance: every copy and leak is registered, every line of the sample judged', async () => {
  const { corpus: read, variants } = await bench({ name: 'provenance', corpus, runs: 1 })
  expect(variants[0]?.counts).toMatchObject({ copies: 9, 'copies weighed': 8, 'sample rows': truth.provenance.rows })
  expect(variants[0]?.counts['copy rows']).toBeGreaterThan(truth.counts.ownCopyRows)
  expect(read.leftOut).toBe(0)
})

test('lookups: every logged access is counted', async () => {
  const { variants } = await bench({ name: 'lookups', corpus, runs: 1 })
  expect(variants[0]?.counts['accesses']).toBeGreaterThanOrEqual(truth.lookups.accesses)
})
