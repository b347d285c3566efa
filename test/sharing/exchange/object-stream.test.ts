import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../../src/base/index.ts'
import { objectStream, StixReader } from '../../../src/sharing/index.ts'

// eslint-disable-next-line typescript/require-await
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function parts(text: string, size = 7) {
  const objects: unknown[] = []
  const skipped: { n: number; why: string }[] = []
  let rest: { members: Readonly<Record<string, string>>; whole: boolean } = { members: {}, whole: false }
  for await (const part of objectStream(inChunks(Buffer.from(text), size)))
    if (part.kind === 'object') objects.push(JSON.parse(part.text))
    else if (part.kind === 'skipped') skipped.push({ n: part.n, why: part.why })
    else rest = part
  return { objects, skipped, ...rest }
}

test('a document of objects is the same in chunks of any size, and the members around them are told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 50 }),
      fc.string({ maxLength: 20 }),
      async (objects, size, next) => {
        const text = JSON.stringify({ type: 'bundle', more: true, objects, next })
        const read = await parts(text, size)
        expect(read.objects).toEqual(JSON.parse(JSON.stringify(objects)))
        expect(read.whole).toBe(true)
        expect(read.members['more']).toBe('true')
      },
    ),
    { numRuns: 200 },
  )
})

test('words and names inside of values are not taken for the list', async () => {
  const tricky = { name: '"objects": [{"a":1}]', objects: [{ inner: 1 }], text: '\\"}]}' }
  const text = JSON.stringify({ id: '"objects":[', other: { objects: [{ no: 1 }] }, objects: [tricky, { b: 2 }] })
  const read = await parts(text)
  expect(read.objects).toEqual([tricky, { b: 2 }])
})

test('objects that are too large or too deep are passed over, the others are read', async () => {
  const deep = `${'{"a":'.repeat(limits.depth + 20)}1${'}'.repeat(limits.depth + 20)}`
  const text = `{"objects":[{"a":1},{"long":"${'x'.repeat(limits.sharedObjectBytes)}"},${deep},{"b":2}]}`
  const read = await parts(text, 65_536)
  expect(read.objects).toEqual([{ a: 1 }, { b: 2 }])
  expect(read.skipped).toEqual([
    { n: 2, why: 'too large' },
    { n: 3, why: 'nested too deeply' },
  ])
  expect(read.whole).toBe(true)
})

test.each(['', '{', '[]', '{"objects":[{"a":1}', '{"objects":[{"a":1},{"b"', '}}}}', '{"objects":{"a":1}}'])(
  '%s is not more than it is',
  async (text) => {
    const read = await parts(text)
    expect(read.objects.length).toBeLessThan(2)
    expect(read.whole).toBe(text === '[]' || text === '{"objects":{"a":1}}')
  },
)

const id = (type: string, n: number): string => `${type}--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

test('cycles, unknown types and HTML in names do no harm; what is no STIX is passed over with its number', () => {
  const reader = new StixReader('hostile.json')
  const objects: unknown[] = [
    { type: 'relationship', id: id('relationship', 1), source_ref: id('relationship', 1), target_ref: id('relationship', 1) },
    { type: 'identity', id: id('identity', 1), created_by_ref: id('identity', 1), name: '<script>alert(1)</script>\u202e\u0007' },
    {
      type: 'marking-definition',
      id: id('marking-definition', 1),
      object_marking_refs: [id('marking-definition', 1)],
      definition_type: 'statement',
      definition: { statement: 'PAP:RED' },
    },
    {
      type: 'indicator',
      id: id('indicator', 1),
      name: 'a\u0000b',
      pattern: "[ipv4-addr:value = '203.0.113.9']",
      pattern_type: 'stix',
      valid_from: '2026-01-02T03:04:05Z',
      created_by_ref: id('identity', 1),
      object_marking_refs: [id('marking-definition', 1), 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'],
    },
    { type: 'indicator', id: id('indicator', 2), pattern: 7 },
    { type: 'indicator', id: '../../etc/passwd', pattern: 'x' },
    { type: '__proto__', id: id('indicator', 3) },
    { id: 'x' },
    7,
  ]
  for (const one of objects) reader.add(JSON.stringify(one))
  reader.add('{"__proto__": {"polluted": true}}')
  reader.add('nonsense')
  const read = reader.done()
  expect(read.objects).toBe(11)
  expect(read.patterns).toEqual([
    {
      id: id('indicator', 1),
      name: 'a\\u{0}b',
      pattern: "[ipv4-addr:value = '203.0.113.9']",
      patternType: 'stix',
      source: '<script>alert(1)</script>\\u{202e}\\u{7}',
      date: '2026-01-02T03:04:05Z',
      tlp: 'red',
      pap: 'red',
      modified: '',
      revoked: false,
    },
  ])
  expect(read.faults.map((one) => one.where.record)).toEqual([5, 6, 8, 9, 10, 11])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('of two versions the later one stands, whichever comes first', () => {
  for (const order of [
    [1, 2],
    [2, 1],
  ]) {
    const reader = new StixReader('versions.json')
    for (const n of order)
      reader.add(
        JSON.stringify({
          type: 'indicator',
          id: id('indicator', 1),
          pattern: `[file:name = 'v${n}']`,
          modified: `2026-01-0${n}T00:00:00.000Z`,
          revoked: n === 2,
        }),
      )
    expect(reader.done().patterns).toMatchObject([{ pattern: "[file:name = 'v2']", revoked: true }])
  }
})

test('50,000 objects are read in a few seconds, and only what is looked for is kept', async () => {
  const objects = Array.from({ length: 50_000 }, (_, n) =>
    n % 2 === 0
      ? {
          type: 'indicator',
          id: id('indicator', n),
          name: `address ${n}`,
          pattern: `[ipv4-addr:value = '203.0.${n >> 8}.${n & 255}']`,
          valid_from: '2026-01-01T00:00:00Z',
        }
      : {
          type: 'relationship',
          id: id('relationship', n),
          source_ref: id('relationship', n),
          target_ref: id('relationship', n + 2),
        },
  )
  const bytes = Buffer.from(JSON.stringify({ type: 'bundle', objects }))
  const reader = new StixReader('large.json')
  const before = process.cpuUsage()
  for await (const part of objectStream(inChunks(bytes, 65_536))) if (part.kind === 'object') reader.add(part.text)
  const { user, system } = process.cpuUsage(before)
  const read = reader.done()
  expect(read.counts).toEqual({ indicator: 25_000, relationship: 25_000 })
  expect(read.patterns).toHaveLength(25_000)
  expect(read.faults).toEqual([])
  expect((user + system) / 1e6).toBeLessThan(20)
})

test('of sightings the last moment of each indicator is kept; of anything else, nothing', () => {
  const indicator = 'indicator--00000000-0000-4000-8000-000000000001'
  const seen = (of: string, last: unknown, more: object = {}): string =>
    JSON.stringify({
      type: 'sighting',
      id: 'sighting--00000000-0000-4000-8000-000000000002',
      sighting_of_ref: of,
      last_seen: last,
      ...more,
    })
  const reader = new StixReader('sightings.json')
  reader.add(seen(indicator, '2026-03-01T10:00:00.000Z'))
  reader.add(seen(indicator, '2026-04-01T12:00:00+02:00'))
  reader.add(seen(indicator, '2026-04-01T11:00:00Z', { revoked: true }))
  reader.add(seen(indicator, 'yesterday'))
  reader.add(seen('attack-pattern--00000000-0000-4000-8000-000000000003', '2026-09-01T10:00:00.000Z'))
  const { lastSeen, counts, faults } = reader.done()
  expect([...lastSeen]).toEqual([[indicator, '2026-04-01T12:00:00+02:00']])
  expect(counts).toEqual({ sighting: 5 })
  expect(faults).toEqual([])
})
