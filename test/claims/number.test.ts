import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateIn } from '../../src/claims/date.ts'
import { foldName, namesIn } from '../../src/claims/name.ts'
import { amountsIn, durationsIn, pricesIn } from '../../src/claims/number.ts'
import { sentenceRanges } from '../../src/claims/sentence.ts'

const short = (text: string) =>
  amountsIn(text).map((one) => `${one.qualifier}${one.strict ? '!' : ''} ${one.quantity} ${one.unit}`)

test.each([
  ['a database containing 1,886 lines of user data', ['exactly 1886 lines']],
  ['4.2M rows', ['exactly 4200000 rows']],
  ['at least 20 prominent individuals', ['at least 20 persons']],
  ['more than 10 mobile networks', ['at least! 10 operators']],
  ['up to 30k customers', ['at most 30000 customers']],
  ['nearly 46 million subscribers', ['about 46000000 subscribers']],
  ['500GB of data', ['exactly 500 GB']],
  ['1.5 TB', ['exactly 1.5 TB']],
  ['20,000+ records', ['at least 20000 records']],
  ['ten operators', ['exactly 10 operators']],
  ['over the last nine months', []],
  ['every two hours we leak', []],
  ['one of the cell networks', []],
  ['at 18:30 users logged in', []],
  ['24/7 4.2M', []],
  ['in 2024 the operators', []],
  ['pay 300 dollars', []],
  ['version 4.2.1 files', []],
])('amounts: %s', (text, want) => {
  expect(short(text)).toEqual(want)
})

test('prices keep their currency and are no amounts of data', () => {
  expect(pricesIn('Price: $5,000 or 0.05 BTC, RM20k')).toEqual([
    { quantity: 5000, unit: 'USD' },
    { quantity: 20000, unit: 'MYR' },
    { quantity: 0.05, unit: 'BTC' },
  ])
  expect(pricesIn('4.2M lines')).toEqual([])
})

test('spans of time', () => {
  expect(durationsIn('every two hours').map((one) => one.iso)).toEqual(['PT2H'])
  expect(durationsIn('within 72 hours or 3 days').map((one) => one.iso)).toEqual(['PT72H', 'P3D'])
  expect(durationsIn('4.2M and 1,886 lines, nine months')).toEqual([])
})

test.each([
  ['5 February 2024 - 6:14pm', '2024-02-05T18:14:00.000000Z', 'unknown'],
  ['February 5, 2024 12:05 AM', '2024-02-05T00:05:00.000000Z', 'unknown'],
  ['30/11/2026 23:59 UTC', '2026-11-30T23:59:00.000000Z', 'stated'],
  ['2026-10-07 08:30+08:00', '2026-10-07T00:30:00.000000Z', 'stated'],
])('date %s', (text, at, zone) => {
  expect(dateIn(text)?.moment).toMatchObject({ at, zone })
})

test('dates that do not exist are none', () => {
  expect(dateIn('31 February 2024')).toBeUndefined()
  expect(dateIn('4.2M')).toBeUndefined()
  expect(dateIn('5 February 2024 - 6:14pm', '+08:00')?.moment).toMatchObject({
    at: '2024-02-05T10:14:00.000000Z',
    zone: 'assumed',
  })
})

test('names are compared without case and letters written as digits', () => {
  expect(foldName('R00TK1T')).toBe(foldName('Rootkit'))
  expect(foldName('NIGHT_HER0N')).toBe(foldName('Night Heron'))
  expect(foldName('APT 10')).not.toBe(foldName('APT 1O2'))
  expect(foldName('Aminia')).not.toBe(foldName('Yoututor'))
})

test('names in a sentence leave off words that only begin it', () => {
  expect(namesIn('However, Meridian Telekom said the APT 10 group hit YouTutor.').map((one) => one.text)).toEqual([
    'Meridian Telekom',
    'APT 10',
    'YouTutor',
  ])
})

test('sentences never overlap, stand in order and lose no word', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'B', '.', ' ', '“', '”', '"', '\n', '1', ',', '?', 'é') }),
      fc.boolean(),
      (text, lines) => {
        const ranges = sentenceRanges(text, { lines })
        const bare = (value: string) => value.replace(/\s/g, '')
        expect(bare(ranges.map((range) => text.slice(range.from, range.to)).join(''))).toBe(bare(text))
        for (const [index, range] of ranges.entries()) expect(range.from).toBeGreaterThanOrEqual(ranges[index - 1]?.to ?? 0)
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})
