import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newCase, run, scratch } from './fake.ts'

interface Step {
  readonly task: string
  readonly step: string
  readonly owner: string
  readonly due?: string
  readonly waitsFor: readonly string[]
  readonly approvedBy: readonly string[]
  readonly closed?: { readonly outcome: string; readonly by: readonly string[] }
}

const ana = 'Ana Lim'
const ben = 'Ben Osman'

async function withCase(): Promise<(...args: string[]) => ReturnType<typeof run>> {
  const home = scratch()
  const call = (...args: string[]): ReturnType<typeof run> => run([...args, '--workspace', join(home, 'data')], home)
  for (const name of [ana, ben]) expect((await run(['key', 'new', name, '--role', 'analyst'], home)).code).toBe(0)
  const made = await call(...newCase('Claim'), '--as', ana)
  expect(made.code, made.err).toBe(0)
  return call
}

test('a playbook runs in a case: owners, due times, order, two persons for what stops something, all in the chain', async () => {
  const call = await withCase()
  const start = await call('playbook', 'start', 'vendor', '--owner', 'operations=Night shift', '--json', '--as', ana)
  expect(start.code, start.err).toBe(0)
  const { steps } = JSON.parse(start.out) as { steps: Step[] }
  const by = (name: string): Step => steps.find(({ step }) => step === name) as Step
  expect(by('out-of-band')).toMatchObject({ task: 'T1', due: '2026-10-07T00:30:00.000Z', waitsFor: [] })
  expect(by('cut-access')).toMatchObject({ owner: 'Night shift', waitsFor: ['copies-there'] })

  expect((await call('playbook', 'start', 'vendor-breach', '--as', ana)).err).toContain('vendor-breach runs in this case')
  const early = await call('playbook', 'done', by('cut-access').task, '--outcome', 'cut', '--as', ana)
  expect([early.code, early.err]).toEqual([3, expect.stringContaining('waits for copies-there')])
  for (const name of ['out-of-band', 'copies-there'])
    expect((await call('playbook', 'done', by(name).task, '--outcome', `E1 for ${name}`, '--as', ana)).code).toBe(0)
  const alone = await call('playbook', 'done', by('cut-access').task, '--outcome', 'cut', '--as', ana)
  expect(alone.err).toContain('a second person approves it first')
  await call('playbook', 'approve', by('cut-access').task, '--reason', 'mine', '--as', ana)
  expect((await call('playbook', 'done', by('cut-access').task, '--outcome', 'cut', '--as', ana)).err).toContain(
    'a second person',
  )
  expect((await call('playbook', 'approve', by('cut-access').task, '--reason', 'Agreed for 02:00', '--as', ben)).out).toBe(
    'D2 recorded\n',
  )
  expect((await call('playbook', 'done', by('cut-access').task, '--outcome', 'Tunnels and keys cut', '--as', ana)).code).toBe(0)
  expect((await call('playbook', 'approve', by('agreement').task, '--reason', 'x', '--as', ben)).err).toContain(
    'needs no second person',
  )
  const before = await call(
    'playbook',
    'done',
    by('statement-is-statement').task,
    '--outcome',
    'noted',
    '--anyway',
    'The vendor wrote first',
    '--as',
    ben,
  )
  expect(before.out).toContain('noted (before evidence-request: The vendor wrote first)')

  const status = await call('playbook', 'status', '--as', ana)
  expect(status.out).toMatch(/4 of \d+ closed, started 2026-10-07T00:00Z by Ana Lim/)
  expect(status.out).toMatch(/x +T5 +cut-access +Night shift .*Tunnels and keys cut/)
  expect(status.out).toMatch(/> +T2 +agreement/)
  expect((await call('verify', 'claim', '--as', ana)).out).not.toContain('wrong')
  expect((await call('playbook', 'done', 'T99', '--outcome', 'x', '--as', ana)).err).toContain('T99 is no step of a playbook')
})

test('playbooks go out as CACAO and come in again; a flaw is named by line and field', async () => {
  const call = await withCase()
  const file = join(scratch(), 'out.json')
  expect((await call('playbook', 'export', 'insider', '--out', file)).code).toBe(0)
  const document = JSON.parse(readFileSync(file, 'utf8')) as { spec_version: string; labels: string[] }
  expect(document.spec_version).toBe('cacao-2.0')
  document.labels = ['our-insider']
  writeFileSync(file, JSON.stringify(document))
  expect((await call('playbook', 'import', file)).out).toBe('our-insider imported\n')
  expect((await call('playbook', 'import', file)).err).toContain('--replace')
  const listed = await call('playbook', 'list')
  expect(listed.out).toMatch(/our-insider +7 +own/)
  expect((await call('playbook', 'show', 'our')).out).toContain('leaves: a list of who knows')
  const wrong = join(scratch(), 'wrong.yml')
  writeFileSync(wrong, 'id: x\nname: X\nwhen: now\nsteps:\n  - id: one\n    do: y\n    who: z\n    gives: g\n    after: [two]\n')
  const linted = await run(['playbook', 'lint', wrong])
  expect([linted.code, linted.out]).toEqual([3, `${wrong}:9 steps.0.after.0: names no step: "two"\n`])
  expect((await call('playbook', 'show', 'nothing')).err).toContain('known are claim-of-breach')
})
