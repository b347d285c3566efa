import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Desk, Workspace } from '../../src/app/index.ts'
import { openCase } from '../../src/app/case-store.ts'
import { dutiesDesk } from '../../src/app/due-desk.ts'
import { withoutConfidential } from '../../src/app/due-leaving.ts'
import { lawsLint, lawsRead } from '../../src/app/due-laws.ts'
import { sayDesignation } from '../../src/app/due-private.ts'
import { dueReminders } from '../../src/app/due-reminders.ts'
import { decisions } from '../../src/casefile/index.ts'
import { dueRoutes } from '../../src/server/routes-due.ts'
import type { CaseView } from '../../src/sharing/index.ts'
import { aClaim, claimInfo } from './a-claim.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'due-desk-'))
afterAll(() => rmSync(folder, { recursive: true }))

const contract = readFileSync(
  path.resolve(import.meta.dirname, '../cases/response/friday-evening-before-a-holiday-in-kuala-lumpur/laws/contract.yml'),
  'utf8',
)
const info = { jurisdictions: ['MY', 'KR'] }

/** A workspace with one case that was answered with nothing found; its clock is set by `at`. */
function aWorkspace(name: string): {
  workspace: Workspace
  desk: ReturnType<typeof dutiesDesk>
  at: (now: string) => void
  db: string
} {
  const directory = path.join(folder, name)
  let now = '2026-11-06T11:00:00.000Z'
  const cases = aClaim({
    directory,
    now: () => now,
    person: { name: 'Dana', role: 'privacy officer' },
    info,
  })
  const { workspace } = cases
  return {
    workspace,
    desk: dutiesDesk(cases),
    at: (one) => (now = one),
    db: workspace.path('cases', 'claim', 'case.db'),
  }
}

const commissioner = 'my-pdpa-12b/commissioner'
const awareness = { act: 'moment', kind: 'awareness', at: '2026-11-06T18:30:00+08:00' } as const

test('what a person enters is a signed decision and moves the clocks; time travel shows the state before it', async () => {
  const { desk, at, workspace } = aWorkspace('acts')
  at('2026-11-06T12:00:00.000Z')
  await desk.act('claim', { act: { act: 'judge', question: 'personal-data', answer: 'yes' }, reason: 'Identity numbers' })
  await desk.act('claim', { act: awareness, reason: 'The sample agreed' })
  at('2026-11-07T12:00:00.000Z')
  await desk.act('claim', { act: { act: 'done', duty: commissioner, at: '2026-11-07T19:00:00+08:00' }, reason: 'Sent' })
  const now = await desk.due('claim')
  expect(now.due.duties.find((one) => one.id === commissioner)).toMatchObject({
    status: 'done',
    due: '2026-11-09T10:30:00.000000Z',
  })
  const then = await desk.due('claim', '2026-11-06T20:30:00+08:00')
  expect(then).toMatchObject({ asKnown: true })
  expect(then.due.duties.find((one) => one.id === commissioner)).toMatchObject({
    status: 'running',
    due: '2026-11-09T10:30:00.000000Z',
  })
  const store = openCase(workspace, 'claim')
  expect(decisions(store.db).map((one) => [one.number, one.by, one.text])).toEqual([
    ['D1', ['Dana'], 'Personal data involved: yes'],
    ['D2', ['Dana'], 'The moment of awareness is 2026-11-06T18:30:00+08:00'],
    ['D3', ['Dana'], `Done: ${commissioner}, 2026-11-07T19:00:00+08:00`],
  ])
  store.close()
})

test('a duty or draft that is not there is refused with those that are; a draft is enabled for the case only', async () => {
  const { desk } = aWorkspace('refused')
  await expect(
    desk.act('claim', { act: { act: 'done', duty: 'my-pdpa/x', at: '2026-11-07T19:00:00Z' }, reason: 'x' }),
  ).rejects.toMatchObject({
    code: 'duty-unknown',
    hint: expect.stringContaining(commissioner) as string,
  })
  await expect(desk.act('claim', { act: { act: 'enable-law', law: 'us-sec-8k-105' }, reason: 'x' })).rejects.toMatchObject({
    code: 'law-unknown',
  })
  expect((await desk.due('claim')).due.duties.some((one) => one.id.startsWith('kr-'))).toBe(false)
  await desk.act('claim', { act: { act: 'enable-law', law: 'kr-network-act-48-3' }, reason: 'Compared by counsel' })
  const ids = (await desk.due('claim')).due.duties.map((one) => one.id)
  expect(ids).toContain('kr-network-act-48-3/report')
  expect(ids).not.toContain('kr-pipa-34/persons')
})

test('own files and the designation: at the desk they run, in the case database and in what leaves there is nothing of them', async () => {
  const { desk, workspace, at, db } = aWorkspace('private')
  expect((await desk.due('claim')).due.asked.map((one) => one.field)).toContain('designations.ncii')
  mkdirSync(workspace.path('private', 'laws'), { recursive: true })
  writeFileSync(workspace.path('private', 'laws', 'mvno.yml'), contract)
  writeFileSync(workspace.path('private', 'laws', 'bad.yml'), contract.replace('origin: contract', 'origin: contrat'))
  writeFileSync(
    workspace.path('private', 'laws', 'law.yml'),
    contract.replace('origin: contract', 'origin: law\njurisdiction: MY').replace('id: meridian-mvno-contract', 'id: fake-law'),
  )
  sayDesignation(workspace.directory, {
    designation: 'ncii',
    answer: 'yes',
    by: 'Dana',
    reason: 'Letter',
    at: workspace.world.now(),
  })
  at('2026-11-06T12:00:00.000Z')
  await desk.act('claim', { act: awareness, reason: 'x' })
  const { due, faults } = await desk.due('claim')
  const ids = due.duties.map((one) => one.id)
  expect(ids).toContain('meridian-mvno-contract/partner')
  expect(ids).toContain('my-act-854/six-hours')
  expect(ids.some((one) => one.startsWith('fake-law'))).toBe(false)
  expect(faults.map((one) => [one.where.file, one.where.field])).toEqual([
    ['private/laws/bad.yml', 'origin'],
    ['private/laws (fake-law)', 'origin'],
  ])
  expect(
    lawsRead(workspace.directory)
      .laws.filter((one) => one.confidential)
      .map((one) => one.id),
  ).toEqual(['meridian-mvno-contract'])
  const leaving = withoutConfidential({
    due,
    decisions: [
      { id: 'D1', about: ['meridian-mvno-contract/partner'] },
      { id: 'D2', about: ['judgement:ncii-incident'] },
      { id: 'D3', about: [commissioner] },
    ],
  } as unknown as CaseView)
  expect(leaving.decisions.map((one) => one.id)).toEqual(['D3'])
  expect(JSON.stringify(leaving)).not.toMatch(/Straits Mobile|MVNO|854|NACSA/)
  expect(JSON.stringify(await desk.register())).not.toMatch(/Straits Mobile|MVNO|854|NACSA/)
  expect(await desk.ics('claim')).not.toMatch(/Straits Mobile|NACSA/)
  for (const file of readdirSync(path.dirname(db)))
    if (file.startsWith('case.db'))
      expect(readFileSync(path.join(path.dirname(db), file)).toString('latin1')).not.toMatch(/Straits Mobile|ncii"/)
})

test('a decision not to notify is a document of what was known when it was made', async () => {
  const { desk, at } = aWorkspace('not-notified')
  await expect(desk.notNotified('claim', 'D9')).rejects.toMatchObject({ code: 'decision-unknown' })
  await desk.act('claim', { act: awareness, reason: 'x' })
  at('2026-11-06T13:00:00.000Z')
  await desk.act('claim', { act: { act: 'judge', question: 'personal-data', answer: 'yes' }, reason: 'x' })
  await desk.act('claim', { act: { act: 'not-notify', duty: commissioner }, reason: 'Fewer than 1,000 persons, no harm' })
  at('2026-11-08T13:00:00.000Z')
  await desk.act('claim', { act: { act: 'count', at: '2026-11-08T20:00:00+08:00', min: 5000 }, reason: 'Counted again' })
  const text = await desk.notNotified('claim', commissioner)
  expect(text).toContain('Decision D3')
  expect(text).toContain('Fewer than 1,000 persons, no harm')
  expect(text).toContain('persons affected: not known')
  expect(text).not.toContain('5,000')
  const lines = await desk.register()
  expect(lines[0]?.notNotified).toContain(`D3 ${commissioner}, by Dana`)
  expect(lines[0]?.persons).toBe('at least 5,000')
})

test('reminders: at the first call what ends within two days, then only what newly falls due; none of exercises', async () => {
  const { desk, workspace, at } = aWorkspace('reminders')
  await desk.act('claim', { act: awareness, reason: 'x' })
  at('2026-11-08T11:00:00.000Z')
  const next = dueReminders(workspace)
  const first = next()
  expect(first.filter((one) => one.includes(commissioner))).toEqual([
    `claim: Notify the Commissioner, Personal Data Protection Commissioner: 23 h 30 min left [${commissioner}]`,
  ])
  at('2026-11-08T12:00:00.000Z')
  expect(next()).toEqual([])
  at('2026-11-09T10:31:00.000Z')
  expect(next().filter((one) => one.includes(commissioner))).toEqual([expect.stringContaining('its date passed 1 min ago')])
  const store = openCase(workspace, 'claim')
  store.setInfo({ ...claimInfo, ...info, generated: true })
  store.close()
  expect(dueReminders(workspace)()).toEqual([])
})

test('linting a folder names file, line and field; what is not there is said', () => {
  const own = path.join(folder, 'lint')
  mkdirSync(own)
  writeFileSync(path.join(own, 'a.yml'), contract)
  writeFileSync(path.join(own, 'b.yml'), contract.replace('businessDays', 'busyDays'))
  const [good, bad] = lawsLint(own)
  expect(good?.flaws).toEqual([])
  expect(good?.reading?.rules).toHaveLength(1)
  expect(bad?.flaws).toMatchObject([{ line: 17, field: 'rules.0.period' }])
  expect(() => lawsLint(path.join(own, 'none.yml'))).toThrow('is not there')
})

test('the routes hand on what fits and refuse what does not, a time without a zone too', async () => {
  const asked: unknown[] = []
  const note =
    (name: string) =>
    (...given: unknown[]): Promise<unknown> => {
      asked.push([name, ...given])
      return Promise.resolve(name === 'ics' ? 'BEGIN:VCALENDAR' : {})
    }
  const duties = Object.fromEntries(['laws', 'due', 'act', 'ics', 'notNotified', 'register'].map((name) => [name, note(name)]))
  const routes = dueRoutes({ duties } as unknown as Desk)
  routes.onError((error, context) => context.text(error.message, 400))
  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await routes.request('/claim/due?at=2026-11-06T20:00:00%2B08:00')
  await routes.request('/claim/due-acts', post({ act: awareness, reason: 'x' }))
  expect((await routes.request('/claim/due.ics')).headers.get('content-type')).toContain('text/calendar')
  await routes.request('/-/laws')
  expect((await routes.request('/claim/due?at=2026-11-06T20:00:00')).status).toBe(400)
  expect(
    (await routes.request('/claim/due-acts', post({ act: { ...awareness, at: '2026-11-06T18:30:00' }, reason: 'x' }))).status,
  ).toBe(400)
  expect((await routes.request('/claim/due-acts', post({ act: awareness, reason: ' ' }))).status).toBe(400)
  expect(asked).toEqual([
    ['due', 'claim', '2026-11-06T12:00:00.000000Z'],
    ['act', 'claim', { act: awareness, reason: 'x' }],
    ['ics', 'claim', false],
    ['laws'],
  ])
})
