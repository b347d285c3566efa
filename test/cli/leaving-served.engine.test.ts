import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownFolder } from '../flow/run-breachline.ts'
import { smallClaim } from './claim-case.ts'
import { run as give } from './fake.ts'
import { serving, type Serving } from './serving.ts'

// One process serves the workspace in the name of Aisha Rahman; everything below reaches the case through it.
const own = ownFolder('leaving')
const dpo = 'Aisha Rahman'
const lead = 'Daniel Tan'
const commissioner = 'my-pdpa-12b/commissioner'
let server: Serving | undefined
let id = ''

const run = (...args: string[]): Promise<Ended> =>
  give([...args, '--workspace', own.path('workspace')], own.path(), new Date().toISOString())
type Ended = Awaited<ReturnType<typeof give>>
const done = async (...args: string[]): Promise<Ended> => {
  const ended = await run(...args)
  expect([args[0], ended.code, ended.err]).toEqual([args[0], 0, expect.not.stringContaining('in use')])
  return ended
}

beforeAll(async () => {
  const folder = smallClaim(own.path('claim'))
  for (const name of [dpo, lead]) expect((await give(['key', 'new', name], own.path())).code).toBe(0)
  await done('investigate', folder, '--as', lead)
  id = readdirSync(own.path('workspace', 'cases'))[0] ?? ''
  // Somebody else approved the list before; whoever serves may then hand it out.
  await done('affected', 'approve', '--purpose', 'Letters', '--reason', 'Checked', '--as', lead)
  server = await serving(own.path('workspace'), dpo, own.env)
}, 240_000)

afterAll(async () => {
  await server?.stop()
  own.release()
})

test('notices are drafted, said, filed, listed and shown through the process that serves', async () => {
  expect((await done('notice', commissioner)).out).toContain('Organisation\n    Meridian Telekom [1]')
  const checked = await run('notice', 'check', commissioner)
  expect([checked.code, checked.out]).toEqual([3, expect.stringContaining('MISSING')])
  const pdf = own.path('first.pdf')
  await done('notice', 'draft', commissioner, '--out', pdf)
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  expect(statSync(pdf).mode & 0o777).toBe(0o600)
  await done('notice', 'say', 'summary', 'A list of customers was copied.', '--reason', 'Agreed with the DPO')
  const letter = await run('notice', 'letter', 'my-pdpa-12b/data-subjects', '--group', 'A')
  expect(letter.out).toContain('A list of customers was copied.')
  expect(letter.out).not.toContain('Person Nr0')
  const filed = ['notice', 'file', commissioner, '--at', '2026-10-06T18:00:00+08:00', '--reason', 'Sent']
  expect(await run(...filed)).toMatchObject({ code: 3, err: expect.stringContaining('Not answered:') })
  await done(...filed, '--anyway', 'The rest follows')
  const { notices } = JSON.parse((await done('notice', 'list', '--json')).out) as { notices: { by: string; whole: boolean }[] }
  expect(notices).toMatchObject([{ number: 'notice-1', by: dpo, whole: true }])
  expect((await done('notice', 'show', 'notice-1')).out).toContain('Filed as notice-1')
  expect((await run('notice', 'show', 'notice-9')).code).toBe(3)
}, 240_000)

test('counts, groups and the approved list leave through it; one person alone hands out nothing', async () => {
  expect((await done('affected', 'counts')).out).toContain(',')
  expect((await done('affected', 'groups')).out).toContain('8 persons to be told')
  const out = own.path('told.csv')
  await done('affected', 'export', '--out', out)
  expect(readFileSync(out, 'utf8').split('\r\n')[1]).toMatch(/^7000000\d,A,/)
  expect(statSync(out).mode & 0o777).toBe(0o600)
  await done('affected', 'approve', '--purpose', 'Again', '--reason', 'Checked')
  const alone = await run('affected', 'export', '--out', own.path('alone.csv'))
  expect([alone.code, alone.err]).toEqual([3, expect.stringContaining('who also exports')])
  expect(existsSync(own.path('alone.csv'))).toBe(false)
  const nobody = await run('affected', 'export', '--out', own.path('alone.csv'), '--as', 'Nobody Known')
  expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining('There is no key')])
  expect(existsSync(own.path('alone.csv'))).toBe(false)
  // Somebody else, with a key of their own.
  await done('affected', 'export', '--out', own.path('alone.csv'), '--as', lead)
  expect(readFileSync(own.path('alone.csv'), 'utf8')).toContain('7000000')
}, 240_000)

test('reports and the case for the own team leave through it, and the chain of custody names them', async () => {
  const report = own.path('report.html')
  await done('report', '--out', report)
  expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/i)
  expect(JSON.parse((await done('report', '--json')).out)).toMatchObject({ case: { id } })
  expect((await done('report', '--format', 'sitrep')).out).toContain('Known')
  expect(JSON.parse((await done('handover', '--format', 'thehive')).out)).toHaveProperty('title')
  const wrong = await run('report', '--case', 'nobody')
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('nobody')])
  expect((await done('verify', id)).out).toContain('whole')
}, 240_000)
