import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  lookupTables,
  proposals,
  reviewLookups,
  type AuditSource,
  type LookupReview,
  type ReasonSource,
} from '../../src/lookups/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { msisdn } from './case.ts'
import { file, generatedFiles } from './generated.ts'

const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-update-'))

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

const lakeOf = (name: string): Promise<Lake> => openLake({ directory: join(directory, name), tables: lookupTables })

interface Given {
  readonly audit: readonly AuditSource[]
  readonly reasons: readonly ReasonSource[]
}

async function review(lake: Lake, given: Given): Promise<LookupReview> {
  const { review: answer, faults } = await reviewLookups(lake, {
    ...given,
    key,
    country: 'MY',
    zone: '+08:00',
    subscriberBase: 4_000,
  })
  expect(faults).toEqual([])
  return answer
}

async function linesOf({ source }: AuditSource | ReasonSource): Promise<string[]> {
  const parts: Uint8Array[] = []
  for await (const part of source.stream()) parts.push(part)
  return Buffer.concat(parts).toString('utf8').trimEnd().split('\n')
}

/** The rows before a moment, and those from it on; the time stands in the column `at`. */
function cut(lines: readonly string[], at: number, moment: string): [string[], string[]] {
  const [head = '', ...rows] = lines
  const early = rows.filter((row) => (row.split(',')[at] ?? '') < moment)
  return [
    [head, ...early],
    [head, ...rows.filter((row) => !early.includes(row))],
  ]
}

/** The loads of each week of days. */
async function weeksGraded(lake: Lake): Promise<Map<string, string>> {
  const rows = await lake.engine.rows<{ week: number; loads: string }>(
    `SELECT week, arrayStringConcat(arraySort(groupUniqArray(toString(load_id))), ' ') AS loads FROM lookup_days GROUP BY week ORDER BY week`,
  )
  return new Map(rows.map((row) => [String(row.week), row.loads]))
}

test('L20: a week more, with accounts nobody knew and reads that stand in both logs, gives the answer of a whole review, and old weeks are not graded again', async () => {
  const { audit, reasons } = generatedFiles({ seed: 31, size: 4_000 })
  const moment = '2026-03-26T00:00:00'
  const logs = await Promise.all(audit.map(linesOf))
  const [contacts = []] = await Promise.all(reasons.map(linesOf))
  // The days before state the team of every account, so that the week tells of none that it did not know.
  const pairs = new Set(
    contacts
      .slice(1)
      .map((row) => row.split(',').slice(3, 5).join(','))
      .filter((pair) => /^.+,.+$/.test(pair)),
  )
  const teams = [...pairs].map((pair) => `${msisdn(3_999)},2026-01-05T00:00:00+00:00,agent,${pair},R`)
  const [before, week] = cut([...contacts, ...teams], 1, moment)
  const halves = logs.map((lines) => cut(lines, 0, moment))
  const csv = (name: string, lines: readonly string[]) => ({ ...file(name, lines), format: 'csv' as const })
  // An account whose name stands before all others, and reads that were shipped with the days before as well.
  const [first = []] = halves.map(([early]) => early)
  const shipped = first.slice(1).toSorted().slice(-40)
  const strangers = [3, 4, 5].map((one) => `2026-03-27T10:00:00+00:00,aaa,${msisdn(one)},CRM,view,usage,,,,new-desk,1,`)
  const old: Given = {
    audit: halves.map(([early], at) => csv(`early-${at}.csv`, early)),
    reasons: [csv('contacts-early.csv', before)],
  }
  const added: Given = {
    audit: halves.map(([, late], at) => csv(`late-${at}.csv`, at === 0 ? [...late, ...shipped, ...strangers] : late)),
    reasons: [csv('contacts-late.csv', week)],
  }
  const whole = { audit: [...old.audit, ...added.audit], reasons: [...old.reasons, ...added.reasons] }

  const growing = await lakeOf('growing')
  const earlier = await review(growing, old)
  const graded = await weeksGraded(growing)
  expect(graded.size).toBeGreaterThanOrEqual(11)
  const update = await review(growing, whole)
  const again = await weeksGraded(growing)
  await growing.close()
  const empty = await lakeOf('anew')
  const anew = await review(empty, whole)
  await empty.close()

  expect(JSON.stringify(update)).toBe(JSON.stringify(anew))
  expect(JSON.stringify(update)).not.toBe(JSON.stringify(earlier))
  // One head a log; forty rows shipped twice and three of the stranger beside the rows of the logs.
  expect(update.accesses).toBe(logs.flat().length - logs.length + 43)
  const told = update.notes.map((note) => note.text).join('\n')
  expect(told).toContain('stand in the logs more than once')
  // Only weeks that the new rows reach were graded a second time: those of the days shipped twice, of the moment and behind it.
  const anewGraded = [...graded].filter(([at, loads]) => again.get(at) !== loads)
  expect(anewGraded.length).toBeGreaterThanOrEqual(1)
  expect(anewGraded.length).toBeLessThanOrEqual(4)
  expect([...graded].filter(([at, loads]) => again.get(at) === loads).length).toBeGreaterThanOrEqual(8)
})

test('L20: weeks that were graded again are cleared, with what was counted from them; the answers stay', async () => {
  const { audit, reasons } = generatedFiles({ seed: 32, size: 2_000 })
  const [contacts = []] = await Promise.all(reasons.map(linesOf))
  const [early, late] = cut(contacts, 1, '2026-02-20T00:00:00')
  const csv = (name: string, lines: readonly string[]) => ({ ...file(name, lines), format: 'csv' as const })
  const small: Given = { audit, reasons: [csv('early.csv', early)] }
  const whole: Given = { audit, reasons: [csv('early.csv', early), csv('late.csv', late)] }
  const lake = await lakeOf('cleared')
  const first = await review(lake, small)
  const full = await review(lake, whole)
  expect(JSON.stringify(full)).not.toBe(JSON.stringify(first))
  const count = async (sql: string): Promise<number> => Number((await lake.engine.rows<{ c: string }>(sql))[0]?.c)
  // One load a week, one permutation, and the subscribers of the log and of the permutation.
  expect([...(await weeksGraded(lake)).values()].every((loads) => !loads.includes(' '))).toBe(true)
  expect(await count('SELECT toString(uniqExact(load_id)) AS c FROM lookup_permuted')).toBe(1)
  expect(await count('SELECT toString(uniqExact(load_id)) AS c FROM lookup_subscribers')).toBe(2)
  const kept = await weeksGraded(lake)
  expect(JSON.stringify(await review(lake, whole))).toBe(JSON.stringify(full))
  // A review of fewer reasons grades its weeks anew, and clears none that rest on more.
  expect(JSON.stringify(await review(lake, small))).toBe(JSON.stringify(first))
  for (const [week, loads] of kept)
    expect((await weeksGraded(lake)).get(week)?.split(' ')).toEqual(expect.arrayContaining([loads]))
  // Two reviews at a time clear nothing of each other's.
  const [one, other] = await Promise.all([review(lake, small), review(lake, whole)])
  expect([JSON.stringify(one), JSON.stringify(other)]).toEqual([JSON.stringify(first), JSON.stringify(full)])
  await lake.close()
}, 120_000)

test('L18: numbers left out between runs of numbers and within one are told together, and a number that stands twice is none left out', async () => {
  const lake = await lakeOf('numbers')
  const numbers = [4_090, 4_091, 4_091, 4_100, 4_102, 8_200, 8_201]
  const rows = numbers.map((seq, at) => `2026-02-03T09:00:0${at}+08:00,ann,${msisdn(at)},${seq}`)
  const log = { ...file('numbered.csv', ['ts,account,subscriber,seq', ...rows]), format: 'csv' as const }
  const told = (await review(lake, { audit: [log], reasons: [] })).notes.filter((note) => note.text.includes('leave out'))
  await lake.close()
  expect(told.map((note) => note.text)).toEqual([
    'The record numbers of numbered.csv leave out 4106 in 3 places (4097 at the widest): reads may be missing from this log.',
  ])
  expect(told[0]?.cites.map((cite) => (cite.kind === 'exhibit' ? cite.at : undefined))).toEqual([
    { kind: 'row', n: 5 },
    { kind: 'row', n: 6 },
  ])
})

/** Rows of one counter in files of given names, each with its numbers; the time of a row is its number, in minutes. */
function counted(files: Readonly<Record<string, readonly number[]>>, begin = '2026-02-03T00:00:00Z'): AuditSource[] {
  return Object.entries(files).map(([name, numbers]) => ({
    ...file(name, [
      'ts,account,subscriber,seq',
      ...numbers.map((seq) => `${new Date(Date.parse(begin) + seq * 60_000).toISOString()},ann,${msisdn(seq % 900)},${seq}`),
    ]),
    format: 'csv' as const,
  }))
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_one, at) => from + at)

test.each([
  [
    'numbers left out between two files of one counter are told with both',
    counted({ 'crm-2026-02-03.csv': range(1, 90), 'crm-2026-02-04.csv': range(101, 190) }),
    [
      'The record numbers of crm-2026-02-03.csv to crm-2026-02-04.csv (2 files, one counter by names, numbers and times) leave out 10 in 1 places (10 at the widest, between crm-2026-02-03.csv and crm-2026-02-04.csv): reads may be missing from these logs.',
    ],
  ],
  [
    'numbers that go on in the next file leave nothing out',
    counted({ 'crm.csv.1': range(1, 90), 'crm.csv': range(91, 190) }),
    [],
  ],
  [
    'what is missing from one file and was shipped in another is not left out',
    counted({ 'crm-1.csv': [...range(1, 50), ...range(61, 90)], 'crm-2.csv': range(45, 120) }),
    [],
  ],
  [
    'a segment that was never closed in leaves its numbers out, across runs of numbers',
    counted({
      'crm.csv.2026-02-03.segment-1': range(1, 5_000),
      'crm.csv.2026-02-04.segment-3': range(9_001, 9_100),
      'crm.csv.2026-02-05.segment-4': range(9_101, 9_200),
    }),
    [
      'The record numbers of crm.csv.2026-02-03.segment-1 to crm.csv.2026-02-05.segment-4 (3 files, one counter by names, numbers and times) leave out 4000 in 1 places (4000 at the widest, between crm.csv.2026-02-03.segment-1 and crm.csv.2026-02-04.segment-3): reads may be missing from these logs.',
    ],
  ],
  ['files of other names are other counters', counted({ 'crm.csv': range(1, 90), 'shop.csv': range(201, 290) }), []],
  [
    'two logs that number side by side are two counters',
    [
      ...counted({ 'node-1.csv': range(1, 90) }),
      ...counted({ 'node-2.csv': [...range(1, 40), ...range(43, 90)] }, '2026-02-03T00:00:30Z'),
    ],
    ['The record numbers of node-2.csv leave out 2 in 1 places (2 at the widest): reads may be missing from this log.'],
  ],
  [
    'numbers that lie higher and were given earlier are another counter',
    [...counted({ 'part-1.csv': range(1, 90) }), ...counted({ 'part-2.csv': range(500, 590) }, '2025-11-01T00:00:00Z')],
    [],
  ],
])('L18: %s', async (title, audit, told) => {
  const lake = await lakeOf(title.replace(/\W+/g, '-'))
  const answer = await review(lake, { audit, reasons: [] })
  await lake.close()
  const { notes } = answer
  const findings = proposals(answer).filter((one) => one.kind === 'coverage')
  expect(findings.map((one) => one.grounds[0]?.text)).toEqual(told)
  expect(notes.map((note) => note.text).filter((text) => text.includes('leave out'))).toEqual(told)
})
