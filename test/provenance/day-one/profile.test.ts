import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokenOf } from '../../../src/persons/index.ts'
import { profileEvidence, profiled, type TableProfile } from '../../../src/provenance/index.ts'
import { key } from '../desk.ts'
import { tableOf, type Cells } from '../subscribers.ts'

async function profileOf(records: readonly Cells[], columns: readonly string[], dialect: object = {}): Promise<TableProfile> {
  const passing = profiled({ ...tableOf(records, columns), dialect }, { key, country: 'MY' })
  for await (const batch of passing.table.rows) void batch
  return passing.profile()
}

const plans = ['Meridian 38', 'Meridian 58', 'Family 128']
const columns = ['account_no', 'phone', 'name', 'plan', 'joined', 'fee', 'remark']

function records(count: number, form: { day?: (day: string) => string; phone?: string } = {}): Cells[] {
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2022, 0, 1 + (at % 900))).toISOString().slice(0, 10)
    return {
      account_no: `AC${100_000 + at}`,
      phone: `${form.phone ?? '6012'}${String(3_000_000 + at * 7)}`,
      name: `Aina ${String.fromCharCode(65 + (at % 26))}bdullah`,
      plan: plans[at % 3] ?? '',
      joined: form.day?.(day) ?? day,
      fee: `${at % 90}.50`,
      remark: at % 4 === 0 ? 'NULL' : at === 1 ? 'Call Encik Farid on 0123456789' : '',
    }
  })
}

test('a profile describes the columns: vocabulary, dates, prefixes, null tokens, order', async () => {
  const profile = await profileOf(records(1_000), columns, { delimiter: ';', quote: '"', encoding: 'utf-8', header: true })
  expect(profile).toMatchObject({ version: 1, rows: 1_000, looked: 1_000, stride: 1, header: 'snake', sortedBy: 0 })
  expect(profile.written).toEqual({ delimiter: ';', quote: '"', encoding: 'utf-8', header: true })
  const [account, phone, name, plan, joined, fee, remark] = profile.columns
  expect(account).toMatchObject({ distinct: 1, empty: 0, shapes: [{ text: 'AA9{6}', share: 1 }], values: [] })
  expect(phone?.prefixes).toEqual([{ text: '60123', share: 1 }])
  expect(name?.shapes[0]?.text).toBe('A+a+ A+a+')
  expect(plan?.covered).toBe(1)
  expect(plan?.values.map((one) => one.text).toSorted()).toEqual(
    plans.map((one) => tokenOf(key, 'profile', one.toLowerCase())).toSorted(),
  )
  // Quantiles, on Mondays: not the oldest and newest rows themselves.
  expect(joined?.dates).toEqual({ spellings: [{ text: 'YYYY-MM-DD', share: 1 }], oldest: '2021-12-27', newest: '2024-06-17' })
  expect(fee).toMatchObject({ decimal: '.' })
  expect(remark?.nulls).toEqual([
    { text: '', share: 0.749 },
    { text: 'NULL', share: 0.25 },
  ])
  // One row is no shape, no value and no prefix.
  expect(remark).toMatchObject({ shapes: [], values: [] })
})

test('a profile holds no value of a row, also when the header is a row', async () => {
  const cells = { 'Aina 0123456789': 'x1', 'a@b.example': 'y' }
  const profile = await profileOf(
    [...Array(30)].map(() => cells),
    Object.keys(cells),
  )
  const text = JSON.stringify([profile, await profileOf(records(500), columns)])
  for (const value of ['0123456789', 'a@b.example', 'AC100', 'Aina', 'Meridian 38', '2022-01-01'])
    expect(text).not.toContain(value)
})

test('at most 50,000 rows are looked at, by a doubling stride, whatever the batches', async () => {
  const rows = Array.from({ length: 130_000 }, (_, at) => ({ id: String(at), flag: at % 2 === 0 ? 'Y' : 'N' }))
  const profile = await profileOf(rows, ['id', 'flag'])
  expect(profile).toMatchObject({ rows: 130_000, stride: 4, looked: 32_500, sortedBy: 0 })
})

test('a wide table of codes stays below 200 kB', async () => {
  const names = Array.from({ length: 400 }, (_, at) => `column_${at}`)
  const rows = Array.from({ length: 600 }, (_, row) =>
    Object.fromEntries(names.map((name, at) => [name, `${'v'.repeat(at % 9)}${(row * (at + 1)) % 97}`])),
  )
  expect(JSON.stringify(await profileOf(rows, names)).length).toBeLessThan(200_000)
})

test('the writing of a sample favours the copy written the same way, and an unknown code speaks against one', async () => {
  const sample = await profileOf(records(200), columns, { delimiter: ';', header: true })
  const same = await profileOf(records(2_000), columns, { delimiter: ';', header: true })
  const dayFirst = (day: string): string => day.split('-').toReversed().join('/')
  const renamed = records(2_000, { day: dayFirst }).map((row) => ({
    ACC: row['account_no'] ?? '',
    TEL: row['phone'] ?? '',
    P: row['plan'] ?? '',
    D: row['joined'] ?? '',
  }))
  const other = await profileOf(renamed, ['ACC', 'TEL', 'P', 'D'], { delimiter: ',', header: true })
  const recoded = await profileOf(
    records(2_000).map((row) => ({ ...row, plan: `PP${row['plan']?.length}` })),
    columns,
    { delimiter: ';', header: true },
  )
  const [like, unlike, code] = [same, other, recoded].map((copy) => profileEvidence(sample, copy))
  expect(like?.log).toBeGreaterThan(2)
  expect(unlike?.log).toBeLessThan(0.5)
  // Whoever passes a sample on can re-write it: another form alone rules nothing out.
  expect(unlike?.log).toBeGreaterThan(-3)
  expect(code?.log).toBeLessThan((like?.log ?? 0) - 1)
  expect(code?.items.find((item) => !item.agrees)?.what).toBe('3 of 3 frequent codes of plan are not in use there')
})

test('evidence is bounded and the same for the same profiles', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ maxLength: 12 }), { minLength: 3, maxLength: 3 }), { maxLength: 40 }),
      async (rows) => {
        const cells = rows.map((row) => ({ a: row[0] ?? '', b: row[1] ?? '', c: row[2] ?? '' }))
        const one = await profileOf(cells, ['a', 'b', 'c'])
        const two = await profileOf(cells.toReversed(), ['c', 'b', 'a'])
        const evidence = profileEvidence(one, two)
        expect(Math.abs(evidence.log)).toBeLessThanOrEqual(6)
        expect(profileEvidence(one, two)).toEqual(evidence)
      },
    ),
    { numRuns: 30 },
  )
})
