import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openCase } from '../../../src/app/case-store.ts'
import { huntScope } from '../../../src/app/hunt-scope.ts'
import { storyRecords, type CitedRecord } from '../../../src/app/share-records.ts'
import { openWorkspace, type Workspace } from '../../../src/app/workspace.ts'
import { eventsTable } from '../../../src/events/events-table.ts'
import type { LogEvent } from '../../../src/events/index.ts'
import type { Story } from '../../../src/intrusion/index.ts'
import { eventRow } from '../../events/json-row.ts'

/** A workspace of invented events, gone after the tests of the file. */
export function workspaceOf(name: string): { readonly directory: string; readonly workspace: Workspace } {
  const directory = mkdtempSync(join(tmpdir(), `${name}-`))
  const world = { now: () => '2026-11-22T12:00:00Z', pid: process.pid, env: {}, home: directory, user: 'invented' }
  const workspace = openWorkspace({ directory: join(directory, 'ws'), command: 'test', world })
  afterAll(async () => {
    await workspace.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return { directory, workspace }
}

/** Makes a case whose one exhibit holds the events, and gives the records of a story told over them. */
export async function recordsOfStory(
  workspace: Workspace,
  given: { readonly name: string; readonly sha256: string; readonly events: readonly LogEvent[]; readonly story: Story },
): Promise<CitedRecord[]> {
  const { name, sha256, events, story } = given
  const at = '2026-11-22T12:00:00Z'
  const store = openCase(workspace, name, { create: true })
  store.setInfo({
    title: name,
    operator: '',
    zone: '',
    country: '',
    jurisdictions: [],
    roles: [],
    significantHarm: 'unknown',
    openedAt: at,
    generated: false,
  })
  store.keepGiven({ sha256, name, rule: {}, at })
  store.close()
  const lake = await workspace.lake()
  await lake.load({ key: `events:${sha256}:`, tables: [eventsTable] }, async (writer) => {
    await writer.insert(eventsTable, [events.map((event) => eventRow(event, sha256, ''))])
  })
  return storyRecords({ workspace, scope: await huntScope(workspace, name), story, watch: {} })
}
