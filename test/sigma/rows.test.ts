import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource, type ByteSource } from '../../src/base/index.ts'
import { readEvents } from '../../src/events/index.ts'
import { compile, loadRules, type RuleSet } from '../../src/sigma/index.ts'
import { SkipSearch } from '../../src/sigma/skip-search.ts'
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

test('skipping characters finds what a search of every place finds', () => {
  const text = fc
    .array(fc.constantFrom('a', 'B', '::', 'mimi', 'Drv', 'lsadump', ' ', '\u0100'), { maxLength: 12 })
    .map((some) => some.join(''))
  fc.assert(
    fc.property(
      fc.uniqueArray(
        text.filter((one) => one.length >= 4 && /^[\u0020-\u007e]+$/.test(one)),
        { minLength: 1, maxLength: 6 },
      ),
      text,
      fc.nat(5),
      (needles, hay, from) => {
        const search = SkipSearch.of(new Map(needles.map((one, at) => [one.toLowerCase(), [at]])))
        const found = new Set<number>()
        search?.find(hay, from, hay.length, (at) => found.add(at))
        const stands = needles.flatMap((one, at) => (hay.slice(from).toLowerCase().includes(one.toLowerCase()) ? [at] : []))
        expect([...found].filter((at) => stands.includes(at)).toSorted()).toEqual(stands.toSorted())
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
