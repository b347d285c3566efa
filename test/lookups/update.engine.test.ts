import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lookupTables, reviewLookups, type AuditSource, type LookupReview, type ReasonSource } from '../../src/lookups/index.ts'
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

async function weeksGraded(lake: Lake): Promise<Map<string, number>> {
  const rows = await lake.engine.rows<{ week: number; c: string }>(
    'SELECT week, toString(uniqExact(load_id)) AS c FROM lookup_days GROUP BY week ORDER BY week',
  )
  return new Map(rows.map((row) => [String(row.week), Number(row.c)]))
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
  const twice = [...again].filter(([at, count]) => count > (graded.get(at) ?? 0)).map(([at]) => at)
  expect(twice.length).toBeGreaterThanOrEqual(1)
  expect(twice.length).toBeLessThanOrEqual(4)
  expect([...again].filter(([, count]) => count === 1).length).toBeGreaterThanOrEqual(9)
})

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
