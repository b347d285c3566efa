import { chmodSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/index.ts'
import { demoIn } from './begun.ts'
import { inside, lakeRows, lastAnswerOf } from './look-inside.ts'
import { breachline, ownFolder } from './run-breachline.ts'

const own = ownFolder('rebuild')
const workspace = own.path('workspace')
afterAll(() => own.release())

test('a case rebuilt without its lake has the same findings and the same answer', async () => {
  const first = await demoIn(own.path())
  const answer = JSON.parse(first.out) as Answer
  const before = await inside(workspace)
  const rowsBefore = lakeRows(workspace)
  expect(before.findings.length).toBeGreaterThan(20)
  expect(comparable(lastAnswerOf(workspace, answer.case.id))).toEqual(comparable(answer))

  rmSync(join(workspace, 'lake'), { recursive: true })
  const again = await breachline(['rebuild', answer.case.id, '--json', '--workspace', workspace], { env: own.env })
  expect(again.code, again.err).toBe(0)
  expect(JSON.parse(again.out)).toMatchObject({ findings: before.findings.length, same: before.findings.length, added: [] })
  const after = await inside(workspace)
  expect(after.findings).toEqual(before.findings)
  expect(after.proposals).toBe(before.proposals)
  expect(after.exhibits).toEqual(before.exhibits)
  expect(after.copies).toEqual(before.copies)
  expect(lakeRows(workspace)).toEqual(rowsBefore)
  expect(comparable(lastAnswerOf(workspace, answer.case.id))).toEqual(comparable(answer))
})

test('verify names an exhibit whose bytes were cut; the next run restores it, and a second one beside it is told who holds the workspace', async () => {
  const id = (await inside(workspace)).cases[0] ?? ''
  const sound = await breachline(['verify', id, '--workspace', workspace], { env: own.env })
  expect(sound.code, sound.out).toBe(0)
  expect(sound.out).toContain('verified')
  const evidence = join(workspace, 'cases', id, 'evidence')
  const folder = readdirSync(evidence).find((name) => /^[0-9a-f]{2}$/.test(name)) ?? ''
  const copy = join(evidence, folder, readdirSync(join(evidence, folder))[0] ?? '')
  chmodSync(copy, 0o600)
  truncateSync(copy, 10)
  const cut = await breachline(['verify', id, '--json', '--workspace', workspace], { env: own.env })
  expect(cut.code).toBe(3)
  const { ok, failures } = JSON.parse(cut.out) as { ok: boolean; failures: { code: string; where: string; todo: string }[] }
  expect(ok).toBe(false)
  expect(failures.map((one) => one.code)).toEqual(['exhibit-cut'])
  expect(failures[0]?.where).toMatch(/^E\d+$/)
  expect(failures[0]?.todo).not.toBe('')
  // The same file, investigated again, restores the copy. Meanwhile a second process is told pid, command and what to do.
  let second: ReturnType<typeof breachline> | undefined
  const restored = await breachline(['demo', '--no-serve', '--size', '1000', '--workspace', workspace], {
    env: own.env,
    onErrLine: () => {
      second ??= breachline(['investigate', workspace, '--workspace', workspace], { env: own.env })
    },
  })
  expect(restored.code, restored.err).toBe(0)
  const refused = await second
  expect(refused?.code).toBe(4)
  expect(refused?.err).toMatch(/the workspace is in use by process \d+ \(demo\)/)
  expect(refused?.err).toContain('--workspace DIR')
  expect((await breachline(['verify', id, '--workspace', workspace], { env: own.env })).code).toBe(0)
})

/** What may differ between two runs over the same evidence: when they ran, how long, and what the case is called. */
function comparable(answer: Answer): unknown {
  const may = new Set(['at', 'seconds', 'case'])
  const text = JSON.stringify(answer, (key, value: unknown) => (may.has(key) ? undefined : value))
  return JSON.parse(text)
}
