import { copyFileSync, mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoIn } from './begun.ts'
import { inside, lakeRows, type Inside } from './look-inside.ts'
import { breachline, ownFolder, type Ended } from './run-breachline.ts'

const kills = 20
const seed = 20_260_205
const demo = ['demo', '--no-serve', '--size', '1000', '--workspace']

const own = ownFolder('kill')
afterAll(() => own.release())

let steps: readonly string[] = []
let undisturbed: Inside
let undisturbedRows: ReturnType<typeof lakeRows>

beforeAll(async () => {
  const whole = await demoIn(own.path())
  steps = whole.err.split('\n').slice(0, -1)
  undisturbed = await inside(own.path('workspace'))
  undisturbedRows = lakeRows(own.path('workspace'))
})

test(`a workspace whose demo is killed at ${kills} moments opens each time, loses nothing and doubles nothing`, async () => {
  const workspace = own.path('killed')
  sameTokenKey(workspace)
  const random = numbers(seed)
  let before = await inside(workspace)
  const phases = new Set<string>()
  for (let kill = 0; kill < kills; kill += 1) {
    // One moment in each twentieth of the run: a step of it, and up to 150 ms into that step.
    const from = Math.floor(((kill + random()) / kills) * steps.length)
    const ended = await runUntil(workspace, { from, delayMs: Math.floor(random() * 150) })
    const moment = `kill ${kill + 1}, in "${ended.step}"`
    phases.add(ended.step.split(' ')[0] ?? '')
    expect(ended.signal ?? ended.code, moment).toSatisfy((how) => how === 'SIGKILL' || how === 137 || how === 0)
    const after = await inside(workspace)
    for (const one of after.verified) expect(one.failures, moment).toEqual([])
    expect(missing(before.exhibits, after.exhibits), `exhibits lost by ${moment}`).toEqual([])
    expect(missing(before.loads, after.loads), `loads lost by ${moment}`).toEqual([])
    expect(missing(before.copies, after.copies), `copies lost by ${moment}`).toEqual([])
    expect(missing(before.findings, after.findings), `findings lost by ${moment}`).toEqual([])
    expect(after.custody, `custody cut by ${moment}`).toBeGreaterThanOrEqual(before.custody)
    expect(after.inventory, `inventory cut by ${moment}`).toBeGreaterThanOrEqual(before.inventory)
    before = after
  }
  // The moments reached every part of the run, not its beginning twenty times.
  expect(phases.size).toBeGreaterThanOrEqual(4)

  const last = await breachline([...demo, workspace], { env: own.env })
  expect(last.code, last.err).toBe(0)
  const end = await inside(workspace)
  expect(end.verified.map((one) => one.ok)).toEqual([true])
  expect(end.findings).toEqual(undisturbed.findings)
  expect(end.proposals).toBe(undisturbed.proposals)
  expect(end.exhibits).toEqual(undisturbed.exhibits)
  expect(end.acquisitions).toBe(undisturbed.acquisitions)
  expect(end.copies).toEqual(undisturbed.copies)
  expect(end.inventory).toBe(undisturbed.inventory)
  expect(end.loads.map(withoutLoadIds)).toEqual(undisturbed.loads.map(withoutLoadIds))
  expect(comparable(lakeRows(workspace))).toEqual(comparable(undisturbedRows))
})

test('Ctrl-C stops with 130 and says that what was done is kept; the next run ends the work', async () => {
  const workspace = own.path('interrupted')
  sameTokenKey(workspace)
  const stopped = await breachline([...demo, workspace], {
    env: own.env,
    onErrLine: (line, signal) => {
      if (line.startsWith('reading logs/')) signal('SIGINT')
    },
  })
  expect(stopped.code).toBe(130)
  expect(stopped.err).toContain('what was done is kept, run the same command again to go on')
  expect(stopped.out).toBe('')
  const between = await inside(workspace)
  expect(between.exhibits).toEqual(undisturbed.exhibits)
  expect(between.findings).toEqual([])
  expect(between.verified.map((one) => one.ok)).toEqual([true])
  expect(lakeRows(workspace).ofNobody).toEqual({})

  const next = await breachline([...demo, workspace], { env: own.env })
  expect(next.code, next.err).toBe(0)
  const end = await inside(workspace)
  expect(end.findings).toEqual(undisturbed.findings)
  expect(comparable(lakeRows(workspace))).toEqual(comparable(undisturbedRows))
})

test('Ctrl-C while the demo is generated leaves no half case behind', async () => {
  const workspace = own.path('early')
  const stopped = await breachline([...demo, workspace], {
    env: own.env,
    onErrLine: (line, signal) => {
      if (line === steps[0]) signal('SIGINT')
    },
  })
  expect(stopped.code).toBe(130)
  expect((await inside(workspace)).cases).toEqual([])
})

/** The step of the run after which it was killed, with how it ended. */
async function runUntil(
  workspace: string,
  moment: { readonly from: number; readonly delayMs: number },
): Promise<Ended & { readonly step: string }> {
  let step = ''
  let armed = false
  const ended = await breachline([...demo, workspace], {
    env: own.env,
    onErrLine: (line, signal) => {
      step = line
      // A resumed run leaves out steps that are done: the first step at or behind the chosen one counts.
      if (armed || steps.indexOf(line) < moment.from) return
      armed = true
      setTimeout(() => signal('SIGKILL'), moment.delayMs)
    },
  })
  return { ...ended, step }
}

/** The same key of tokens as the undisturbed workspace, so that loads and findings can be compared by id. */
function sameTokenKey(workspace: string): void {
  mkdirSync(workspace, { recursive: true })
  copyFileSync(own.path('workspace', 'workspace-id'), `${workspace}/workspace-id`)
}

/** The days of reading, and facts and edges of stories, are computed from loads and keyed by their numbers, which count attempts too. */
function withoutLoadIds(key: string): string {
  return key.replace(/^(lookups-\d+:(?:days|week)|(?:edges|facts):[0-9a-f]{64}):.*$/, '$1')
}

/** Every load with its rows as one entry, so that a doubled one shows; and rows of no load, of which there are none. */
function comparable(rows: ReturnType<typeof lakeRows>): unknown {
  const byLoad = Object.entries(rows.byLoad).map(([key, tables]) => `${withoutLoadIds(key)} ${JSON.stringify(tables)}`)
  return { byLoad: byLoad.toSorted(), ofNobody: rows.ofNobody }
}

function missing(before: readonly string[], after: readonly string[]): string[] {
  const there = new Set(after)
  return before.filter((one) => !there.has(one))
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbers(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
