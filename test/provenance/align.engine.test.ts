import { afterAll, expect, test } from 'vitest'
import { alignColumns } from '../../src/provenance/align.ts'
import { meaningText, type Column } from '../../src/provenance/columns.ts'
import { ensureHoldings, type Copy } from '../../src/provenance/index.ts'
import type { Lake } from '../../src/store/index.ts'
import { key, openDesk } from './desk.ts'
import { extractCut } from './own-history.ts'
import { dayText, history, lastDay, onDay, population, some, type Cells } from './subscribers.ts'

const people = population(2_000, 21)
const cutDay = lastDay - 200
const desk = await openDesk()
afterAll(() => desk.close())
const joined = new Map(people.map((person) => [person.msisdn, dayText(person.joined)]))
const withJoined = (records: readonly Cells[]): Cells[] =>
  records.map((cells) => ({ ...cells, joined: joined.get(cells['msisdn'] ?? '') ?? '' }))
const all = ['msisdn', 'nric', 'full_name', 'city', 'plan', 'status', 'device', 'joined']
const crm = await desk.register(withJoined(history(people)), [...all, 'valid_from', 'valid_to'], {
  id: 'crm',
  kind: 'own',
  holder: 'Meridian Telekom',
  system: 'CRM',
  asOf: dayText(lastDay),
  history: true,
})
const printed = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device', 'joined']
const extractRows = withJoined(onDay(people.slice(0, 1_500), cutDay))
const halcyon = await desk.register(extractRows, printed, extractCut('halcyon', 'Halcyon Print', cutDay))

async function aligned(
  records: readonly Cells[],
  columns: readonly (readonly [header: string, from: string])[],
  map?: Readonly<Record<string, string>>,
  copies: readonly Copy[] = [crm, halcyon],
): Promise<readonly Column[]> {
  const held = []
  for (const copy of copies) held.push({ copy, loadId: await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy }) })
  return alignColumns({
    columns: columns.map(([header]) => header),
    rows: records.map((cells) => ({ values: columns.map(([, from]) => cells[from] ?? '') })),
    copies: held,
    lake: desk.lake,
    key,
    country: 'MY',
    ...(map === undefined ? {} : { map }),
  })
}
const texts = (columns: readonly Column[]): string[] => columns.map((column) => meaningText(column.meaning))
const slice = some(extractRows, 300, 5)
const truth = ['msisdn', 'name:name', 'place:city', 'code:plan', 'code:status', 'code:device', 'date:activated']

test('P2 columns without headers are told by the copies, with share and copy', async () => {
  const columns = await aligned(
    slice,
    printed.map((from, at) => [`c${at + 1}`, from]),
  )
  expect(texts(columns)).toEqual(truth)
  expect(columns[1]?.basis).toMatchObject({ kind: 'found', by: 'rows', share: 100 })
  expect(columns[3]?.basis).toMatchObject({ kind: 'found', by: 'rows' })
})

test('P2 renamed columns, a number called id, and dates with the month first', async () => {
  const records = slice.map((cells) => {
    const [year = '', month = '', day = ''] = (cells['joined'] ?? '').split('-')
    return { ...cells, joined: `${month}/${day}/${year}` }
  })
  const columns = await aligned(records, [
    ['id', 'msisdn'],
    ['x1', 'full_name'],
    ['fld7', 'city'],
    ['REF', 'plan'],
    ['flag', 'status'],
    ['note', 'device'],
    ['d', 'joined'],
  ])
  expect(texts(columns)).toEqual([...truth.slice(0, 6), 'mdy-date:activated'])
})

test('P2 a header that its values contradict loses, and the basis says so', async () => {
  const columns = await aligned(slice, [
    ['full_name', 'plan'],
    ['plan', 'full_name'],
    ['city', 'device'],
    ['device', 'city'],
    ['email', 'msisdn'],
  ])
  expect(texts(columns)).toEqual(['code:plan', 'name:name', 'code:device', 'place:city', 'msisdn'])
  expect(columns.map(({ basis }) => (basis?.kind === 'found' ? basis.against : basis?.kind))).toEqual([
    'name:name',
    'code:plan',
    'place:city',
    'code:device',
    'email',
  ])
})

test('P2 without any identifier the values alone tell', async () => {
  const columns = await aligned(slice, [
    ['c1', 'full_name'],
    ['c2', 'city'],
    ['c3', 'plan'],
    ['c4', 'device'],
    ['c5', 'joined'],
    ['c6', 'status'],
  ])
  expect(texts(columns)).toEqual(['name:name', 'place:city', 'code:plan', 'code:device', 'date:activated', 'code:status'])
  expect(columns.every(({ basis }) => basis?.kind === 'found' && basis.by === 'values')).toBe(true)
})

test('P2 noise, rows of nobody and old values do not hide what a column holds', async () => {
  // Of every column one cell in five is another row's.
  const noisy = slice.map((cells, at) => ({
    ...Object.fromEntries(
      Object.entries(cells).map(([name, value], column) => [
        name,
        (at * 13 + column * 3) % 5 === 0 ? (slice[(at * 7 + 1) % 300]?.[name] ?? '') : value,
      ]),
    ),
    ...(at % 3 === 0 ? { msisdn: `6019${String(1_000_000 + at * 977)}` } : {}),
  }))
  const columns = await aligned(
    noisy,
    printed.map((from, at) => [`c${at + 1}`, from]),
  )
  expect(texts(columns)).toEqual(truth)
})

test('P2 a column that no copy holds, and strangers, are not given a meaning of the copies', async () => {
  const own = await aligned(
    slice.map((cells, at) => ({ ...cells, shoe: `EU ${36 + (at % 11)}`, score: String((at * 7_919) % 1_000) })),
    [
      ['c1', 'msisdn'],
      ['shoe', 'shoe'],
      ['score', 'score'],
    ],
  )
  expect(texts(own)).toEqual(['msisdn', 'code:shoe', 'code:score'])
  const strangers = slice.map((_, at) => ({
    msisdn: `4479${String(10_000_000 + at * 7_777)}`,
    who: `Person${at} Elsewhere`,
    what: `Offer ${at % 9}`,
  }))
  const columns = await aligned(strangers, [
    ['phone', 'msisdn'],
    ['c2', 'who'],
    ['c3', 'what'],
  ])
  expect(texts(columns)).toEqual(['msisdn', 'code:c2', 'code:c3'])
  expect(columns.map(({ basis }) => basis?.kind)).toEqual(['said', 'named', 'named'])
})

test('P2 overrides stand, and passwords are never compared', async () => {
  const columns = await aligned(
    slice.map((cells, at) => ({ ...cells, pass: cells['full_name'] ?? String(at) })),
    [
      ['c1', 'msisdn'],
      ['c2', 'city'],
      ['password', 'pass'],
    ],
    { c2: 'code:plan' },
  )
  expect(texts(columns)).toEqual(['msisdn', 'code:plan', 'secret'])
  expect(columns[1]?.basis).toEqual({ kind: 'map' })
})

test('P2 two thousand columns take seconds, not minutes', async () => {
  const wide = Array.from({ length: 1_993 }, (_, at): [string, string] => [`w${at}`, `w${at}`])
  const records = slice.slice(0, 100).map((cells, at) => ({
    ...cells,
    ...Object.fromEntries(wide.map(([name], column) => [name, `v${(at * 31 + column * 17) % 97}`])),
  }))
  const started = performance.now()
  const columns = await aligned(records, [...wide, ...printed.map((from, at): [string, string] => [`c${at + 1}`, from])])
  expect(performance.now() - started).toBeLessThan(30_000)
  expect(texts(columns).slice(1_993)).toEqual(truth)
})

test('P2 only tokens go to the engine, and only tokens and counts come back', async () => {
  const seen: unknown[] = []
  const watched: Lake = {
    ...desk.lake,
    engine: {
      ...desk.lake.engine,
      rows: async <T>(sql: string, params?: Parameters<Lake['engine']['rows']>[1]): Promise<T[]> => {
        const rows = await desk.lake.engine.rows<T>(sql, params)
        seen.push(sql, params, rows)
        return rows
      },
    },
  }
  const held = [{ copy: halcyon, loadId: await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: halcyon }) }]
  const cellsOf = (names: readonly string[]) => slice.map((cells) => ({ values: names.map((name) => cells[name] ?? '') }))
  // With identifiers, and without: by rows, and by values.
  for (const names of [printed, printed.slice(1)]) {
    const columns = names.map((_, at) => `c${at + 1}`)
    await alignColumns({ columns, rows: cellsOf(names), copies: held, lake: watched, key, country: 'MY' })
  }
  const text = JSON.stringify(seen).toLowerCase()
  expect(seen.length).toBeGreaterThanOrEqual(2 * 3)
  for (const { values } of cellsOf(printed))
    for (const value of values) if (value.length > 4) expect(text).not.toContain(value.toLowerCase())
})
