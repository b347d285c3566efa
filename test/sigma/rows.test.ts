import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource, type ByteSource } from '../../src/base/index.ts'
import { readEvents } from '../../src/events/index.ts'
import { compile, loadRules, type RuleSet } from '../../src/sigma/index.ts'
import { ByteNeedles } from '../../src/sigma/byte-needles.ts'
import { KnownBytes } from '../../src/sigma/known-bytes.ts'
import { chunkBytes, evtxBytes, filetime, text } from '../formats/evtx-bytes.ts'
import { events, plans, ruleOf } from './random-rules.ts'
import { filesBelow, hasSharedData, orSkipped, publishedRules, regressionFolder } from './sigmahq.ts'

async function matches(set: RuleSet, source: ByteSource, rows: boolean): Promise<{ ids: string[][]; rows: number }> {
  const { records } = await collect(readEvents(source, { rows }))
  return {
    ids: records.map((event) => set.match(event).map((rule) => rule.id)),
    rows: records.filter((one) => 'row' in one).length,
  }
}

/** Lines that learn every layout first: each record stands twice. */
function twice(records: readonly object[], escape: (json: string) => string): ByteSource {
  const lines = records.flatMap((one) => [JSON.stringify(one), escape(JSON.stringify(one))])
  return bytesSource('generated.ndjson', Buffer.from(`${lines.join('\n')}\n`))
}

const escapes: readonly ((json: string) => string)[] = [
  (json) => json,
  (json) => json.replaceAll('/', '\\/'),
  (json) => json.replaceAll('s', '\\u0073'),
  (json) => json.replaceAll(/[^\u0020-\u007e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
]

test('events read by the place of their values match the same rules, however JSON writes them', async () => {
  let matched = 0
  let rows = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(plans, { minLength: 1, maxLength: 5 }),
      fc.array(events, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...escapes),
      async (some, logs, escape) => {
        const rules = some.map((plan, at) => ruleOf(plan, at, 'windows'))
        const source = twice(
          logs.map((fields) => ({ Channel: 'Security', EventID: 1, TimeCreated: '2026-10-04T01:02:03Z', ...fields })),
          escape,
        )
        const careful = await matches(compile(rules), source, false)
        const quick = await matches(compile(rules), source, true)
        expect(quick.ids).toEqual(careful.ids)
        matched += careful.ids.flat().length
        rows += quick.rows
      },
    ),
    { numRuns: 500 },
  )
  expect(matched).toBeGreaterThan(500)
  expect(rows).toBeGreaterThan(500)
})

/** The same bytes, handed out so many at a time. */
function inPieces(source: ByteSource, size: number): ByteSource {
  return {
    ...source,
    async *stream(from = 0) {
      const all = await source.slice(from, source.size)
      for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
    },
  }
}

test('of events that differ little from the one before each is matched by its own values, whatever it is read in', async () => {
  const values = fc.constantFrom('cmd.exe', 'cmd.exe /c', 'a "b" c', 'C:\\Temp\\x', '1', '', 'sekurlsa::x', 'σ', 'K\u212a')
  const fields = fc.record(
    { CommandLine: values, Image: fc.oneof(values, fc.nat(20)), User: values, Note: fc.option(values) },
    { requiredKeys: ['CommandLine'] },
  )
  const { rules } = loadRules(
    [
      "{ a: { CommandLine|contains: 'cmd', Image: 1 }, condition: a }",
      "{ a: { CommandLine|endswith: '/c' }, b: { User|contains: 'b\" c' }, condition: a and not b }",
      "{ a: { User|startswith: 'c:\\temp' }, condition: a }",
      "{ a: ['sekurlsa::', 'kk'], condition: a }",
      '{ a: { Note: null }, b: { Image|exists: true }, condition: a and b }',
      "{ a: { Image: 'σ' }, condition: a }",
    ].map((detection, at) => ({
      name: `${at}.yml`,
      text: `title: T\nid: 6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2b0${at}\nlogsource: { product: windows }\ndetection: ${detection}\n`,
    })),
  )
  expect(rules.length).toBe(6)
  let matched = 0
  let rows = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fields, { minLength: 30, maxLength: 60 }),
      fc.integer({ min: 40, max: 900 }),
      async (logs, size) => {
        const source = twice(
          logs.map((one) => ({ Channel: 'Security', EventID: 1, TimeCreated: '2026-10-04T01:02:03Z', ...one })),
          (json) => json,
        )
        const careful = await matches(compile(rules), source, false)
        const quick = await matches(compile(rules), inPieces(source, size), true)
        expect(quick.ids).toEqual(careful.ids)
        matched += careful.ids.flat().length
        rows += quick.rows
      },
    ),
    { numRuns: 60 },
  )
  expect(matched).toBeGreaterThan(500)
  expect(rows).toBeGreaterThan(2_000)
})

test('what is known of values is told by all of their bytes', () => {
  const known = new KnownBytes()
  const words = ['', 'a', 'ab', 'abc', 'abcd', 'abce', 'abcdabcd', ...Array.from({ length: 300 }, (_, at) => `value ${at}`)]
  const view = (word: string): DataView => {
    const bytes = Buffer.from(` ${word}`)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  for (const [at, word] of words.entries()) {
    expect(known.get(view(word), 1, word.length + 1)).toBeUndefined()
    known.set(view(word), 1, word.length + 1, [at])
  }
  for (const [at, word] of words.entries()) expect(known.get(view(word), 1, word.length + 1)).toEqual([at])
  expect(known.get(view('value 300'), 1, 10)).toBeUndefined()
  known.clear()
  expect(known.get(view('abc'), 1, 4)).toBeUndefined()
})

test('a value met in a row hides no keyword from an event that comes whole', async () => {
  const keyword = `title: Keyword
id: 6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2a02
logsource: { product: windows }
detection: { words: ['sekurlsa::'], condition: words }
`
  const field = `title: Field
id: 6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2a03
logsource: { product: windows }
detection: { a: { CommandLine|contains: nbtscan }, condition: a }
`
  const { rules } = loadRules([
    { name: 'a.yml', text: keyword },
    { name: 'b.yml', text: field },
  ])
  const event = { eventId: 1, time: filetime(1_790_000_000_000), data: [['CommandLine', text('x sekurlsa::y')]] as const }
  const source = bytesSource('generated.evtx', evtxBytes([chunkBytes([event])]))
  const set = compile(rules)
  const asRow = await matches(set, source, true)
  const whole = await matches(set, source, false)
  expect(asRow.rows).toBe(1)
  expect(asRow.ids).toEqual([['6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2a02']])
  expect(whole.ids).toEqual(asRow.ids)
})

test('looking at some places only finds what a search of every place finds', () => {
  const text = fc
    .array(fc.constantFrom('a', 'B', '::', 'mimi', 'Drv', 'lsadump', ' ', '\u0100'), { maxLength: 12 })
    .map((some) => some.join(''))
  fc.assert(
    fc.property(
      fc.uniqueArray(
        text.filter((one) => /^[\u0020-\u007e]+$/.test(one)),
        { minLength: 1, maxLength: 6 },
      ),
      text,
      fc.nat(5),
      (needles, hay, from) => {
        const search = ByteNeedles.of(new Map(needles.map((one, at) => [one.toLowerCase(), [at]])))
        const bytes = Buffer.from(hay, 'utf8')
        const found: number[] = []
        search?.find(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), from, bytes.length, found)
        const stands = needles.flatMap((one, at) =>
          bytes.subarray(from).toString('latin1').toLowerCase().includes(one.toLowerCase()) ? [at] : [],
        )
        expect([...new Set(found)].toSorted()).toEqual(stands.toSorted())
      },
    ),
    { numRuns: 1_000 },
  )
})

test.skipIf(!hasSharedData)(
  `published examples match the same rules from rows of their event logs${orSkipped}`,
  async () => {
    const { rules } = loadRules(publishedRules())
    const set = compile(rules)
    let rows = 0
    let hits = 0
    for (const path of filesBelow(regressionFolder, '.evtx')) {
      const source = await fileSource(path)
      const careful = await matches(set, source, false)
      const quick = await matches(set, source, true)
      expect(quick.ids, path).toEqual(careful.ids)
      rows += quick.rows
      hits += quick.ids.flat().length
    }
    expect(rows).toBeGreaterThan(80)
    expect(hits).toBeGreaterThan(80)
  },
  120_000,
)
