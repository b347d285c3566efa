import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { canonical, tokenOf } from '../../src/persons/index.ts'
import { carriesMarks, dateSurvival, markEvidence } from '../../src/marks/index.ts'
import { seeded } from '../../src/marks/chance.ts'
import { siteKinds } from '../../src/marks/site-kinds.ts'
import { cellsOf, csvText, handOut, key, readAll, readMarks, subscribersCsv, tokens } from './handed-out.ts'

const source = subscribersCsv(1_200)
const citrine = await handOut({ source, holder: 'Citrine Outreach', extract: 'citrine' })
const others = await Promise.all(
  Array.from({ length: 8 }, (_, n) => handOut({ source, holder: `Holder ${n}`, extract: `other-${n}` })),
)
const { columns, rows } = await cellsOf(citrine.text)
const random = seeded(sha256('survival'))
const shuffled = rows.map((row) => ({ row, at: random() })).sort((a, b) => a.at - b.at)
const sample = shuffled.slice(0, 200).map((one) => one.row)
const kinds = (reading: { survived: readonly { kind: string; state: string }[] }, state: string): string[] => [
  ...new Set(reading.survived.filter((one) => one.state === state).map((one) => one.kind)),
]

/** What an actor does to a sample, and which kinds must be named as gone. */
const treatments: readonly {
  name: string
  change: (rows: readonly (readonly string[])[]) => string
  gone: readonly string[]
  noise?: number
}[] = [
  { name: 'posted in another order', change: (all) => csvText(columns, all), gone: [] },
  {
    name: 'columns moved, headers lost',
    change: (all) =>
      csvText(
        ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'],
        all.map((row) => row.toReversed()),
      ),
    gone: [],
  },
  {
    name: 'lower-cased',
    change: (all) =>
      csvText(
        columns,
        all.map((row) => row.map((cell) => cell.toLowerCase())),
      ),
    gone: ['particle-case', 'street-case'],
  },
  {
    name: 'white space normalised',
    change: (all) =>
      csvText(
        columns,
        all.map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ').trim())),
      ),
    gone: ['no-break-space', 'double-space', 'trailing-space'],
  },
  {
    name: 'lower-cased and white space normalised',
    change: (all) =>
      csvText(
        columns,
        all.map((row) => row.map((cell) => cell.toLowerCase().replaceAll(/\s+/g, ' ').trim())),
      ),
    gone: ['no-break-space', 'double-space', 'trailing-space', 'particle-case', 'street-case'],
  },
  {
    name: 're-dated',
    change: (all) =>
      csvText(
        columns,
        all.map((row) => row.map((cell) => cell.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1'))),
      ),
    gone: [],
  },
  {
    name: '20 % of the spellings changed',
    change: (all) =>
      csvText(
        columns,
        all.map((row) => row.map((cell) => (cell.includes(' ') ? retyped(cell) : cell))),
      ),
    gone: [],
    noise: 0.2,
  },
]

/** Every site read in the cell gets its other spelling with a chance of 20 %. */
function retyped(cell: string): string {
  return siteKinds.reduce((text, kind) => {
    const read = kind.read(text)
    return read === undefined || random() >= 0.2 ? text : kind.write(text, read === 0 ? 1 : 0)
  }, cell)
}

test.each(treatments)('M7 $name: the marks are found and what is gone is named', async ({ change, gone, noise }) => {
  const text = change(sample)
  const reading = await readMarks(text, citrine.extract)
  expect(reading.rowsFound).toBe(200)
  expect(carriesMarks(reading, 9)).toBe(true)
  expect(reading.logLR / Math.LN10).toBeGreaterThan(20)
  expect(kinds(reading, 'gone').sort()).toEqual([...gone].sort())
  expect(kinds(reading, 'dropped')).toEqual([])
  if (noise === undefined) expect(reading.noise).toBeLessThan(0.02)
  else expect(Math.abs((reading.noise ?? 0) - noise)).toBeLessThan(0.05)
})

test.each(treatments)('M7 $name: no other recipient scores', async ({ change }) => {
  const text = change(sample)
  for (const reading of await readAll(
    text,
    others.map((one) => one.extract),
  )) {
    expect(reading.rowsFound).toBe(200)
    expect(carriesMarks(reading, 9)).toBe(false)
    expect(reading.logLR).toBeLessThan(0)
    expect(reading.againstChance.log10P).toBeGreaterThan(-4)
    expect(kinds(reading, 'kept')).toEqual([])
  }
})

test('M7 a dropped column is named, the rest still tells', async () => {
  const at = columns.indexOf('address')
  const without = (row: readonly string[]): string[] =>
    row.filter((_, index) => index !== at && index !== columns.indexOf('phone'))
  const reading = await readMarks(csvText(without(columns), sample.map(without)), citrine.extract)
  expect(reading.rowsFound).toBe(200)
  expect(carriesMarks(reading, 9)).toBe(true)
  expect([...new Set(reading.survived.filter((one) => one.state === 'dropped').map((one) => one.column))]).toEqual(['address'])
})

test('M7 the source itself, unmarked, carries the marks of nobody', async () => {
  const original = await cellsOf(source)
  const text = csvText(original.columns, original.rows.slice(0, 400))
  for (const reading of await readAll(
    text,
    [citrine, ...others].map((one) => one.extract),
  )) {
    expect(reading.rowsFound).toBe(400)
    expect(carriesMarks(reading, 9)).toBe(false)
    expect(reading.logLR).toBeLessThanOrEqual(0)
  }
})

test('M7 other people: no row found, nothing said', async () => {
  const stranger = subscribersCsv(100, 'stranger').replaceAll(/^01/gm, '019').replaceAll('u', 'w')
  const reading = await readMarks(stranger, citrine.extract)
  expect([reading.rowsFound, reading.sites]).toEqual([0, 0])
})

test('M4 the same source and recipient give the same bytes; another recipient others', async () => {
  const again = await handOut({ source, holder: 'Citrine Outreach', extract: 'citrine' })
  expect(again.text === citrine.text).toBe(true)
  expect(others.every((other) => other.text !== citrine.text)).toBe(true)
})

test('M3 no canonical form changes and identifiers, dates and codes keep their bytes', async () => {
  const before = await cellsOf(source)
  for (const [n, row] of rows.entries())
    for (const [at, column] of columns.entries()) {
      const was = before.rows[n]?.[at] ?? ''
      const is = row[at] ?? ''
      if (column === 'name' || column === 'address') {
        expect(canonical('name', is)).toBe(canonical('name', was))
        expect(canonical('place', is)).toBe(canonical('place', was))
      } else expect(is).toBe(was)
    }
})

test('M2 a column that the manifest does not allow keeps its bytes', async () => {
  const only = await handOut({ source, holder: 'Pasir', allowance: { address: ['punctuation'] } })
  const marked = await cellsOf(only.text)
  const before = await cellsOf(source)
  const changed = new Set(marked.rows.flatMap((row, n) => marked.columns.filter((_, at) => row[at] !== before.rows[n]?.[at])))
  expect([...changed]).toEqual(['address'])
  expect(only.counts.sites.every((one) => one.column === 'address')).toBe(true)
})

test('M5 dates have one spelling for the whole extract, and a re-dated sample is told', async () => {
  const dated = await handOut({ source, holder: 'Bayu', extract: 'bayu-9', allowance: ['dates', 'codes'] })
  const { rows: cells } = await cellsOf(dated.text)
  const before = await cellsOf(source)
  const shapes = new Set(cells.map((row) => (row[5] ?? '').replaceAll(/\d/g, '0').replaceAll(/[A-Za-z]+/g, 'Xxx')))
  expect(shapes.size).toBe(1)
  for (const [n, row] of cells.entries()) {
    expect(canonical('date', row[5] ?? '')).toBe(before.rows[n]?.[5])
    expect(canonical('code', row[4] ?? '')).toBe(canonical('code', before.rows[n]?.[4] ?? ''))
  }
  const as = (spelled: (cell: string) => string) =>
    dateSurvival(
      cells.map((row) => ({ tokens: [], cells: [spelled(row[5] ?? '')] })),
      dated.extract.record,
    )?.state
  expect(as((cell) => cell)).toBe('kept')
  expect(as((cell) => (cell.includes('/') ? cell.replaceAll('/', '-') : '01/02/2020'))).toBe('re-dated')
})

test('M8 markEvidence adds up for the judge: only extracts that share rows, only the right one gains', async () => {
  const identified = sample.slice(0, 60).map((cells) => ({
    cells,
    tokens: [tokenOf(tokens, 'msisdn', canonical('msisdn', cells[0] ?? '', { country: 'MY' }) ?? '')],
  }))
  const evidence = await markEvidence({ rows: identified, extracts: [citrine, ...others].map((one) => one.extract), key })
  expect(Object.keys(evidence)).toHaveLength(9)
  expect(evidence['citrine']?.log).toBeGreaterThan(30)
  expect(evidence['citrine']?.agreeing).toBe(evidence['citrine']?.sites)
  for (const other of others) expect(evidence[other.extract.record.extract]?.log).toBeLessThan(0)
})
