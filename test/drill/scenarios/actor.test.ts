import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Random, writeScenario } from '../../../src/drill/index.ts'
import { brought, laterBy } from '../../../src/drill/scenarios/actor.ts'

const folder = mkdtempSync(join(tmpdir(), 'drill-actor-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('an actor keeps about half of what it brings from one estate to the next, and draws the rest anew', () => {
  const things = Array.from({ length: 400 }, (_, at) => `thing ${at}`)
  const value = (hit: number, thing: string): number => brought({ seed: 3, hit, apart: 60 }, thing, new Random(1, 'own')).uint()
  const kept = things.filter((thing) => value(0, thing) === value(1, thing)).length
  const twice = things.filter((thing) => value(0, thing) === value(2, thing)).length
  expect(kept).toBeGreaterThan(160)
  expect(kept).toBeLessThan(240)
  expect(twice).toBeGreaterThan(60)
  expect(twice).toBeLessThan(140)
  // Another actor brings other things; without one the estate's own sequence goes on.
  expect(
    things.filter((thing) => value(0, thing) === brought({ seed: 4, hit: 0, apart: 60 }, thing, new Random(1)).uint()),
  ).toEqual([])
  const own = new Random(1, 'own')
  expect(brought(undefined, 'thing', own)).toBe(own)
  expect([laterBy(undefined), laterBy({ seed: 3, hit: 2, apart: 60 })]).toEqual([0, 120 * 86_400_000])
})

test('logs as they stand at a moment: what is later is not written, what is earlier is the same', async () => {
  const actor = { seed: 3, hit: 1, apart: 40 }
  const write = (out: string, until?: string): ReturnType<typeof writeScenario> =>
    writeScenario({
      scenario: 'softcell',
      seed: 3,
      options: { work: 0.05, hosts: 26, actor, ...(until === undefined ? {} : { until }) },
      out: join(folder, out),
      watch: {},
    })
  const whole = await write('whole')
  const until = new Date(Date.parse(whole.entry?.at ?? '') + 3_600_000).toISOString()
  const cut = await write('cut', until)
  expect(cut.attackRecords?.length).toBeGreaterThan(0)
  expect(cut.attackRecords?.length).toBeLessThan(whole.attackRecords?.length ?? 0)
  expect(cut.entry).toEqual(whole.entry)
  for (const { path } of cut.files.filter((one) => one.path.includes('/logs/'))) {
    const [before, after] = ['cut', 'whole'].map((out) => readFileSync(join(folder, out, path), 'utf8'))
    expect(after?.startsWith(before ?? '-')).toBe(true)
  }
})

test('an actor spells its upload and disguises its archives in other ways now and then; without one they stay as they were', async () => {
  const uploads = async (seed: number, actor?: { seed: number; hit: number; apart: number }): Promise<string[]> => {
    const out = join(folder, `upload-${seed}`)
    const options = { work: 0.05, hosts: 26, ...(actor === undefined ? {} : { actor }) }
    const truth = await writeScenario({ scenario: 'softcell', seed, options, out, watch: {} })
    const own = (truth.attackRecords ?? []).flatMap(({ file, line }) =>
      /access\.log$|iis-/.test(file) ? [readFileSync(join(out, 'case', file), 'utf8').split('\n')[line - 1] ?? ''] : [],
    )
    const climb = own.map((one) => /name=(\S+?)(?:help|view|img|error_)\d+\.(?:aspx|jsp)/.exec(one)?.[1]).find(Boolean)
    const disguise = own.map((one) => /\/[0-9a-f]{3}\.(png|jpg|gif) /.exec(one)?.[1]).find(Boolean)
    return [climb ?? 'none', disguise ?? 'none']
  }
  const seen = await Promise.all([0, 1, 2, 3].map((hit) => uploads(40 + hit, { seed: 3, hit, apart: 30 })))
  const [climbs, disguises] = [0, 1].map((at) => new Set(seen.map((one) => one[at])))
  for (const ways of [climbs, disguises]) {
    expect(ways?.size).toBeGreaterThan(1)
    expect(ways).not.toContain('none')
  }
  expect(await uploads(44)).toEqual(['..%2f..%2f', 'png'])
})
