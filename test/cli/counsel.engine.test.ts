import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newCase, run, scratch } from './fake.ts'

const home = scratch()
const call = (...args: string[]): ReturnType<typeof run> => run([...args, '--workspace', join(home, 'data')], home)
const ok = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await call(...args)
  expect(code, `${args.join(' ')}: ${err}`).toBe(0)
  return out
}

test('a case at counsel’s direction shares exhibits and nothing else, and no document leaves it but the privilege log', async () => {
  mkdirSync(join(home, 'in'))
  writeFileSync(join(home, 'in', 'post.txt'), 'SableFox claims to hold data of 40,000 customers of Meridian Telekom.\n')
  writeFileSync(join(home, 'in', 'answer.txt'), 'Meridian Telekom says that it looks into the claim.\n')
  await ok(...newCase('Claim', 'claim'))
  await ok('investigate', join(home, 'in', 'post.txt'), '--case', 'claim')
  await ok('note', 'Ordinary note: looked at the post.', '--case', 'claim')
  expect((await call('counsel', 'open', 'claim')).code).toBe(2)
  const purpose = 'Advice on liability'
  expect(await ok('counsel', 'open', 'claim', '--instructed-by', 'N. Rahim, Rahim & Partners', '--purpose', purpose)).toBe(
    'claim-counsel\n',
  )
  expect((await call('counsel', 'open', 'claim-counsel', '--instructed-by', 'X', '--purpose', purpose)).err).toContain('"claim"')

  expect(await ok('counsel', 'share', 'claim', 'claim-counsel', '--reason', 'For advice')).toContain('E1 is E1 there')
  expect((await call('counsel', 'share', 'claim', 'claim-counsel', '--reason', 'Again')).err).toContain('there already')
  expect((await call('counsel', 'share', 'claim', 'claim-counsel', 'E9', '--reason', 'Again')).code).toBe(2)
  await ok('evidence', 'add', join(home, 'in', 'answer.txt'), '--case', 'claim-counsel')
  expect(await ok('counsel', 'share', 'claim-counsel', 'claim', 'E2', '--reason', 'It is evidence')).toContain('E2 is E2 there')
  expect(JSON.stringify(JSON.parse(await ok('case', 'show', 'claim-counsel', '--json')))).not.toContain('Ordinary note')

  await ok('rebuild', 'claim-counsel')
  await ok('note', 'Opinion: weak on the second head.', '--case', 'claim-counsel', '--about', 'E1')
  expect(await ok('case', 'show', 'claim', '--json')).not.toContain('weak on the second head')
  const counsel = ['--case', 'claim-counsel']
  const refused = [
    ['report', ...counsel, '--out', join(home, 'r.html')],
    ['report', ...counsel, '--format', 'json'],
    ['report', ...counsel, '--format', 'sitrep'],
    ['affected', 'counts', ...counsel],
    ['share', ...counsel],
    ['handover', ...counsel, '--format', 'thehive'],
    ['affected', 'groups', ...counsel],
    ['personnel', 'export', ...counsel],
    ['notice', 'list', ...counsel],
    ['due', '--ics', join(home, 'due.ics'), ...counsel],
  ]
  for (const args of refused) {
    const { code, err, out } = await call(...args)
    expect([args.join(' '), code === 0, err.includes("at counsel's direction")]).toEqual([args.join(' '), false, true])
    expect(`${err}${out}`).not.toContain('weak on the second head')
  }
  const log = await ok('counsel', 'log', 'claim-counsel')
  expect(log).toContain('N. Rahim, Rahim & Partners')
  expect(log).toMatch(/N1,note,/)
  expect(log).not.toContain('weak on the second head')
  expect((await call('counsel', 'log', 'claim')).code).toBe(2)
  await ok('verify', 'claim-counsel')
  await ok('verify', 'claim')
  await ok('report', '--case', 'claim', '--out', join(home, 'ordinary.html'))
  expect(readFileSync(join(home, 'ordinary.html'), 'utf8')).not.toContain('weak on the second head')
})

test('exhibits go between linked cases alone', async () => {
  await ok(...newCase('Another', 'another'))
  expect((await call('counsel', 'share', 'claim', 'another', '--reason', 'x')).err).toContain('neither of the cases')
  expect((await call('counsel', 'share', 'another', 'claim-counsel', '--reason', 'x')).err).toContain('neither of the cases')
})
