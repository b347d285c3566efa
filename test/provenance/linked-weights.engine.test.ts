import { afterAll, expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { linkByWeights, type WeightedLinkage } from '../../src/provenance/linked-weights.ts'
import { ensureHoldings, type Copy } from '../../src/provenance/index.ts'
import { readSample } from '../../src/provenance/sample.ts'
import { key, openDesk } from './desk.ts'
import { fractions, mistyped, personColumns, persons } from './mistyped.ts'
import { extractCut } from './own-history.ts'
import { dayText, lastDay, tableOf, type Cells } from './subscribers.ts'

const people = persons(3_000, 51)
const desk = await openDesk()
afterAll(() => desk.close())
const copy = await desk.register(people, ['msisdn', ...personColumns], extractCut('crm', 'Halcyon Print', lastDay))

async function linked(
  records: readonly Cells[],
  columns: readonly string[] = personColumns,
  to: Copy = copy,
): Promise<WeightedLinkage> {
  const sample = await readSample({
    table: tableOf(records, columns),
    exhibit: { sha256: sha256(JSON.stringify([columns, records])), file: 'sample.csv' },
    key,
    lake: desk.lake,
    country: 'MY',
  })
  const loadId = await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy: to })
  return linkByWeights({ lake: desk.lake, sample, copy: to, loadId })
}

/** Of `count` sample rows: share linked to their own record, and share of links that go there. Record i of the copy is row i + 1. */
function quality(linkage: WeightedLinkage, rowOf: readonly number[]): { recall: number; precision: number } {
  let right = 0
  for (const [n, links] of linkage.links) if (links.some((link) => link.row === rowOf[n - 1])) right += 1
  const inside = rowOf.filter((row) => row > 0).length
  return { recall: right / inside, precision: right / Math.max(1, linkage.links.size) }
}

/** Positions drawn without repetition. */
function drawn(count: number, seed: number): number[] {
  const next = fractions(seed)
  return people
    .map((_, at) => ({ at, by: next() }))
    .toSorted((a, b) => a.by - b.by)
    .slice(0, count)
    .map(({ at }) => at)
}

const at = drawn(400, 3)
const sloppy = mistyped(
  at.map((position) => people[position] ?? {}),
  9,
)
const strangers = mistyped(persons(200, 77, '6019'), 4)

test('P4 rows without identifiers are linked in spite of mistakes, strangers among them are not', async () => {
  const linkage = await linked([...sloppy, ...strangers])
  const { recall, precision } = quality(linkage, [...at.map((position) => position + 1), ...strangers.map(() => 0)])
  expect(recall).toBeGreaterThan(0.95)
  expect(precision).toBeGreaterThan(0.98)
  for (const [n, { probability, bits }] of linkage.weights) {
    expect(probability).toBeGreaterThanOrEqual(0.9)
    expect(bits).toBeGreaterThan(0)
    expect(linkage.links.get(n)?.length).toBe(1)
  }
})

test('P4 masks say which fields are compared and which are equal', async () => {
  const linkage = await linked(at.slice(0, 200).map((position) => people[position] ?? {}))
  expect(linkage.tags).toEqual([
    'field:name',
    'field:date-of-birth',
    'field:address',
    'field:city',
    'field:postcode',
    'field:plan',
  ])
  const { recall, precision } = quality(
    linkage,
    at.slice(0, 200).map((position) => position + 1),
  )
  expect([recall > 0.99, precision > 0.99]).toEqual([true, true])
  expect([...linkage.links.values()].every(([link]) => link?.compared === 63 && link.equal === 63)).toBe(true)
})

test('P4 name, day of birth and city are enough for most, and what is not enough links nobody', async () => {
  const three = await linked(sloppy, ['full_name', 'dob', 'city'])
  const { recall, precision } = quality(
    three,
    at.map((position) => position + 1),
  )
  expect(recall).toBeGreaterThan(0.8)
  expect(precision).toBeGreaterThan(0.97)
  expect((await linked(sloppy, ['city', 'plan'])).links.size).toBe(0)
  expect((await linked(sloppy, ['plan'])).links.size).toBe(0)
})

test("P4 nobody is linked in strangers' data", async () => {
  const linkage = await linked(mistyped(persons(400, 78, '6019'), 5))
  expect(linkage.links.size).toBeLessThanOrEqual(3)
})

test('P4 one person goes to one row; rows that say the same are linked alike', async () => {
  const some = sloppy.slice(0, 150)
  const linkage = await linked([...some, ...some.slice(0, 50)])
  const owner = new Map<number, string>()
  const rows = [...some, ...some.slice(0, 50)]
  for (const [n, links] of linkage.links) {
    const content = JSON.stringify(rows[n - 1])
    for (const { row } of links) {
      expect(owner.get(row) ?? content).toBe(content)
      owner.set(row, content)
    }
  }
  for (let n = 1; n <= 50; n += 1) expect(linkage.links.get(n + 150)?.[0]?.row).toBe(linkage.links.get(n)?.[0]?.row)
})

test('P4 the order of the rows does not matter', async () => {
  const rows = [...sloppy.slice(0, 200), ...strangers.slice(0, 60)]
  const turned = rows
    .map((cells, position) => ({ cells, position }))
    .toSorted((a, b) => ((a.position * 101) % 260) - ((b.position * 101) % 260))
  const one = await linked(rows)
  const other = await linked(turned.map(({ cells }) => cells))
  const plain = (linkage: WeightedLinkage, position: (n: number) => number): unknown[] =>
    [...linkage.links]
      .map(([n, links]) => [
        position(n),
        links.map(({ row, compared, equal }) => [row, compared, equal]),
        linkage.weights.get(n)?.bits,
      ])
      .toSorted((a, b) => Number(a[0]) - Number(b[0]))
  expect(plain(other, (n) => turned[n - 1]?.position ?? -1)).toEqual(plain(one, (n) => n - 1))
})

test('P4 all versions of a person are linked in a copy with history', async () => {
  const versions = people.slice(0, 1_500).flatMap((cells, position) => {
    const moved = position % 3 === 0
    return [
      { ...cells, valid_from: '2020-01-01', valid_to: moved ? '2024-01-01' : '' },
      ...(moved
        ? [{ ...cells, city: 'Kota Meru', address: `${position} Jalan Baru`, valid_from: '2024-01-01', valid_to: '' }]
        : []),
    ]
  })
  const own = await desk.register(versions, ['msisdn', ...personColumns, 'valid_from', 'valid_to'], {
    id: 'own',
    kind: 'own',
    holder: 'Meridian Telekom',
    system: 'CRM',
    asOf: dayText(lastDay),
    history: true,
  })
  const linkage = await linked(people.slice(0, 300), personColumns, own)
  expect(linkage.links.size).toBeGreaterThan(290)
  expect(linkage.links.get(1)?.length).toBe(2)
  expect(linkage.links.get(2)?.length).toBe(1)
})
