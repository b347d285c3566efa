import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Workspace } from '../../src/app/index.ts'
import { atCases, type AtCases } from '../../src/app/at-cases.ts'
import { openCase } from '../../src/app/case-store.ts'
import { loadKey, newKey } from '../../src/evidence/index.ts'

/** A case of an invented operator, as it was opened. */
export const claimInfo = {
  title: 'A claim',
  operator: 'Meridian Telekom',
  zone: '+08:00',
  country: 'MY',
  jurisdictions: [],
  roles: [],
  significantHarm: 'unknown',
  generated: false,
  openedAt: '2026-11-06T10:00:00.000000Z',
} as const

/** A workspace in `directory` with one case, `claim`, answered with nothing found but what `answer` adds, and one person at work on it. */
export function aClaim(options: {
  readonly directory: string
  readonly now: () => string
  readonly person: { readonly name: string; readonly role: string }
  readonly info?: Partial<Parameters<ReturnType<typeof openCase>['setInfo']>[0]>
  readonly answer?: object
}): AtCases {
  const { directory, now, person } = options
  const workspace = {
    directory,
    world: { now, pid: 1, env: {}, home: directory, user: 'dana' },
    path: (...parts: string[]) => path.join(directory, ...parts),
  } as unknown as Workspace
  mkdirSync(workspace.path('cases', 'claim'), { recursive: true })
  const store = openCase(workspace, 'claim', { create: true })
  store.setInfo({ ...claimInfo, ...options.info })
  const empty = { threads: [], stories: null, affected: { groups: [], floor: 5, notes: [] } }
  store.keepAnswer({ run: 'r', at: now(), json: JSON.stringify({ ...empty, ...options.answer }) })
  store.close()
  const keys = path.join(directory, 'keys')
  newKey({ directory: keys, ...person })
  return atCases(workspace, loadKey({ directory: keys, name: person.name }))
}
