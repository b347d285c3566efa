import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCase } from '../../src/app/case-store.ts'
import { caseDeadlines } from '../../src/app/deadlines.ts'
import { dutiesDesk } from '../../src/app/due-desk.ts'
import { withoutConfidential } from '../../src/app/due-leaving.ts'
import { dueReminders } from '../../src/app/due-reminders.ts'
import { requestDesk } from '../../src/app/request-desk.ts'
import type { CaseView } from '../../src/sharing/index.ts'
import { aClaim } from './a-claim.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'deadlines-'))
afterAll(() => rmSync(directory, { recursive: true }))

let now = '2026-11-06T11:00:00.000Z'
const at = aClaim({ directory, now: () => now, person: { name: 'Dana', role: 'analyst' } })
const { workspace } = at
const store = openCase(workspace, 'claim')
afterAll(() => store.close())
const requests = requestDesk(at)

test('an overdue request is reminded of once, stands under the clocks, and is gone when it is answered for', async () => {
  const next = dueReminders(workspace)
  expect(next()).toEqual([])
  const to = { kind: 'vendor', name: 'Citrine Outreach' } as const
  const request = { kind: 'evidence', to, what: ['access log'], due: '2026-11-07T11:00:00+00:00' } as const
  await requests.draft('claim', { request: { ...request, what: [...request.what] }, reason: 'It held a copy' })
  now = '2026-11-07T12:00:00.000Z'
  const told = 'claim: asked of Citrine Outreach, evidence: access log (nobody sent it yet): its date passed 1 h 0 min ago [RQ1]'
  expect(next()).toEqual([told])
  now = '2026-11-07T12:10:00.000Z'
  expect(next()).toEqual([])
  // Weeks later whoever starts the program hears of it.
  now = '2026-11-30T12:00:00.000Z'
  expect(dueReminders(workspace)()).toEqual([expect.stringContaining('its date passed 23 days 1 h ago [RQ1]')])
  const due = await dutiesDesk(at).due('claim')
  expect(due.deadlines).toMatchObject([{ id: 'RQ1', overdue: true }])
  expect(await dutiesDesk(at).due('claim', '2026-11-06T12:00:00.000Z')).not.toHaveProperty('deadlines')
  await requests.act('claim', { act: { act: 'close', request: 'RQ1', anyway: true }, reason: 'The vendor is gone' })
  expect(caseDeadlines(workspace, store, now)).toEqual([])
  expect(dueReminders(workspace)()).toEqual([])
})

test('what takes its time from an own file leaves with no report', () => {
  const deadline = { kind: 'request', text: 'x', who: 'y', end: '2026-11-07T11:00:00.000Z', overdue: true } as const
  const view = {
    due: {
      duties: [
        { id: 'my-pdpa-12b/commissioner', confidential: false },
        { id: 'own-contract/evidence', confidential: true },
      ],
      notTriggered: [],
      asked: [],
      triggerEvents: [],
    },
    decisions: [],
    deadlines: [
      { ...deadline, id: 'RQ1' },
      { ...deadline, id: 'RQ2', duty: 'own-contract/evidence' },
      { ...deadline, id: 'RQ3', duty: 'my-pdpa-12b/commissioner' },
      { ...deadline, id: 'RQ4', duty: 'gone/since' },
    ],
  } as unknown as CaseView
  expect(withoutConfidential(view).deadlines?.map((one) => one.id)).toEqual(['RQ1', 'RQ3'])
})
