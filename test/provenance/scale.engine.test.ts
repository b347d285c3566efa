import { afterAll, expect, test } from 'vitest'
import { limits, sha256 } from '../../src/base/index.ts'
import { canonical, partsOf, partTag, tokenOf } from '../../src/persons/index.ts'
import { ensureHoldings } from '../../src/provenance/index.ts'
import type { Column } from '../../src/provenance/columns.ts'
import { readFrequencies } from '../../src/provenance/frequency.ts'
import { copyTables, ever, sampleTable } from '../../src/provenance/holdings.ts'
import type { Link } from '../../src/provenance/link.ts'
import { linkSample } from '../../src/provenance/linkage.ts'
import { isWhole } from '../../src/provenance/registry.ts'
import { readSample, type Sample } from '../../src/provenance/sample.ts'
import { key, openDesk } from './desk.ts'
import { tableOf, type Cells } from './subscribers.ts'

const columns = ['msisdn', 'full_name', 'city', 'dob']
const person = (n: number): Cells => ({
  msisdn: `6012${String(1_000_000 + n)}`,
  full_name: `Nur ${n % 7} Aina ${n}`,
  city: ['Ipoh', 'Kuala Lumpur', 'n/a'][n % 3] ?? '',
  dob: `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`,
})
const people = Array.from({ length: limits.sampleRows + 4_000 }, (_, at) => person(at))

const desk = await openDesk()
afterAll(() => desk.close())
const copy = await desk.register(people.slice(0, 30_000), columns, {
  id: 'halcyon',
  kind: 'extract',
  holder: 'Halcyon Print',
  system: 'CRM',
  asOf: '2026-03-01',
  history: false,
})

const read = (rows: readonly Cells[], header: readonly string[] = columns): Promise<Sample> =>
  readSample({
    table: tableOf(rows, header),
    exhibit: { sha256: sha256(JSON.stringify([header, rows.slice(0, 3), rows.length])), file: 'sample.csv' },
    key,
    lake: desk.lake,
    country: 'MY',
  })
const firstIds = (sample: Sample): string[] => sample.rows.map((row) => row.ids[0] ?? '').toSorted()

test('P1 of a large sample the rows of the smallest keys are compared, in whatever order it comes', async () => {
  const forth = await read(people)
  const back = await read(people.toReversed())
  expect([forth.read, forth.rows.length, forth.identified, forth.persons]).toEqual([
    people.length,
    limits.sampleRows,
    people.length,
    people.length,
  ])
  expect(firstIds(back)).toEqual(firstIds(forth))
  const tokens = people.map((one) => tokenOf(key, 'msisdn', canonical('msisdn', one['msisdn'] ?? '', { country: 'MY' }) ?? ''))
  expect(firstIds(forth)).toEqual(tokens.toSorted().slice(0, limits.sampleRows))
})

test('P4 rows of the whole sample are counted in a copy, compared ones are linked', async () => {
  const sample = await read(people)
  const loadId = await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy })
  const linkage = await linkSample({ lake: desk.lake, sample, copy, loadId })
  expect(linkage.metRows).toBe(30_000)
  expect(linkage.links.size).toBeLessThan(30_000)
  expect(linkage.links.size).toBeGreaterThan(25_000)
})

test('P1 the verdict says how many rows were compared, and beside the rows inside how many of all rows meet the copy', async () => {
  const cut = await desk.judge(people, columns)
  expect([cut.read, cut.compared]).toEqual([people.length, limits.sampleRows])
  const [first] = cut.sources
  expect(first).toMatchObject({ copy: 'halcyon', rowsMet: 30_000 })
  expect(first?.rowsInside).toBeLessThan(30_000)
  expect(cut.calibration).toContain(`${limits.sampleRows} of ${people.length} rows were compared, chosen by a hash`)
  const whole = await desk.judge(people.slice(0, 500), columns)
  expect(whole.sources[0]).toMatchObject({ copy: 'halcyon', rowsInside: 500 })
  expect(whole.sources[0]).not.toHaveProperty('rowsMet')
  expect(whole).not.toHaveProperty('compared')
}, 60_000)

test('P4 links are the same by the index and by reading the copy; an identifier of more than 100 rows links nothing', async () => {
  const header = ['msisdn', 'email', 'full_name']
  const mail = (n: number, email: string): Cells => ({ ...person(n), email })
  const placeholder = 'none@mail.example'
  const held = Array.from({ length: 30_000 }, (_, at) => mail(at, at < 101 ? placeholder : `p${at}@mail.example`))
  const family = Array.from({ length: 100 }, (_, at) => ({ ...mail(40_000 + at, `f${at}@mail.example`), msisdn: '60129999999' }))
  const shared = await desk.register([...held, ...family], header, {
    id: 'junk',
    kind: 'extract',
    holder: 'Junk',
    system: 'CRM',
    asOf: '2026-03-01',
    history: false,
  })
  const loadId = await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: shared })
  const few = [
    ...held.slice(0, 5),
    ...held.slice(200, 205),
    { ...mail(50_000, placeholder) },
    { ...mail(50_001, ''), msisdn: '60129999999' },
  ]
  const many = [...few, ...held.slice(1_000, 3_000)]
  const meet = async (rows: readonly Cells[]): Promise<ReadonlyMap<number, readonly Link[]>> => {
    const sample = await read(rows, header)
    return (await linkSample({ lake: desk.lake, sample, copy: shared, loadId })).links
  }
  const narrow = await meet(few)
  const wide = await meet(many)
  const firsts = (links: ReadonlyMap<number, readonly Link[]>) => [...links].filter(([n]) => n <= few.length)
  expect(firsts(wide)).toEqual(firsts(narrow))
  expect([...narrow].map(([n, links]) => [n, links.length])).toEqual([
    ...Array.from({ length: 10 }, (_, at) => [at + 1, 1]),
    [12, 100],
  ])
  expect(narrow.get(1)).toEqual([{ n: 1, row: 1, from: ever.from, to: ever.to, compared: 7, equal: 7 }])
  expect(wide.size).toBe(2_011)
  // Without anybody the copy knows, and with the shared identifier alone.
  expect((await meet([mail(70_000, 'x@mail.example')])).size).toBe(0)
  expect((await meet([mail(70_000, placeholder)])).size).toBe(0)
})

test('P6 values of a large copy are counted in spread stretches', async () => {
  const rows = 600_000
  const { id: loadId } = await desk.lake.load({ key: 'large', tables: copyTables }, async (writer) => {
    await desk.lake.engine.run(
      `INSERT INTO holdings (load_id, n, ids, fields, parts, valid_from, valid_to)
       SELECT {load:UInt64}, number + 1, [], [toFixedString(if(number % 4 = 0, 'one', 'other'), 16), toFixedString(if(number = 0, 'first', 'one'), 16)], [], 0, 1
       FROM numbers({rows:UInt64})`,
      { load: writer.loadId, rows },
    )
  })
  const { id: sampleId } = await desk.lake.load({ key: 'asked', tables: [sampleTable] }, async (writer) => {
    await desk.lake.engine.run(
      `INSERT INTO sample_rows (load_id, n, ids, fields, parts)
       SELECT {load:UInt64}, number + 1, [], [toFixedString(['one', 'first', 'nobody'][number + 1], 16)], [] FROM numbers(3)`,
      { load: writer.loadId },
    )
  })
  const field = (name: string): Column => ({ name, meaning: { kind: 'field', field: name, form: 'code', valid: 100 } })
  const large = { ...copy, rows, columns: [field('plan'), field('status')] }
  const sample = { idTags: [], fieldTags: ['field:status', 'field:plan', 'field:city'], loadId: sampleId } as unknown as Sample
  const linkage = { copy: large, loadId, size: rows, tags: ['field:plan', 'field:status'], links: new Map(), metRows: 0 }
  const found = await readFrequencies({ lake: desk.lake, sample, linkages: [linkage] })
  const token = (text: string): string => Buffer.from(text.padEnd(16, '\0')).toString('hex')
  expect([...found.keys()].toSorted()).toEqual(['field:plan', 'field:status'])
  expect(Math.exp(found.get('field:plan')?.of.get(token('one')) ?? 0)).toBeCloseTo(0.25, 5)
  expect(Math.exp(found.get('field:status')?.of.get(token('one')) ?? 0)).toBeCloseTo(1, 5)
  expect(found.get('field:status')?.of.get(token('first'))).toBeCloseTo(Math.log(1.5 / 524_289), 9)
  expect(found.get('field:plan')?.of.get(token('nobody'))).toBeUndefined()
  expect(found.get('field:plan')?.floor).toBeCloseTo(Math.log(0.5 / 524_289), 9)
})

test('P1 rows without an identifier are in the sample, with their fields', async () => {
  const sample = await read(people.slice(0, 200), ['full_name', 'city', 'dob'])
  expect([sample.read, sample.rows.length, sample.identified, sample.persons]).toEqual([200, 200, 0, 0])
  expect(sample.rows.every((row) => row.fields.some((token) => token !== ''))).toBe(true)
})

test('P3 tokens and parts in the lake are those of TypeScript, and come back from the registry', async () => {
  const stored = async (): Promise<unknown> => {
    const load = await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy })
    return desk.lake.engine.rows(
      `SELECT n, arrayMap(x -> lower(hex(x)), ids) AS i, arrayMap(x -> lower(hex(x)), fields) AS f,
         arrayMap(l -> arrayMap(x -> lower(hex(x)), l), parts) AS p FROM holdings WHERE load_id = {load:UInt64} AND n <= 300 ORDER BY n`,
      { load },
    )
  }
  const want = people.slice(0, 300).map((one, at) => {
    const form = (kind: Parameters<typeof canonical>[0], column: string): string =>
      canonical(kind, one[column] ?? '', { country: 'MY' }) ?? ''
    const cells = [
      ['name', 'field:name', form('name', 'full_name')],
      ['place', 'field:city', form('place', 'city')],
      ['date', 'field:date-of-birth', form('date', 'dob')],
    ] as const
    return {
      n: at + 1,
      i: [tokenOf(key, 'msisdn', form('msisdn', 'msisdn'))],
      f: cells.map(([, tag, text]) => (text === '' ? '0'.repeat(32) : tokenOf(key, tag, text))),
      p: cells.map(([kind, tag, text]) => partsOf(kind, text).map((part) => tokenOf(key, partTag(tag), part).slice(0, 16))),
    }
  })
  expect(await stored()).toEqual(want)
  await desk.dropLake()
  expect(await stored()).toEqual(want)
})

test.each(['tokens-00001.jsonl.gz', 'tokens-00001.parquet'])(
  'P3 token files of an earlier release (%s) are refused with what to do',
  async (file) => {
    const old = { ...copy, loadKey: 'earlier', parts: [{ file, sha256: '', rows: 1 }] }
    expect(await isWhole(desk.registry, old)).toBe(false)
    await expect(ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: old })).rejects.toThrow('earlier release')
  },
)
