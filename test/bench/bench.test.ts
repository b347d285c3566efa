import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { bench, type BenchResult } from '../../bench/bench.ts'
import { reportText } from '../../bench/report.ts'
import { spread } from '../../bench/spread.ts'
import { sha256 } from '../../src/base/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.unstubAllEnvs())

const log = [
  { '@timestamp': '2026-03-01T00:00:00Z', product: 'app', message: 'first', color: 'red' },
  { '@timestamp': '2026-03-01T00:00:01Z', product: 'app', message: 'second', color: 'blue' },
  { '@timestamp': '2026-03-01T00:00:02Z', product: 'app', message: 'third', color: 'red' },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('')
const web = '198.51.100.7 - - [01/Mar/2026:00:00:00 +0000] "GET /cmd?x=whoami HTTP/1.1" 200 12 "-" "-"\n'

const corpus = join(folder, 'corpus')
mkdirSync(join(corpus, 'inner'), { recursive: true })
writeFileSync(join(corpus, 'app.ndjson.gz'), gzipSync(log))
writeFileSync(join(corpus, 'inner', 'access.log'), web.repeat(2))
writeFileSync(join(corpus, 'notes.md'), '# Notes\n\nNo log.\n')

function rule(name: string, field: string, value: string): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `title: ${name}
id: 8f0a3f7e-7c1b-4d57-9a10-2f6f8c1f0a01
logsource: {category: webserver}
detection:
  selection: {${field}: '${value}'}
  condition: selection
level: low
`,
  )
  return path
}

test('detect over a folder with an archive: what was read, counted and hashed', async () => {
  const hits = rule('hits.yml', 'cs-uri-query|contains', 'whoami')
  const misses = rule('misses.yml', 'cs-uri-query|contains', 'hostname')
  const said: string[] = []
  const scratch = mkdtempSync(join(folder, 'scratch-'))
  vi.stubEnv('TMPDIR', scratch)
  const result = await bench({ name: 'detect', corpus, rules: [hits, misses], runs: 2, report: (line) => said.push(line) })
  expect(said).toEqual([
    `run 1 of 2, rules ${hits}`,
    `run 1 of 2, rules ${misses}`,
    `run 2 of 2, rules ${hits}`,
    `run 2 of 2, rules ${misses}`,
  ])
  const bytes = log.length + 2 * web.length
  const hashes = [log, web.repeat(2)].map((text) => `${sha256(text)}\n`).sort()
  expect(result.corpus).toEqual({
    folder: corpus,
    files: 2,
    bytes,
    leftOut: 1,
    unpackFaults: 0,
    sha256: sha256(hashes.join('')),
  })
  const counts = { events: 5, bytes, faults: 0, 'rules loaded': 1, 'rules not loaded': 0 }
  expect(result.variants.map((one) => [one.rules, one.runs, one.counts])).toEqual([
    [hits, 2, { ...counts, detections: 2, 'rules with a detection': 1 }],
    [misses, 2, { ...counts, detections: 0, 'rules with a detection': 0 }],
  ])
  for (const { times, peakBytes, rates } of result.variants) {
    expect(Object.keys(times)).toEqual(['load rules', 'read and match'])
    expect(peakBytes.min).toBeGreaterThan(10e6)
    expect(rates[0]?.best).toBeCloseTo(5000 / (times['read and match']?.min ?? 0), 3)
  }
  expect(reportText(result)).toMatch(/2 files, [\d,]+ bytes\n.*left out: 1 files/)
  expect(readdirSync(scratch)).toEqual([])
}, 30_000)

const samples = resolve(import.meta.dirname, '../../../shared/data/evtx-samples')

test.skipIf(!existsSync(samples))(
  `evtx: every log of the public samples${existsSync(samples) ? '' : ' (skipped: no shared data)'}`,
  async () => {
    const { corpus: read, variants } = await bench({ name: 'evtx', corpus: samples, runs: 1 })
    expect(read).toMatchObject({ files: 277, bytes: 38_162_432, leftOut: 3 })
    const counts = variants[0]?.counts ?? {}
    expect(counts['records']).toBe(8_255)
    expect(counts['used bytes']).toBeGreaterThan(0)
    expect(counts['used bytes']).toBeLessThan(counts['file bytes'] ?? 0)
  },
)

test('what cannot be measured is said, with what to do', async () => {
  await expect(bench({ name: 'speed' })).rejects.toMatchObject({ code: 'usage', exitCode: 2 })
  await expect(bench({ name: 'evtx' })).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('--corpus') })
  await expect(bench({ name: 'demo', corpus })).rejects.toMatchObject({ code: 'usage' })
  await expect(bench({ name: 'evtx', rules: ['own'], corpus })).rejects.toMatchObject({ code: 'usage' })
  await expect(bench({ name: 'evtx', times: 2, corpus })).rejects.toMatchObject({ code: 'usage' })
  await expect(bench({ name: 'evtx', corpus })).rejects.toMatchObject({ code: 'nothing-to-read' })
  await expect(bench({ name: 'detect', corpus, rules: [join(folder, 'absent')], runs: 1 })).rejects.toMatchObject({
    message: expect.stringContaining('absent does not exist'),
  })
})

test('a corpus read three times over counts three times, whatever the threads', async () => {
  const hits = rule('thrice.yml', 'cs-uri-query|contains', 'whoami')
  for (const name of ['detect', 'detect-threads']) {
    const { corpus: seen, variants } = await bench({ name, corpus, rules: [hits], runs: 1, times: 3 })
    expect(seen.files).toBe(2)
    expect(variants[0]?.counts).toMatchObject({ events: 15, bytes: 3 * seen.bytes, detections: 6, 'rules with a detection': 1 })
  }
})

test('the command prints one JSON document, and usage errors end with 2', () => {
  const script = join(import.meta.dirname, '../../scripts/bench.ts')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { encoding: 'utf8' })
  const done = run('detect', '--corpus', corpus, '--runs', '1', '--json')
  expect(done.status).toBe(0)
  const result = JSON.parse(done.stdout) as BenchResult
  expect(result.name).toBe('detect')
  expect(result.variants[0]?.counts['events']).toBe(5)
  expect(result.machine.cores).toBeGreaterThan(0)
  for (const args of [[], ['detect', '--runs', '0'], ['detect', '--speed'], ['detect', 'load']])
    expect(run(...args)).toMatchObject({ status: 2, stdout: '' })
})

test('the spread of runs', () => {
  expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 })
  expect(spread([4, 1, 2, 10])).toEqual({ min: 1, median: 3, max: 10 })
  expect(spread([7])).toEqual({ min: 7, median: 7, max: 7 })
})
