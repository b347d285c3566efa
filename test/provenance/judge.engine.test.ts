import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findingId } from '../../src/casefile/index.ts'
import { ensureHoldings, listCopies, provenanceProposals, type Verdict } from '../../src/provenance/index.ts'
import { openDesk } from './desk.ts'
import { registerHistory } from './own-history.ts'
import { dayText, invented, lastDay, onDay, population, some, type Cells } from './subscribers.ts'

const people = population(3_000, 1)
const all = ['msisdn', 'nric', 'full_name', 'city', 'plan', 'status', 'device']
const printed = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']
const cutDay = lastDay - 300

const desk = await openDesk()
afterAll(() => desk.close())
const extract = (id: string, holder: string, day: number) =>
  ({ id, kind: 'extract', holder, system: 'CRM', asOf: dayText(day), history: false }) as const

await registerHistory(desk, people, all)
// Three vendors that overlap: the same customers on another day, fewer fields, other customers.
const halcyon = onDay(people.slice(0, 2_000), cutDay)
await desk.register(halcyon, printed, extract('halcyon', 'Halcyon Print', cutDay))
await desk.register(onDay(people.slice(0, 2_200), cutDay - 120), printed, extract('orbis', 'Orbis Contact', cutDay - 120))
await desk.register(onDay(people.slice(0, 2_000), cutDay), ['msisdn', 'city', 'plan'], extract('tessel', 'Tessel Survey', cutDay))
const oldRows = onDay(people.slice(1_500), lastDay - 950)
const leakRows = some(oldRows, 800, 4)
await desk.register(leakRows, ['msisdn', 'full_name', 'city', 'plan', 'device'], {
  id: 'forum-2024',
  kind: 'leak',
  holder: 'forum-2024',
  system: 'unknown',
  asOf: dayText(lastDay - 900),
  history: false,
})

function whole(verdict: Verdict): void {
  const { real, recycled, fabricated, mixed, combo } = verdict.kind
  expect(real + recycled + fabricated + mixed + combo).toBeCloseTo(1, 9)
  const answers = [...verdict.sources, ...verdict.knownLeaks].reduce((sum, one) => sum + one.posterior, 0)
  expect(answers + verdict.unknownCopy + verdict.fabricated).toBeCloseTo(1, 9)
  expect(verdict.grounds.every((ground) => ground.cites.length > 0)).toBe(true)
  expect(JSON.stringify([verdict.statement, verdict.grounds])).not.toMatch(/leaked by|culprit|stole/)
}

/** The rows as an actor writes them: other number format, other case. */
const restyled = (records: readonly Cells[]): Cells[] =>
  records.map((cells) => ({
    ...cells,
    msisdn: `+60 ${cells['msisdn']?.slice(2, 4)}-${cells['msisdn']?.slice(4)}`,
    full_name: (cells['full_name'] ?? '').toUpperCase(),
  }))

test("P5 P13 a sample of one vendor's extract agrees with that extract, not with overlapping ones", async () => {
  const verdict = await desk.judge(restyled(some(halcyon, 400, 2)), printed)
  whole(verdict)
  expect(verdict.verdict).toBe('agrees-with-copy')
  expect(verdict.sources[0]).toMatchObject({ copy: 'halcyon', rowsInside: 400, alsoHeldBy: [] })
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
  expect(verdict.sources[0]?.log10LR).toBeGreaterThan(2)
  expect(verdict.statement).toContain('agrees with the extract cut for Halcyon Print on')
  expect(verdict.kind.real).toBeGreaterThan(0.9)
  expect(verdict.sources.filter((source) => source.copy !== 'halcyon').every((source) => source.log10LR < 0)).toBe(true)
})

test('P8 the changing fields date the sample to the day of the cut', async () => {
  const verdict = await desk.judge(some(halcyon, 400, 2), printed)
  const asOf = verdict.sources[0]?.asOf
  expect(asOf).toBeDefined()
  expect(asOf?.from && asOf.from <= dayText(cutDay)).toBe(true)
  expect(asOf?.to && asOf.to >= dayText(cutDay)).toBe(true)
  expect(Date.parse(asOf?.to ?? '') - Date.parse(asOf?.from ?? '')).toBeLessThan(60 * 86_400_000)
})

test('P8 a copy of the own system as it stands now agrees with the own system', async () => {
  const verdict = await desk.judge(some(onDay(people, lastDay - 3), 400, 3), all)
  whole(verdict)
  expect(verdict.sources[0]?.copy).toBe('crm')
  expect(verdict.verdict).toBe('agrees-with-copy')
})

test('P12 an extract that is not registered gives an unknown copy', async () => {
  const verdict = await desk.judge(some(onDay(people, cutDay - 210), 400, 5), all)
  whole(verdict)
  expect(verdict.verdict).toBe('unknown-copy')
  expect(verdict.unknownCopy).toBeGreaterThan(0.9)
})

test('P7 rows of an earlier leak alone are recycled', async () => {
  const verdict = await desk.judge(some(leakRows, 300, 6), ['msisdn', 'full_name', 'city', 'plan', 'device'])
  whole(verdict)
  expect(verdict.verdict).toBe('recycled')
  expect(verdict.knownLeaks[0]).toMatchObject({ leak: 'forum-2024', containment: 1 })
  expect(verdict.kind.recycled).toBeGreaterThan(0.9)
})

test('P7 P13 an extract padded with leaked rows is mixed, and the extract still comes first', async () => {
  const columns = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']
  const verdict = await desk.judge([...some(halcyon, 340, 7), ...some(leakRows, 60, 8)], columns)
  whole(verdict)
  expect(verdict.verdict).toBe('mixed')
  expect(verdict.sources[0]?.copy).toBe('halcyon')
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
  expect(verdict.padding.leak).toBe('forum-2024')
  expect(verdict.padding.rows).toBeGreaterThan(45)
  expect(verdict.padding.rows).toBeLessThan(75)
  expect(verdict.kind.mixed).toBeGreaterThan(0.9)
})

test('P6 P13 invented rows that hit numbers by chance are fabricated', async () => {
  const verdict = await desk.judge(invented(400, 9), printed)
  whole(verdict)
  expect(verdict.verdict).toBe('fabricated')
  expect(verdict.fabricated).toBeGreaterThan(0.9)
  expect(verdict.sources.some((source) => source.rowsInside > 20)).toBe(true)
})

test('P12 rows of other people are not called invented', async () => {
  const strangers = onDay(population(300, 77), cutDay).map((cells) => ({
    ...cells,
    msisdn: `6019${cells['msisdn']?.slice(4)}`,
    nric: '',
  }))
  const verdict = await desk.judge(strangers, printed)
  whole(verdict)
  expect(verdict.verdict).toBe('not-established')
  expect(verdict.statement).toContain('no row of the sample meets')
})

test('P13 rows of nobody whose check digits fail are fabricated', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => ({
    imei: `4901542032${String(37_500 + at * 10 + 3).padStart(5, '0')}`,
    full_name: `Nobody ${at}`,
  }))
  const verdict = await desk.judge(rows, ['imei', 'full_name'])
  whole(verdict)
  expect(verdict.columns[0]).toMatchObject({ name: 'imei', meaning: 'imei' })
  expect(verdict.verdict).toBe('fabricated')
  expect(verdict.fabricated).toBeGreaterThan(0.9)
})

test('P15 a list of logins that meets nobody is a combination list rather than invention', async () => {
  const rows = invented(100, 15).map((cells, at) => ({ ...cells, password: `p${at}` }))
  const verdict = await desk.judge(rows, [...printed, 'password'])
  whole(verdict)
  expect(verdict.kind.combo).toBeGreaterThan(verdict.kind.fabricated)
})

test('P13 half invented, half real is mixed, and nobody is told that all of it is real', async () => {
  const verdict = await desk.judge([...some(halcyon, 150, 10), ...invented(150, 11)], printed)
  whole(verdict)
  expect(verdict.verdict).toBe('mixed')
  expect(verdict.kind.mixed).toBeGreaterThan(0.9)
  expect(verdict.padding.rows).toBe(0)
})

test('P14 two identical extracts cannot be told apart', async () => {
  await desk.register(halcyon, printed, extract('lumen', 'Lumen Billing', cutDay))
  const verdict = await desk.judge(some(halcyon, 400, 2), printed)
  whole(verdict)
  expect(verdict.verdict).toBe('copies-not-separable')
  expect(verdict.sources.slice(0, 2).map((source) => [source.copy, source.alsoHeldBy])).toEqual([
    ['halcyon', ['lumen']],
    ['lumen', ['halcyon']],
  ])
  expect(verdict.sources[0]?.posterior).toBeCloseTo(verdict.sources[1]?.posterior ?? 0, 2)
})

test('P13 a sample without identifiers, and an empty one, establish nothing', async () => {
  const nameless = await desk.judge(some(halcyon, 50, 2), ['city', 'plan'])
  whole(nameless)
  expect([nameless.verdict, nameless.identified]).toEqual(['not-established', 0])
  const empty = await desk.judge([], printed)
  whole(empty)
  expect([empty.verdict, empty.rows]).toEqual(['not-established', 0])
})

test('P10 the order of the rows changes nothing but the rows cited', async () => {
  const rows = some(halcyon, 300, 12)
  const one = await desk.judge(rows, printed)
  const other = await desk.judge(rows.toReversed(), printed)
  expect(other.sources.map((source) => [source.copy, source.posterior])).toEqual(
    one.sources.map((source) => [source.copy, source.posterior]),
  )
  expect(other.statement).toBe(one.statement)
})

test('P3 holdings come back from the registry when the lake is gone, with the same finding', async () => {
  const rows = some(halcyon, 300, 13)
  const exhibit = { sha256: 'ab'.repeat(32), file: 'sample.csv' }
  const before = provenanceProposals(await desk.judge(rows, printed), exhibit).map(findingId)
  await desk.dropLake()
  const after = provenanceProposals(await desk.judge(rows, printed), exhibit).map(findingId)
  expect(after).toEqual(before)
})

test('P3 a changed or missing token file is refused', async () => {
  const [copy] = listCopies(desk.registry).filter((one) => one.id === 'orbis')
  if (copy === undefined) throw new Error('no such copy')
  const file = path.join(desk.registry, 'orbis', 'tokens-00001.native.lz4')
  const bytes = readFileSync(file)
  const changed = { ...copy, loadKey: 'not in the lake' }
  writeFileSync(file, Buffer.from(bytes).fill(7, bytes.length - 1))
  await expect(ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: changed })).rejects.toThrow('not the one')
  rmSync(file)
  await expect(ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: changed })).rejects.toThrow('missing')
})
