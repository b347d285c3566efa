import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../src/app/items.ts'
import { matchItems } from '../../src/app/match-items.ts'
import { fileSource } from '../../src/base/index.ts'
import { identify } from '../../src/formats/index.ts'
import { loadRules, type Rule } from '../../src/sigma/index.ts'
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
