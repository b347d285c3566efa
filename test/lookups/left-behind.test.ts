import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import {
  proposals,
  reviewLeft,
  withLeft,
  type LeftSource,
  type LookupReview,
  type ReviewedLeft,
} from '../../src/lookups/index.ts'
import { tokenKey } from '../../src/persons/index.ts'

const cases = resolve(import.meta.dirname, '../cases/lookups/left')
const key = tokenKey(new Uint8Array(16).fill(7))

interface Want {
  /** Handed over as a log: only its command lines are read. */
  readonly log?: true
  readonly subscribers: number
  readonly asked: number
  readonly inFiles: number
  /** Kind, login, machine, subscribers, queries, bulk, rows, fields. */
  readonly findings: readonly (readonly [string, string, string, number, number, number, number, string])[]
  /** Time, kind, masked, fields, tables, period, line or record. */
  readonly queries: readonly (readonly [string, string, string, string, string, string, number])[]
  readonly faults: readonly string[]
}

function sourcesOf(folder: string, log: true | undefined): (LeftSource & { readonly text: string })[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file !== 'want.json' && statSync(join(folder, file)).isFile())
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(folder, file))
      return {
        source: bytesSource(file, bytes),
        sha256: sha256(bytes),
        ...(log === undefined ? {} : { log }),
        text: bytes.toString('utf8'),
      }
    })
}

function review(
  sources: readonly LeftSource[],
  more: { readonly logins?: true; readonly only?: ReadonlySet<string> } = {},
): Promise<ReviewedLeft> {
  return reviewLeft(sources, {
    key,
    country: 'MY',
    zone: '+08:00',
    ...(more.logins === undefined ? {} : { accountName: (login: string) => login }),
    ...(more.only === undefined ? {} : { only: more.only }),
  })
}

test.each(readdirSync(cases))('K1 to K4, K9: %s: who is named, which fields, when, and on which line', async (name) => {
  const folder = join(cases, name)
  const want = JSON.parse(readFileSync(join(folder, 'want.json'), 'utf8')) as Want
  const sources = sourcesOf(folder, want.log)
  const { left, faults } = await review(sources, { logins: true })
  const queries = (left?.findings ?? []).flatMap((one) => one.asked)
  expect({
    ...(want.log === undefined ? {} : { log: true }),
    subscribers: left?.subscribers ?? 0,
    asked: left?.asked ?? 0,
    inFiles: left?.inFiles ?? 0,
    findings: (left?.findings ?? []).map((one) => [
      one.kind,
      one.account,
      one.host,
      one.subscribers,
      one.queries,
      one.bulk,
      one.rows,
      one.fields.join(' '),
    ]),
    queries: queries.map((one) => [
      one.at ?? '',
      one.kind,
      one.masked.join(' '),
      one.fields.join(' '),
      one.tables.join(' '),
      `${one.from ?? ''} ${one.to ?? ''}`.trim(),
      placeOf(one.cites[0]),
    ]),
    faults: faults.map((one) => one.code),
  }).toEqual(want)
  // No number of the evidence and no text of a query stands in the answer.
  const whole = JSON.stringify([left, faults])
  for (const number of new Set(
    sources
      .map((one) => one.text)
      .join('\n')
      .match(/\d{8,}/g),
  ))
    expect(whole).not.toContain(number)
  expect(whole.toLowerCase()).not.toMatch(/select |where /)
})

function placeOf(cite: ReturnType<typeof JSON.parse>): number {
  return (cite as { readonly at: { readonly n: number } }).at.n
}

test('K7: accounts stand as pseudonyms, and no file of a home folder is named with its login in a sentence', async () => {
  const sources = sourcesOf(join(cases, 'bash-with-times'), undefined)
  const { left } = await review(sources)
  const [finding] = left?.findings ?? []
  expect(finding?.account).toMatch(/^A-[0-9a-f]{12}$/)
  expect(finding?.sentence.text).not.toContain('nadia')
  expect(finding?.sentence.text).toContain('This is what was asked, not what was answered.')
  expect(finding?.sentence.cites.length).toBe(finding?.queries)
})

test('K5: a subscriber is one person over all that was left behind, with every place that names it', async () => {
  const sources = [
    ...sourcesOf(join(cases, 'bash-with-times'), undefined),
    ...sourcesOf(join(cases, 'bash-without-times'), undefined),
    ...sourcesOf(join(cases, 'table'), undefined),
  ]
  const { left } = await review(sources)
  expect(left).toMatchObject({ subscribers: 6, asked: 4, inFiles: 2 })
  const places = left?.persons.map((one) => [one.masked, one.places.length])
  expect(places?.[0]).toEqual(['+60 12-*** **12', 3])
  const again = await review([...sources].reverse())
  expect(again.left).toEqual(left)
})

test('K8: where a desk releases, persons it did not release are counted and not told', async () => {
  const sources = sourcesOf(join(cases, 'bash-without-times'), undefined)
  const all = await review(sources)
  const [token = ''] = all.left?.persons.map((one) => one.subscriber) ?? []
  const { left, unshown } = await review(sources, { only: new Set([token]) })
  expect(left?.subscribers).toBe(3)
  expect(left?.persons.map((one) => one.subscriber)).toEqual([token])
  expect(unshown).toHaveLength(2)
  expect(unshown).not.toContain(token)
  // Lines 2 and 5 name somebody else: their file is cited. Line 8 names nobody.
  const cited = (left?.findings ?? []).flatMap((one) => [...one.sentence.cites, ...one.asked.flatMap((query) => query.cites)])
  const places = [...cited, ...(left?.persons.flatMap((one) => one.places.flatMap((place) => place.cites)) ?? [])]
  const lines = places.flatMap((cite) => (cite.kind === 'exhibit' && cite.at.kind !== 'whole' ? [placeOf(cite)] : []))
  expect(new Set(lines)).toEqual(new Set([8]))
  expect(places.length).toBeGreaterThan(lines.length)
  const masked = left?.findings.flatMap((one) => one.asked.flatMap((query) => query.masked))
  expect(masked).toEqual([all.left?.persons[0]?.masked])
})

test('K6: queues and tests stay as they are; a watched subscriber says where else it stands', async () => {
  const sources = sourcesOf(join(cases, 'bash-with-times'), undefined)
  const reviewed = await review(sources)
  const [person] = reviewed.left?.persons ?? []
  const watched = { subscriber: person?.subscriber ?? '', masked: '', accounts: [] }
  const other = { ...watched, subscriber: '0'.repeat(32) }
  const before = {
    watched: [watched, other],
    bulk: [],
    accounts: [],
    notRecorded: [],
    notes: [],
    tested: 9,
  } as unknown as LookupReview
  const after = withLeft(before, reviewed)
  expect(after).toEqual({
    ...before,
    watched: [{ ...watched, leftBehind: person?.places }, other],
    leftBehind: reviewed.left,
  })
  expect(withLeft(before, { ...reviewed, left: undefined })).toBe(before)
  const [proposal] = proposals({ ...after, watched: [] })
  expect(proposal).toMatchObject({ kind: 'lookup', code: 'queries-left-behind', producer: 'lookups' })
  expect(proposal?.cites.length).toBeGreaterThan(0)
})
