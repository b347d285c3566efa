import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Desk } from '../../src/app/index.ts'
import { openCase } from '../../src/app/case-store.ts'
import { statementDesk } from '../../src/app/statement-desk.ts'
import { propose, rule } from '../../src/casefile/index.ts'
import { remoteStatements } from '../../src/cli/remote-statements.ts'
import { statementRoutes } from '../../src/server/routes-statement.ts'
import { aClaim } from './a-claim.ts'
import { throughRoutes } from './through-routes.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'statement-routes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const now = '2026-10-06T08:00:00.000Z'
test('every act on statements goes through the HTTP API as it does here; what does not fit is refused', async () => {
  const at = aClaim({
    directory: folder,
    now: () => now,
    person: { name: 'Priya Nair', role: 'counsel' },
    info: { openedAt: now },
    answer: { provenance: null, coverage: { sources: [], gaps: [] } },
  })
  const store = openCase(at.workspace, 'claim')
  const { proposed } = propose(
    store.db,
    [
      {
        kind: 'claim',
        subject: 't',
        code: 'claim-access',
        params: { by: 'actor' },
        cites: [],
        text: 'x',
        grounds: [],
        producer: 'claims',
      },
    ],
    { run: 'r', at: now },
  )
  rule(store.db, proposed[0] ?? '', { by: at.signer, ruling: 'adopt', reason: 'Read', at: now })
  store.close()
  const desk = { statements: statementDesk(at) } as unknown as Desk
  const remote = remoteStatements(throughRoutes(statementRoutes(desk)))
  expect((await remote.check('claim', 'Our systems are unaffected.')).refusals.map(({ phrase }) => phrase)).toEqual([
    'systems-unaffected',
  ])
  const drafted = await remote.draft('claim', {
    audience: 'press',
    language: 'en',
    nextAt: '2026-10-06T18:00:00+08:00',
    submit: true,
  })
  expect([drafted.statement?.id, drafted.draft.text.includes('We will say more by 18:00, 6 October 2026 (+08:00).')]).toEqual([
    'S1',
    true,
  ])
  expect((await remote.submit('claim', { text: 'We will say more.', audience: 'staff', language: 'en' })).statement.id).toBe('S2')
  expect(await remote.signOff('claim', { statement: 'S1', role: 'legal', answer: 'yes', reason: 'Read' })).toMatchObject({
    missing: ['privacy', 'communications'],
  })
  await expect(remote.release('claim', { statement: 'S1', to: 'Press', reason: 'x' })).rejects.toThrow(
    'not signed off for privacy, communications',
  )
  expect(
    await remote.filed('claim', {
      text: 'We know of it.',
      audience: 'press',
      language: 'en',
      at: '2026-10-06T07:00:00Z',
      to: 'Press',
      reason: 'Sent',
    }),
  ).toMatchObject({ id: 'S3', state: 'filed' })
  expect(await remote.list('claim')).toMatchObject({ statements: [{ id: 'S1' }, { id: 'S2' }, { id: 'S3' }], flags: [] })
  await expect(remote.counsel('claim', { statement: 'S3', outcome: 'stands', reason: 'x' })).rejects.toThrow(
    'no finding contradicts',
  )
  expect((await remote.changes('claim')).map(({ version }) => version)).toEqual([1])
  expect(await remote.changes('claim', now)).toEqual([])
  await expect(remote.draft('claim', { audience: 'everybody' as 'press', language: 'en' })).rejects.toThrow()
  await expect(remote.check('claim', 'a'.repeat(300 * 1024))).rejects.toThrow()
  await expect(remote.changes('claim', 'yesterday')).rejects.toThrow('no ISO 8601 time')
})
