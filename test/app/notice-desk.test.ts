import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Workspace } from '../../src/app/index.ts'
import { noticeDesk, type NoticeDesk } from '../../src/app/notice-desk.ts'
import { openCase } from '../../src/app/case-store.ts'
import { dutiesDesk } from '../../src/app/due-desk.ts'
import { withoutConfidential } from '../../src/app/due-leaving.ts'
import { decisions } from '../../src/casefile/index.ts'
import { custody } from '../../src/evidence/index.ts'
import type { CaseView } from '../../src/sharing/index.ts'
import { aClaim } from './a-claim.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'notice-desk-'))
afterAll(() => rmSync(folder, { recursive: true }))

const contract = readFileSync(
  path.resolve(import.meta.dirname, '../cases/response/friday-evening-before-a-holiday-in-kuala-lumpur/laws/contract.yml'),
  'utf8',
)
const commissioner = 'my-pdpa-12b/commissioner'
const partner = 'meridian-mvno-contract/partner'

/** A case that was answered with nothing found, with an own file of a contract; invented. */
async function aDesk(name: string): Promise<{ workspace: Workspace; notices: NoticeDesk; due: ReturnType<typeof dutiesDesk> }> {
  const directory = path.join(folder, name)
  const now = '2026-11-06T12:00:00.000Z'
  const at = aClaim({
    directory,
    now: () => now,
    person: { name: 'Dana', role: 'privacy officer' },
    info: { jurisdictions: ['MY', 'EU'] },
  })
  const { workspace, signer } = at
  mkdirSync(workspace.path('private', 'laws'), { recursive: true })
  writeFileSync(workspace.path('private', 'laws', 'mvno.yml'), contract)
  const due = dutiesDesk(at)
  await due.act('claim', {
    act: { act: 'moment', kind: 'awareness', at: '2026-11-06T18:30:00+08:00' },
    reason: 'The sample agreed',
  })
  return { workspace, due, notices: noticeDesk({ workspace, signer, caseId: 'claim', watch: {} }) }
}

const sent = { at: '2026-11-06T19:00:00+08:00', reason: 'Sent', anyway: 'What was known then' }

test('a notice filed under a contract is kept, and no other notice, report or list of decisions names it', async () => {
  const { notices, workspace, due } = await aDesk('contract')
  expect((await notices.file({ duty: partner, ...sent })).number).toBe('notice-1')
  expect((await notices.file({ duty: commissioner, ...sent, ref: 'JPDP/7' })).number).toBe('notice-2')
  const { notice, bytes } = await notices.draft({ duty: 'eu-611-2013/authority-first', format: 'text' })
  const others = notice.fields.find((one) => one.key === 'other-authorities')
  expect(others?.answers.map((one) => one.text)).toEqual([
    'Personal Data Protection Commissioner, 2026-11-06 19:00 (+08:00) (JPDP/7), notice-2',
  ])
  expect(new TextDecoder().decode(bytes)).not.toMatch(/Straits Mobile|MVNO|notice-1/)
  const again = await notices.draft({ duty: partner, format: 'text' })
  expect(again.notice.follows?.number).toBe('notice-1')
  const store = openCase(workspace, 'claim')
  const known = decisions(store.db).map((one) => ({ id: one.number, about: one.about, text: one.text }))
  store.close()
  const leaving = withoutConfidential({ due: (await due.due('claim')).due, decisions: known } as unknown as CaseView)
  expect(leaving.decisions.some((one) => one.text.startsWith('Filed as notice-2'))).toBe(true)
  expect(JSON.stringify(leaving)).not.toMatch(/Straits Mobile|MVNO|notice-1/)
  notices.close()
})

test('what leaves is in the chain of custody by hash; a time without a zone or still to come is refused', async () => {
  const { notices, workspace } = await aDesk('custody')
  await notices.draft({ duty: commissioner, format: 'text' })
  const store = openCase(workspace, 'claim')
  expect([...custody(store.db)].at(-1)).toMatchObject({
    act: 'exported',
    detail: { kind: 'notice', duty: commissioner, format: 'text' },
  })
  store.close()
  await expect(notices.file({ duty: commissioner, ...sent, at: '2026-11-06T19:00:00' })).rejects.toMatchObject({
    code: 'time-wrong',
  })
  await expect(notices.file({ duty: commissioner, ...sent, at: '2026-11-07T19:00:00Z' })).rejects.toMatchObject({
    code: 'time-ahead',
  })
  await expect(notices.file({ duty: 'my-pdpa/x', ...sent })).rejects.toMatchObject({ code: 'duty-unknown' })
  expect(() => notices.show('notice-9', 'text')).toThrow(/nothing was filed as "notice-9"/)
  expect(notices.list()).toEqual([])
  notices.close()
})

test('a second filing of the same step leaves the time of the first on its clock', async () => {
  const { notices, due } = await aDesk('twice')
  await notices.file({ duty: commissioner, ...sent })
  await notices.file({ duty: commissioner, ...sent, at: '2026-11-06T19:30:00+08:00' })
  expect(notices.list().map((one) => one.phase)).toEqual(['initial', 'intermediate'])
  const clock = (await due.due('claim')).due.duties.find((one) => one.id === commissioner)
  expect(clock?.dueText).toContain('2026-11-06 19:00')
  notices.close()
})
