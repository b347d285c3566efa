import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { caseDesk, openWorkspace } from '../../src/app/index.ts'
import { openCase } from '../../src/app/case-store.ts'
import { eventsTable } from '../../src/events/index.ts'
import { loadKey, newKey } from '../../src/evidence/index.ts'
import { composeStories } from '../../src/intrusion/compose.ts'
import { applyChanges, recordsOf } from '../../src/intrusion/index.ts'
import { eventRow } from '../events/json-row.ts'
import { at, move, sighting } from '../intrusion/made.ts'
import { eventOf } from '../sigma/event.ts'

const directory = mkdtempSync(join(tmpdir(), 'story-view-'))
const world = { now: () => '2026-11-22T12:00:00Z', pid: process.pid, env: {}, home: directory, user: 'invented' }
const workspace = openWorkspace({ directory: join(directory, 'ws'), command: 'test', world })
newKey({ directory: join(directory, 'keys'), name: 'Aisha Rahman', role: 'incident lead' })
const desk = caseDesk(workspace, loadKey({ directory: join(directory, 'keys'), name: 'Aisha Rahman' })).stories
afterAll(async () => {
  await workspace.close()
  rmSync(directory, { recursive: true, force: true })
})

const cite = (n: number) => ({ kind: 'exhibit', sha256: 'a'.repeat(64), file: 'x.jsonl', at: { kind: 'line', n } }) as const
const shell = { time: at('08:00'), host: 'web-1', techniques: ['T1505.003'], cite: cite(1) }
const stories = composeStories({
  sightings: [
    sighting({ ...shell, title: 'Web Shell' }),
    sighting({ ...shell, title: 'Shell Under a Web Server' }),
    sighting({ time: at('11:00'), host: 'app-2', title: 'Service Installed', cite: cite(2) }),
  ],
  movements: [move({ time: at('10:55'), from: 'web-1', to: 'app-2' })],
  reads: [],
  silences: [],
})
const id = stories[0]?.id ?? ''

/** A case whose last investigation told these stories, with its log in the lake. */
async function made(caseId: string, sha256: string, loads: number): Promise<void> {
  const store = openCase(workspace, caseId, { create: true })
  const info = {
    title: caseId,
    operator: '',
    zone: '',
    country: '',
    jurisdictions: [],
    roles: [],
    openedAt: world.now(),
  } as const
  store.setInfo({ ...info, significantHarm: 'unknown', generated: false })
  store.keepGiven({ sha256, name: `${caseId}.jsonl`, rule: {}, at: world.now() })
  const answer = { stories: { stories, detections: 3, events: 5, unjoined: 0 } }
  store.keepAnswer({ run: 'R1', at: world.now(), json: JSON.stringify(answer) })
  store.close()
  const lake = await workspace.lake()
  const events = [
    ['08:00', 'web-1'],
    ['08:00', 'web-1'],
    ['09:30', 'web-1'],
    ['11:00', 'app-2'],
    ['11:10', 'elsewhere'],
  ] as const
  for (let load = 0; load < loads; load += 1)
    await lake.load({ key: `events:${sha256}:${load}`, tables: [eventsTable] }, async (writer) => {
      const rows = events.map(([clock, host], n) =>
        eventRow({ ...eventOf({}, {}), time: at(clock), host, at: { kind: 'line', n: n + 1 } }, sha256, ''),
      )
      const untimed = eventRow({ ...eventOf({}, {}), time: '', host: 'web-1', at: { kind: 'line', n: 9 } }, sha256, '')
      await writer.insert(eventsTable, [[...rows, untimed]])
    })
}
await made('meridian', 'a'.repeat(64), 2)
await made('other', 'b'.repeat(64), 1)

const morning = { from: '2026-03-02T08:00:00Z', to: '2026-03-02T12:00:00Z' }

test('events are counted per hour and host over the newest load of the case alone; hosts asked for without events are there with none', async () => {
  const density = await desk.density('meridian', { ...morning, hosts: ['web-1', 'app-2', 'silent'], buckets: 5 })
  expect(density).toEqual({
    from: '2026-03-02T08:00:00.000Z',
    step: 3600,
    all: [2, 1, 0, 2],
    hosts: [
      { host: 'web-1', counts: [2, 1, 0, 0] },
      { host: 'app-2', counts: [0, 0, 0, 1] },
      { host: 'silent', counts: [0, 0, 0, 0] },
    ],
  })
  expect((await desk.density('meridian', { ...morning, hosts: [], buckets: 5 })).all).toEqual([2, 1, 0, 2])
})

test('the first records of a stretch name who and what and cite the file as it was given, the end not included', async () => {
  const { events, more } = await desk.events('meridian', { from: morning.from, to: '2026-03-02T09:30:00Z', host: 'web-1' })
  expect(more).toBe(false)
  expect(events.map((one) => [one.time, one.cite])).toEqual([
    [at('08:00'), { kind: 'exhibit', sha256: 'a'.repeat(64), file: 'meridian.jsonl', at: { kind: 'line', n: 1 } }],
    [at('08:00'), { kind: 'exhibit', sha256: 'a'.repeat(64), file: 'meridian.jsonl', at: { kind: 'line', n: 2 } }],
  ])
  expect((await desk.events('other', morning)).events.every((one) => 'sha256' in one.cite && one.cite.sha256[0] === 'b')).toBe(
    true,
  )
})

test('a note on a step is found at that step, not at another on the same record, and in no other story', async () => {
  await desk.annotate('meridian', { story: id, step: 2, text: 'A test of the portal team.' })
  await desk.annotate('meridian', { story: id, text: 'Looks like the work of last year.' })
  const { notes: found, ways } = await desk.view('meridian', id)
  expect(found).toEqual([
    { note: 'N1', steps: [2] },
    { note: 'N2', steps: [] },
  ])
  expect(ways.told?.where).toBe('web-1')
  expect((await desk.view('other', id)).notes).toEqual([])
  await expect(desk.annotate('meridian', { story: id, step: 9, text: 'x' })).rejects.toThrow('no step 9')
  await expect(desk.view('meridian', 'S_gone')).rejects.toThrow('no such story')
})

test('a note stays with its step when the story was cut, and goes with the part that has the step', async () => {
  await caseDesk(workspace, loadKey({ directory: join(directory, 'keys'), name: 'Aisha Rahman' })).changeStories('meridian', {
    kind: 'cut',
    story: id,
    host: 'app-2',
    reason: 'Another matter',
  })
  await expect(desk.view('meridian', id)).rejects.toThrow('no such story')
  const first = stories[0]
  if (first === undefined) throw new Error('the test has a story')
  const cut = applyChanges(stories, [{ change: { kind: 'cut', records: recordsOf(first, [3]) }, decision: 'D1' }])
  const [web, app] = ['web-1', 'app-2'].map((host) => cut.find((one) => one.steps[0]?.host === host)?.id ?? '')
  expect((await desk.view('meridian', web ?? '')).notes[0]).toEqual({ note: 'N1', steps: [2] })
  expect((await desk.view('meridian', app ?? '')).notes.some((one) => one.note === 'N1')).toBe(false)
})

test('a case without events in the lake says what to do', async () => {
  const store = openCase(workspace, 'empty', { create: true })
  store.keepAnswer({ run: 'R1', at: world.now(), json: JSON.stringify({ stories: null }) })
  store.close()
  await expect(desk.density('empty', { ...morning, hosts: [], buckets: 5 })).rejects.toMatchObject({ code: 'nothing-to-search' })
})
