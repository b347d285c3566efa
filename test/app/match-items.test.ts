import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../src/app/items.ts'
import { matchItems } from '../../src/app/match-items.ts'
import { fileSource } from '../../src/base/index.ts'
import { identify } from '../../src/formats/index.ts'
import { loadRules, type Rule } from '../../src/sigma/index.ts'
import { chunkBytes, evtxBytes, filetime, text, type EventSpec } from '../formats/evtx-bytes.ts'
import { filesBelow, hasSharedData, orSkipped, publishedRules, regressionFolder } from '../sigma/sigmahq.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breachline-match-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const rule = `title: Scanner started
id: 6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2a01
level: high
logsource: { product: windows, category: process_creation }
detection: { a: { Image|endswith: '\\nbtscan.exe' }, condition: a }
`

async function itemOf(path: string): Promise<Item> {
  const source = await fileSource(path)
  return { sha256: '', file: path, source, identified: await identify(source), role: 'logs', guessed: false, rule: {} }
}

async function matched(
  paths: readonly string[],
  rules: readonly Rule[],
  threads: number,
): Promise<{ hits: unknown[]; faults: unknown[]; events: number }> {
  const hits: unknown[] = []
  const faults: unknown[] = []
  let events = 0
  async function* items(): AsyncGenerator<Item | { readonly passing: string }> {
    yield { passing: 'first' }
    for (const path of paths) yield await itemOf(path)
    yield { passing: 'last' }
  }
  for await (const one of matchItems<Item, { readonly passing: string }>({
    items: items(),
    isItem: (each): each is Item => 'source' in each,
    rules,
    readingOf: (item) => ({ identified: item.identified }),
    threads,
    partBytes: 4_096,
    expected: 1e9,
    watch: {},
  })) {
    if ('passing' in one) hits.push(one.passing)
    else
      for await (const part of one.matched) {
        events += part.events
        faults.push(...part.faults)
        for (const hit of part.hits)
          hits.push({
            file: one.item.file,
            at: hit.event.at,
            host: hit.event.host,
            time: hit.event.time,
            fields: hit.event.fields,
            rules: hit.rules.map((each) => each.id),
          })
      }
  }
  return { hits, faults, events }
}

test('three threads say what one says, with lines, records and faults in place', async () => {
  const lines: string[] = []
  for (let n = 0; n < 900; n += 1) {
    const image = n % 97 === 0 ? 'C:\\Tools\\nbtscan.exe' : `C:\\Windows\\p${n % 13}.exe`
    lines.push(
      JSON.stringify({
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: 1,
        Hostname: `ws-${n % 7}`,
        '@timestamp': '2026-10-04T09:00:00Z',
        UtcTime: '2026-10-04 01:00:00.000',
        Image: image,
      }),
    )
    if (n % 211 === 0) lines.push('', '{"Channel": broken')
  }
  const log = join(folder, 'generated.ndjson')
  const other = join(folder, 'other.ndjson')
  await writeFile(log, `\uFEFF${lines.join('\n')}`)
  await writeFile(other, `${lines.slice(0, 300).join('\n')}\n`)
  const { rules } = loadRules([{ name: 'a.yml', text: rule }])
  const one = await matched([log, other], rules, 1)
  const three = await matched([log, other], rules, 3)
  expect(three).toEqual(one)
  expect(one.events).toBe(lines.concat(lines.slice(0, 300)).filter((line) => line.endsWith('}')).length)
  expect(one.hits).toHaveLength(10 + 4 + 2)
  expect(one.faults.length).toBeGreaterThan(6)
}, 60_000)

test('an event log with chunks out of step and records in slack gives the same by parts', async () => {
  const event = (n: number): EventSpec => ({
    eventId: 1,
    time: filetime(Date.UTC(2026, 9, 4, 9, 0, n % 60)),
    data: [['Image', text(n % 5 === 0 ? 'C:\\Tools\\nbtscan.exe' : `C:\\Windows\\p${n}.exe`)]],
  })
  const chunk = (first: number, count: number): Buffer =>
    chunkBytes(
      Array.from({ length: count }, (_, n) => event(first + n)),
      first,
    )
  const again = (first: number): Buffer => {
    const bytes = chunk(first + 100, 12)
    const later = chunk(first, 4)
    later.copy(bytes, 0, 0, later.readUInt32LE(48))
    return bytes
  }
  const bytes = [again(1), chunk(5, 9), again(20), chunk(30, 5).subarray(0, 30_000), again(40), Buffer.alloc(700, 1), again(50)]
  const log = join(folder, 'uneven.evtx')
  await writeFile(log, Buffer.concat([evtxBytes([]), ...bytes, chunk(60, 8), again(70), chunk(80, 3)]))
  const { rules } = loadRules([{ name: 'a.yml', text: rule }])
  const one = await matched([log], rules, 1)
  const three = await matched([log], rules, 3)
  expect(three).toEqual(one)
  expect(one.events).toBe(4 + 9 + 4 + 5 + 4 + 4 + 8 + 4 + 3)
  const recovered = one.hits.flatMap((hit) => {
    const { at, fields } = hit as { at?: { n: number }; fields?: Record<string, string> }
    return fields?.['recovered'] === 'from slack' ? [at?.n ?? 0] : []
  })
  expect(recovered.length).toBeGreaterThan(5)
  expect(Math.min(...recovered)).toBeGreaterThan(one.events)
  expect(new Set(recovered).size).toBe(recovered.length)
}, 60_000)

test.skipIf(!hasSharedData)(
  `event logs divided into chunks give the same detections${orSkipped}`,
  async () => {
    const { rules } = loadRules(publishedRules())
    const paths = filesBelow(regressionFolder, '.evtx').slice(0, 12)
    const one = await matched(paths, rules, 1)
    const two = await matched(paths, rules, 2)
    expect(two).toEqual(one)
    expect(one.hits.length).toBeGreaterThan(12)
  },
  120_000,
)

test('times without a year in parts of a log are read by what its beginning tells, and that is told once', async () => {
  const lines = Array.from({ length: 400 }, (_, n) =>
    n % 2 === 0
      ? { Channel: 'Security', EventID: 4624, Hostname: 'ws-1', '@timestamp': `202${n === 0 ? 4 : 6}-10-04T09:00:00Z` }
      : { _raw: `Oct  4 10:00:${10 + (n % 50)} gw-1 sshd[${n}]: Failed password for root from 203.0.113.9 port 22 ssh2` },
  )
  const log = join(folder, 'no-year.ndjson')
  await writeFile(log, lines.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const refused = `title: Refused
id: 6e0c1a55-1f0a-4a8e-9a5c-0d4b8f1f2a02
logsource: { product: linux, service: sshd }
detection: { a: ['Failed password'], condition: a }
`
  const { rules } = loadRules([{ name: 'a.yml', text: refused }])
  const one = await matched([log], rules, 1)
  const three = await matched([log], rules, 3)
  expect(three).toEqual(one)
  expect(one.faults).toMatchObject([{ code: 'log-year-assumed', where: { line: 1 } }])
  const times = three.hits.flatMap((hit) => (typeof hit === 'string' ? [] : [(hit as { time: string }).time.slice(0, 10)]))
  expect([times.length, ...new Set(times)]).toEqual([200, '2024-10-04'])
}, 60_000)
