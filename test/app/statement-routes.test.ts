import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Desk, Workspace } from '../../src/app/index.ts'
import { openCase } from '../../src/app/case-store.ts'
import { statementDesk } from '../../src/app/statement-desk.ts'
import { propose, rule } from '../../src/casefile/index.ts'
import { remoteStatements } from '../../src/cli/remote-statements.ts'
import { loadKey, newKey } from '../../src/evidence/index.ts'
import { statementRoutes } from '../../src/server/routes-statement.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'statement-routes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = '2026-10-06T08:00:00.000Z'
const workspace = {
  directory: folder,
  world: { now: () => at, pid: 1, env: {}, home: folder, user: 'dana' },
  path: (...parts: string[]) => path.join(folder, ...parts),
} as unknown as Workspace

test('every act on statements goes through the HTTP API as it does here; what does not fit is refused', async () => {
  mkdirSync(workspace.path('cases', 'claim'), { recursive: true })
  const keys = path.join(folder, 'keys')
  newKey({ directory: keys, name: 'Priya Nair', role: 'counsel' })
  const signer = loadKey({ directory: keys, name: 'Priya Nair' })
  const store = openCase(workspace, 'claim', { create: true })
  store.setInfo({
    title: 'A claim',
    operator: 'Meridian Telekom',
    zone: '+08:00',
    country: 'MY',
    jurisdictions: [],
    roles: [],
    significantHarm: 'unknown',
    generated: false,
    openedAt: at,
  })
  store.keepAnswer({
    run: 'r',
    at,
    json: JSON.stringify({
      threads: [],
      provenance: null,
      stories: null,
      coverage: { sources: [], gaps: [] },
      affected: { groups: [], floor: 5, notes: [] },
    }),
  })
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
    { run: 'r', at },
  )
  rule(store.db, proposed[0] ?? '', { by: signer, ruling: 'adopt', reason: 'Read', at })
  store.close()
  const desk = {
    statements: statementDesk({
      workspace,
      signer,
      withCase: (id, work) => {
        const one = openCase(workspace, id)
        try {
          return Promise.resolve(work(one))
        } finally {
          one.close()
        }
      },
    }),
  } as unknown as Desk
  const app = statementRoutes(desk)
  app.onError((error, context) => context.json({ error: error.message }, 400))
  const remote = remoteStatements(async <T>(where: string, body?: unknown) => {
    const answer = await app.request(
      where,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    )
    const told = (await answer.json()) as T & { error?: string }
    if (!answer.ok) throw new Error(told.error)
    return told
  })
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
  expect(await remote.changes('claim', at)).toEqual([])
  await expect(remote.draft('claim', { audience: 'everybody' as 'press', language: 'en' })).rejects.toThrow()
  await expect(remote.check('claim', 'a'.repeat(300 * 1024))).rejects.toThrow()
  await expect(remote.changes('claim', 'yesterday')).rejects.toThrow('no ISO 8601 time')
})
