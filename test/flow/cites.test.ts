import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseDesk, openWorkspace, actingPerson, type Answer, type Desk, type Workspace } from '../../src/app/index.ts'
import { canonicalJson } from '../../src/base/index.ts'
import { citeKey, type Cite } from '../../src/evidence/index.ts'
import { demoIn } from './begun.ts'
import { ownFolder } from './run-breachline.ts'

const own = ownFolder('cites')
const kinds = new Set(['exhibit', 'reference', 'inventory', 'copy', 'finding', 'decision'])
let workspace: Workspace
let desk: Desk
let id: string
let cites: Cite[]

beforeAll(async () => {
  const directory = own.path('workspace')
  const demo = await demoIn(own.path())
  id = (JSON.parse(demo.out) as Answer).case.id
  const world = { now: () => '2026-10-07T10:00:00.000Z', pid: process.pid, env: own.env, home: '/nonexistent', user: 'tester' }
  workspace = openWorkspace({ directory, command: 'test', world })
  desk = caseDesk(workspace, actingPerson(world))
  cites = distinct(found((await desk.page(id)).view))
})

afterAll(async () => {
  await workspace.close()
  own.release()
})

/** Every cite anywhere in an answer. */
function found(value: unknown): Cite[] {
  if (Array.isArray(value)) return value.flatMap(found)
  if (typeof value !== 'object' || value === null) return []
  const one = value as Partial<Cite> & Record<string, unknown>
  const isCite =
    typeof one.kind === 'string' &&
    kinds.has(one.kind) &&
    ('sha256' in one ? 'at' in one : 'entry' in one || 'copy' in one || 'key' in one || Object.keys(one).length === 2)
  return isCite ? [one as Cite] : Object.values(one).flatMap(found)
}

function distinct(all: readonly Cite[]): Cite[] {
  return [...new Map(all.map((cite) => [canonicalJson(citeKey(cite)), cite])).values()]
}

/** At most so many of each exhibit and kind of place, evenly spread. */
function sampled(all: readonly Cite[], most: number): Cite[] {
  const groups = new Map<string, Cite[]>()
  for (const cite of all) {
    const key = cite.kind === 'exhibit' ? `${cite.sha256} ${cite.at.kind}` : cite.kind
    groups.set(key, [...(groups.get(key) ?? []), cite])
  }
  return [...groups.values()].flatMap((group) => group.filter((_, n) => n % Math.ceil(group.length / most) === 0))
}

test('every sentence opens its original: no cite of the whole case leads nowhere', async () => {
  expect(cites.length).toBeGreaterThan(150)
  expect(new Set(cites.map((cite) => cite.kind))).toEqual(new Set(['exhibit', 'inventory', 'copy', 'reference']))
  for (const cite of sampled(cites, 6)) {
    const opened = await desk.openCite(id, cite)
    const what = `${opened.label}: ${opened.note ?? ''}`
    if (cite.kind === 'exhibit') {
      expect(opened.exhibit?.sha256, what).toBe(cite.sha256)
      expect(opened.custody.length, what).toBeGreaterThan(0)
    }
    expect(opened.picture !== undefined || opened.lines.some((line) => line.cited && line.text !== ''), what).toBe(true)
  }
})

test("customers' records come masked; a purpose shows them and is recorded in the chain", async () => {
  const cite = cites.find((one) => one.kind === 'exhibit' && one.file === 'sample/sample.csv' && one.at.kind === 'set') as Cite
  const text = (opened: Awaited<ReturnType<Desk['openCite']>>): string => opened.lines.map((line) => line.text).join('\n')
  const masked = await desk.openCite(id, cite)
  expect(masked.masked).toBe(true)
  expect(text(masked)).not.toMatch(/\d{8}/)
  expect(text(masked)).not.toContain('@gmail')
  const plain = await desk.openCite(id, cite, 'checking one row with the subscriber')
  expect(plain.masked).toBe(false)
  expect(text(plain)).toMatch(/\d{8}/)
  const again = await desk.openCite(id, cite)
  expect(again.custody.map((entry) => entry.act)).toContain('re-identified')
})
