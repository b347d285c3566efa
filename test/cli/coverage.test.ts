import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

const cases = resolve(import.meta.dirname, '../cases/coverage')

interface Read {
  readonly coverage: {
    readonly rows: readonly {
      readonly source: string
      readonly numbers: readonly { readonly missing: number }[]
      readonly techniques: number
    }[]
    readonly gaps: readonly {
      readonly text: string
      readonly cites: readonly { readonly at?: { readonly kind: string; readonly n?: number } }[]
    }[]
    readonly visibility: readonly { readonly from: string; readonly could: readonly string[]; readonly techniques: number }[]
  }
  readonly events: number
  readonly files: number
}

test('logs given as files: rows, sentences with the record they rest on, techniques over all and within a period', async () => {
  const home = scratch()
  const args = ['coverage', join(cases, 'windows', 'in.ndjson'), '--json', '--from', '2026-01-07', '--to', '2026-01-09']
  const { code, out } = await run(args, home)
  expect(code).toBe(0)
  const { coverage, events, files } = JSON.parse(out) as Read
  expect([events, files]).toEqual([19, 1])
  expect(coverage.rows.map((one) => [one.source, one.numbers[0]?.missing])).toEqual([
    ['Security', 5],
    ['System', 0],
  ])
  const cleared = coverage.gaps.find((one) => one.text.startsWith('The log Security of app01 was cleared'))
  expect(cleared?.text).toBe('The log Security of app01 was cleared, 2026-01-06 10:13 UTC, by mt\\ops.')
  expect(cleared?.cites).toMatchObject([{ at: { kind: 'line', n: 9 } }])
  expect(coverage.gaps.some((one) => one.text.startsWith('A log that is not named of app01 was cleared'))).toBe(true)
  expect(coverage.gaps.filter((one) => one.text.includes('5 records of the numbers 100 to 118'))).toHaveLength(1)
  expect(coverage.gaps.some((one) => one.text.includes('of the numbers 7 to 10'))).toBe(false)
  expect(coverage.visibility[0]?.could).toContain('T1059.001')
  expect(coverage.visibility[1]).toMatchObject({ from: '2026-01-07', could: [] })
})

test('the terminal: a row per source, sentences, techniques by tactic', async () => {
  const { code, out } = await run(['coverage', join(cases, 'windows', 'in.ndjson')], scratch())
  expect(code).toBe(0)
  expect(out).toMatch(/^host +source +events/)
  expect(out).toMatch(/app01 +Security +15 .* 5 of 19/)
  expect(out).toMatch(/\n- The log Application of app01 was cleared/)
  expect(out).toMatch(/could have shown \d+ of 691 techniques/)
  expect(out).toMatch(/credential-access +\d+ of 67/)
})

test('wrong use is refused before anything is read', async () => {
  const file = join(cases, 'windows', 'in.ndjson')
  expect((await run(['coverage', file, '--from', '2026-01-07'], scratch())).code).toBe(2)
  expect((await run(['coverage', file, '--from', 'monday', '--to', '2026-01-09'], scratch())).err).toContain('is no day')
  expect((await run(['coverage', file, '--case', 'x'], scratch())).code).toBe(2)
  expect((await run(['preserve', 'lost', 'vpn-2', '--workspace', scratch()], scratch())).err).toContain('--reason is missing')
})
