import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { LookupReview } from '../../src/lookups/index.ts'
import { run, scratch } from '../cli/fake.ts'
import { base } from '../lookups/case.ts'
import { done, operatorFiles, reviewArgs } from './desk-flow.ts'

// Decoys, protected persons and the second key, on the files of an invented operator without a disclosure desk.

let home = ''
let workspace = ''
let review: string[] = []
let targets: readonly string[] = []
const mine = (): string[] => ['--workspace', workspace, '--as', 'Aisha Rahman']

beforeAll(async () => {
  home = scratch()
  workspace = join(home, 'workspace')
  targets = (await operatorFiles(join(home, 'files'))).targets
  mkdirSync(workspace)
  for (const name of ['Aisha Rahman', 'Daniel Tan']) await done(home, ['key', 'new', name])
  review = reviewArgs({ folder: join(home, 'files'), contacts: join(home, 'files/explain/contacts.csv'), workspace })
}, 60_000)

type Shown = Omit<LookupReview, 'watched'> & {
  readonly watched: readonly { readonly value?: string; readonly isProtected?: boolean; readonly subscriber: string }[]
}
const shown = async (...more: string[]): Promise<Shown> => JSON.parse((await done(home, [...review, ...more])).out) as Shown

test('D2: any read of a decoy is an alarm with its rows, whatever reason was recorded; other numbers raise none', async () => {
  expect((await shown()).decoys).toBeUndefined()
  const crm = readFileSync(join(home, 'files/audit/crm.csv'), 'utf8').split('\n')
  const read = crm[5]?.split(',') ?? []
  const file = join(home, 'decoys.txt')
  // The second number is owned and was never read.
  writeFileSync(file, `number\n${read[2]}\n+60129999998\n`)
  expect(JSON.parse((await done(home, ['decoys', 'add', file, '--country', 'MY', '--json', ...mine()])).out)).toEqual({
    changed: 2,
    tokens: 2,
  })
  const { decoys = [], accounts } = await shown()
  const reads = crm.filter((row) => row.split(',')[2] === read[2])
  expect(decoys.reduce((sum, one) => sum + one.reads, 0)).toBe(reads.length)
  expect(decoys.every((one) => one.decoys === 1 && one.cites.length === one.reads)).toBe(true)
  expect(decoys).toHaveLength(new Set(reads.map((row) => row.split(',')[1])).size)
  expect(decoys.every((one) => /^A-[0-9a-f]{12}$/.test(one.account))).toBe(true)
  expect(JSON.stringify(accounts)).not.toContain('decoy')
  expect(
    (
      await run(
        review.filter((one) => one !== '--json'),
        home,
      )
    ).out,
  ).toContain('ALARM decoy read')
  for (const name of ['discretion.db', 'acts.db'])
    expect(readFileSync(join(workspace, name)).includes((read[2] ?? '').slice(1))).toBe(false)
  await done(home, ['decoys', 'remove', file, '--country', 'MY', ...mine()])
  expect((await shown()).decoys).toBeUndefined()
}, 60_000)

test('decoys plan: a segment that the actor would choose needs few, the whole base more than can be planted', async () => {
  const plan = JSON.parse(
    (await done(home, ['decoys', 'plan', '--segment', 'all=10000000', '--segment', 'interest=400', '--json'])).out,
  ) as {
    segments: { decoys: number; reached: number; affordable: number; advice: string }[]
  }
  // With replacement it would be N (1 - (1 - P)^(1/k)).
  expect(plan.segments[0]?.decoys).toBe(Math.floor(10_000_000 * (1 - 0.1 ** (1 / 20))))
  expect(plan.segments[1]?.decoys).toBe(43)
  expect(plan.segments[0]?.affordable).toBeCloseTo(0.002, 4)
  expect(plan.segments[1]).toMatchObject({ affordable: 1, advice: expect.stringContaining('plant them here') as string })
  expect(plan.segments.every((one) => one.reached >= 0.9)).toBe(true)
  expect(plan.segments[0]?.advice).toContain('not here')
  const wrong = await run(['decoys', 'plan', '--segment', 'few=10:20'], home)
  expect(wrong.code).toBe(2)
})

test('D8: the list of protected persons marks the watched, is never printed, and every use is signed with its purpose', async () => {
  const file = join(home, 'protected.txt')
  writeFileSync(file, `${targets[0]}\n+60129999997\n`)
  expect((await run(['protected', 'add', file, '--country', 'MY', ...mine()], home)).code).toBe(2)
  const added = await done(home, [
    'protected',
    'add',
    file,
    '--country',
    'MY',
    '--purpose',
    'list of revision 4',
    '--json',
    ...mine(),
  ])
  expect(JSON.parse(added.out)).toEqual({ read: 2 })
  const { watched } = await shown('--protected', 'whom to warn first')
  expect(watched.filter((one) => one.isProtected === true)).toHaveLength(1)
  expect(watched.filter((one) => one.isProtected === false)).toHaveLength(watched.length - 1)
  const token = watched.find((one) => one.isProtected === true)?.subscriber ?? ''
  const kept = readFileSync(join(workspace, 'discretion.db'))
  expect(kept.includes(token)).toBe(false)
  expect(kept.includes(targets[0]?.slice(1) ?? '')).toBe(false)
  const { uses } = JSON.parse((await done(home, ['protected', 'uses', '--json', ...mine()])).out) as { uses: object[] }
  expect(uses).toMatchObject([
    { by: 'Aisha Rahman', act: 'changed', purpose: 'list of revision 4', persons: 2 },
    { by: 'Aisha Rahman', act: 'asked', purpose: 'whom to warn first', persons: watched.length },
  ])
  const wrong = join(home, 'wrong.txt')
  writeFileSync(wrong, `${targets[1]}\nnobody known\n`)
  const refused = await run(['protected', 'add', wrong, '--purpose', 'a test', ...mine()], home)
  expect(refused.err).toContain('line 2')
  expect(refused.err).not.toContain('nobody known')
}, 60_000)

test('D9: with reidentify = "two" nobody is named before another key approved; an approval serves once', async () => {
  writeFileSync(join(workspace, 'breachline.toml'), 'reidentify = "two"\n')
  const naming = ['--reidentify', 'warn the persons concerned']
  const asked = await run([...review, ...naming], home)
  expect(asked).toMatchObject({ code: 4, out: '' })
  expect(asked.err).toContain('asked as Q1')
  expect((await run([...review, ...naming], home)).err).toContain('asked as Q1')
  const same = await run(['reidentify', 'approve', 'Q1', '--reason', 'needed', ...mine()], home)
  expect(same.err).toContain('this very key')
  await done(home, [
    'reidentify',
    'approve',
    'Q1',
    '--reason',
    'they must be warned',
    '--workspace',
    workspace,
    '--as',
    'Daniel Tan',
  ])
  expect((await run([...review, '--reidentify', 'another purpose'], home)).err).toContain('asked as Q2')
  const values = (await shown(...naming)).watched.map((one) => one.value)
  expect([...values].sort()).toEqual([...targets].map((one) => one.slice(1)).sort())
  expect((await run([...review, ...naming], home)).err).toContain('asked as Q3')
  const { requests } = JSON.parse((await done(home, ['reidentify', 'list', '--json', ...mine()])).out) as { requests: object[] }
  expect(requests).toMatchObject([
    { n: 3, status: 'asked' },
    { n: 2, status: 'asked' },
    { n: 1, status: 'used', by: 'Aisha Rahman', approvedBy: 'Daniel Tan' },
  ])
  expect(JSON.stringify(requests)).not.toMatch(/[0-9a-f]{32}/)
}, 60_000)

test('personnel export: flagged accounts as pseudonyms with citations; logins only for a purpose, with a second key', async () => {
  const files = (name: string): string => join(home, 'staff', name)
  await operatorFiles(join(home, 'staff'), 12)
  writeFileSync(join(workspace, 'breachline.toml'), 'reidentify = "two"\n')
  const roles = ['audit/*.csv=audit', 'explain/*=explain', 'audit/*.log=audit'].flatMap((role) => ['--role', role])
  writeFileSync(files('breachline-case.toml'), '[case]\ncountry = "MY"\nzone = "+08:00"\n')
  writeFileSync(files('inventory.toml'), `[[subscriber_base]]\ncount = ${base}\nas_of = "2026-01-01"\n`)
  rmSync(files('ticketed'), { recursive: true })
  rmSync(files('orders.csv'))
  await done(home, ['investigate', join(home, 'staff'), '--case', 'staff', ...roles, ...mine()])
  const args = ['personnel', 'export', '--case', 'staff', ...mine()]
  const plain = await done(home, [...args, '--json'])
  const { rows } = JSON.parse(plain.out) as { rows: { queue: string; account: string; what: string; citations: string[] }[] }
  const covert = new Set(rows.filter((one) => one.what === 'read-watched-subscribers').map((one) => one.account))
  expect(covert.size).toBeGreaterThan(2)
  expect(rows.every((one) => /^A-[0-9a-f]{12}$/.test(one.account) && one.citations.length > 0)).toBe(true)
  expect(rows.filter((one) => one.what === 'read-without-reason').every((one) => covert.has(one.account))).toBe(true)
  expect(plain.out).not.toMatch(/agent\d\d|loader/)
  const answer = (await done(home, ['case', 'show', 'staff', '--json', ...mine()])).out
  expect(answer).toContain([...covert][0])
  // Stories of the intrusion name accounts by their logins, for those who lock them; what the review says does not.
  expect(answer).not.toMatch(/\bagent\d\d/)
  expect(JSON.stringify((JSON.parse(answer) as { lookups: LookupReview }).lookups)).not.toMatch(/\bloader\b/)
  const naming = [...args, '--name-accounts', 'interview, works council informed']
  const asked = /asked as (Q\d+)/.exec((await run(naming, home)).err)?.[1] ?? ''
  await done(home, [
    'reidentify',
    'approve',
    asked,
    '--reason',
    'interviews begin',
    '--workspace',
    workspace,
    '--as',
    'Daniel Tan',
  ])
  const named = (await done(home, naming)).out
  expect(named).toMatch(/^queue,account,login,what,/)
  expect(named).toMatch(/covert,A-[0-9a-f]{12},agent0[0-5],read-watched-subscribers/)
  expect((await done(home, ['case', 'show', 'staff', ...mine()])).out).not.toContain('logins behind')

  // Rows of the logs open with the pseudonyms of the accounts; with their logins for a personnel purpose alone.
  writeFileSync(join(workspace, 'breachline.toml'), 'reidentify = "one"\n')
  const opened = async (cite: string, ...purpose: string[]): Promise<string> =>
    (await done(home, ['case', 'show', 'staff', '--cite', cite, ...purpose, ...mine()])).out
  const crm = readFileSync(files('audit/crm.csv'), 'utf8').split('\n')
  const { exhibits } = JSON.parse(answer) as { exhibits: { id: string; file: string }[] }
  const table = exhibits.find((one) => one.file.endsWith('crm.csv'))?.id
  const record = rows.find((one) => one.what === 'read-without-reason')?.citations[0] ?? ''
  for (const cite of [record, `${table} row ${crm.findIndex((row) => row.includes(',agent03,'))}`]) {
    const masked = await opened(cite)
    expect([...covert].some((account) => masked.includes(account))).toBe(true)
    expect(masked).not.toMatch(/agent\d|\+?60123\d{6}/)
    const forSubscribers = await opened(cite, '--purpose', 'warn the persons concerned')
    expect(forSubscribers).toMatch(/60123\d{6}/)
    expect([...covert].some((account) => forSubscribers.includes(account))).toBe(true)
    expect(forSubscribers).not.toMatch(/agent0[0-5]/)
    expect(await opened(cite, '--purpose', 'personnel: interview, works council informed')).toMatch(/agent0[0-5]/)
  }
  // An account that the review has nothing to say about is none the less a person's.
  const blind = `${exhibits.find((one) => one.file.endsWith('billing.log'))?.id} record 1`
  expect(await opened(blind)).toMatch(/user: A-[0-9a-f]{12}\n/)
  expect(await opened(blind, '--purpose', 'personnel: whose login is it')).toContain('user: app\n')
}, 90_000)
