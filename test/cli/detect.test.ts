import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

interface Line {
  readonly rule?: string
  readonly place?: string
  readonly cite?: { readonly sha256: string; readonly at: { readonly n: number } }
  readonly summary?: Record<string, unknown> & { readonly files: number; readonly events: number; readonly detections: number }
}

const lines = (out: string): Line[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

const folder = scratch()
mkdirSync(join(folder, 'logs'))
const request = (path: string, status: number): string =>
  `203.0.113.9 - - [01/Jul/2026:05:20:36 +0000] "GET ${path} HTTP/1.1" ${status} 512 "-" "-"`
writeFileSync(
  join(folder, 'logs', 'access.log'),
  `${[request('/index.html', 200), request('/a.jsp?cmd=whoami%20/all', 200), 'not a line of a log', request('/x', 200)].join('\n')}\n`,
)
writeFileSync(join(folder, 'logs', 'README.txt'), 'Nothing to see.\n')

test('JSON lines: detections with a cite that opens the record, then the summary; other files are skipped and listed', async () => {
  const { code, out, err } = await run(['detect', join(folder, 'logs'), '--json'], folder)
  expect(code).toBe(0)
  const all = lines(out)
  const summary = all.at(-1)?.summary
  expect(summary).toMatchObject({ files: 1, events: 3, faults: 1, skipped: [{ file: join(folder, 'logs', 'README.txt') }] })
  const [first] = all
  expect(first?.place).toBe(`${join(folder, 'logs', 'access.log')}#line 2`)
  expect(all.slice(0, -1).every((one) => one.cite?.at.n === 2)).toBe(true)
  expect(err).not.toContain('203.0.113.9')

  const explained = await run(['detect', '--explain', first?.rule ?? '', '--cite', first?.place ?? '', '--json'], folder)
  expect(JSON.parse(explained.out)).toMatchObject({ place: first?.place, explanation: { holds: true } })
  const other = await run([
    'detect',
    '--explain',
    first?.rule ?? '',
    '--cite',
    (first?.place ?? '').replace('line 2', 'line 1'),
    '--json',
  ])
  expect(JSON.parse(other.out)).toMatchObject({ explanation: { holds: false } })
})

test('--fail-on ends with 10 when something reaches the level, and with 0 when nothing does', async () => {
  const quiet = join(folder, 'quiet.log')
  writeFileSync(quiet, `${request('/index.html', 200)}\n${request('/b.html', 200)}\n`)
  expect((await run(['detect', join(folder, 'logs'), '--fail-on', 'low'], folder)).code).toBe(10)
  expect((await run(['detect', quiet, '--fail-on', 'low'], folder)).code).toBe(0)
})

test('the order of the paths given changes nothing', async () => {
  const a = await run(['detect', join(folder, 'logs'), join(folder, 'quiet.log'), '--json'], folder)
  const b = await run(['detect', join(folder, 'quiet.log'), join(folder, 'logs'), '--json'], folder)
  const still = (out: string): string => out.replace(/"seconds":[\d.]+/, '')
  expect(still(a.out)).toBe(still(b.out))
})

const samples = resolve(import.meta.dirname, '../../../shared/data/evtx-samples')

test.skipIf(!existsSync(samples))(
  `all 277 sample event logs are read${existsSync(samples) ? '' : ' (skipped: no shared data)'}`,
  async () => {
    const { code, out } = await run(['detect', samples, '--json'], folder)
    expect(code).toBe(0)
    const all = lines(out)
    const summary = all.at(-1)?.summary as unknown as {
      sources: { kind: string; events: number; recovered?: number; faults: number }[]
      recovered: number
      detections: number
    }
    const evtx = summary.sources.filter((one) => one.kind === 'evtx')
    expect(evtx).toHaveLength(277)
    // 8,255 records by the record ranges in the chunk headers (sbousseaden/EVTX-ATTACK-SAMPLES, GPL-3, read in place).
    expect(evtx.reduce((sum, one) => sum + one.events, 0)).toBe(8_255)
    // Recovered from slack, counted apart.
    expect(evtx.reduce((sum, one) => sum + (one.recovered ?? 0), 0)).toBe(901)
    expect(summary.recovered).toBe(901)
    expect(evtx.every((one) => one.events > 0 && one.faults === 0)).toBe(true)
    expect(all).toHaveLength(summary.detections + 1)
  },
)
