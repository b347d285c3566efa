import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

const folder = scratch()
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const facts = file(
  'facts.json',
  JSON.stringify({
    jurisdictions: ['MY', 'SG'],
    roles: ['controller'],
    zone: '+08:00',
    judgements: { 'personal-data': 'yes' },
    harm: { data: ['name', 'contact'], malicious: 'yes' },
    candidates: [{ kind: 'detection', at: '2026-10-05T08:00:00', text: 'Found.' }],
    decisions: [{ at: '2026-10-05T12:00:00', made: '2026-10-06T09:00:00', by: 'DPO', reason: 'The sample agreed.' }],
  }),
)
const nowhere = ['--workspace', join(folder, 'nowhere')]

test('due on a file of facts: seen before the decision was made the clock runs from the candidate, after it from the decision', async () => {
  const before = await run(['due', '--facts', facts, '--at', '2026-10-05T20:00:00+08:00'])
  expect(before.code).toBe(0)
  expect(before.out).toContain('my-pdpa-12b/commissioner')
  expect(before.out).toContain('2026-10-08 00:00Z')
  expect(before.out).not.toContain('DPO decided')
  const after = await run(['due', '--facts', facts, '--at', '2026-10-06T20:00:00+08:00'])
  expect(after.out).toContain('2026-10-08 04:00Z')
  expect(after.out).toContain('DPO decided')
  expect(after.out).toContain('asked: Is the operator designated')
  expect(after.out).toContain('Not legal advice')
})

test('due --harm proposes with reasons and names the command that decides', async () => {
  const { out } = await run(['due', '--facts', facts, '--harm'])
  expect(out).toContain('significant-harm (PDPA section 12B (Malaysia)): proposed yes')
  expect(out).toContain('Identity fraud by combination: name, contact.')
  expect(out).toContain('breachline duty judge significant-harm yes|no')
  expect(out).not.toContain('proposed no\n  Nothing')
})

test('own holidays go before the shipped ones, and the due time says whose they are', async () => {
  const sec = file(
    'sec.json',
    JSON.stringify({
      jurisdictions: ['US'],
      roles: ['listed-company'],
      zone: 'America/New_York',
      enabled: [{ law: 'us-sec-8k-105', by: 'Counsel Reed', reason: 'Compared with the form.' }],
      judgements: { material: 'yes' },
      candidates: [{ kind: 'informed-by-third-party', at: '2026-11-02T10:00:00', text: 'A claim.' }],
      decisions: [{ kind: 'materiality', at: '2026-11-02T12:00:00', by: 'Board', reason: 'Scale.' }],
    }),
  )
  const own = file(
    'own.yml',
    'id: us-federal\nname: Federal holidays (United States)\nweekend: [sat, sun]\nyears: [2026]\nsource: { text: An invented list, read: 2026-10-01, basis: own }\nholidays:\n  - { day: 2026-11-04, name: A day of mourning }\n',
  )
  const args = ['due', '--facts', sec, '--now', '2026-11-03T10:00:00-05:00']
  const shipped = await run(args)
  expect(shipped.out).toMatch(/2026-11-0[67] \d\d:\d\dZ[^]*counted\s+by\s+the\s+shipped\s+list\s+of\s+holidays/)
  expect(shipped.out).toMatch(
    /holidays:\s+Federal\s+holidays\s+\(United\s+States\):\s+2024,\s+2025,\s+2026\s+and\s+2027\s+by\s+the\s+shipped\s+list,\s+read\s+20\d\d-\d\d-\d\d\s+in\s+a\s+summary,\s+not\s+in\s+the\s+gazette;\s+nothing\s+is\s+counted\s+beyond/,
  )
  const told = await run([...args, '--holidays', own])
  expect(told.out).toMatch(/2026-11-10 04:59Z[^]*counted\s+by\s+your\s+own\s+list\s+of\s+holidays/)
  expect(told.out).not.toMatch(/shipped\s+list/)
  expect(told.out).toMatch(/2026\s+by\s+your\s+own\s+list,\s+read\s+2026-10-01\s+in\s+an\s+own\s+file/)
  const wrong = await run([...args, '--holidays', sec])
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('sec.json, field id: The calendar does not fit')])
})

test('a year that no list of holidays has is asked for, and no date is counted', async () => {
  const at = (year: number): string =>
    file(
      `sec-${year}.json`,
      JSON.stringify({
        jurisdictions: ['US'],
        roles: ['listed-company'],
        zone: 'America/New_York',
        enabled: [{ law: 'us-sec-8k-105', by: 'Counsel Reed', reason: 'Compared with the form.' }],
        judgements: { material: 'yes' },
        candidates: [{ kind: 'informed-by-third-party', at: `${year}-12-30T10:00:00`, text: 'A claim.' }],
        decisions: [{ kind: 'materiality', at: `${year}-12-30T12:00:00`, by: 'Board', reason: 'Scale.' }],
      }),
    )
  const { out } = await run(['due', '--facts', at(2027), '--now', '2027-12-31T10:00:00-05:00', '--json'])
  type Due = {
    asked: { field: string; text: string }[]
    duties: { id: string; due?: string; holidays?: string; dueText: string }[]
  }
  const { asked, duties } = JSON.parse(out) as Due
  const question = asked.find(({ field }) => field === 'calendars/us-federal.yml')?.text ?? ''
  expect(question).toMatch(
    /^Which days are holidays in "us-federal" in 2028\? The calendar "us-federal" does not cover the years: 2028 is not in it/,
  )
  expect(question).toMatch(/it covers [^)]*2027 by the shipped list, read 20\d\d-\d\d-\d\d in a summary, not in the gazette/)
  expect(question).toContain('private/calendars/us-federal.yml')
  const waiting = duties.find(({ id }) => id.startsWith('us-sec-8k-105/'))
  expect(waiting?.dueText).toContain('2028 is not in it')
  expect([waiting?.due, waiting?.holidays]).toEqual([undefined, undefined])
})

test.each([
  ['a moment without zone', ['due', '--facts', facts, '--at', '2026-10-05T20:00:00'], /with its zone/],
  ['own holidays of a case', ['due', '--holidays', facts, ...nowhere], /--holidays goes with --facts/],
  ['a calendar from a file of facts', ['due', '--facts', facts, '--ics', '-'], /--ics needs a case/],
  ['a question that is none', ['duty', 'judge', 'guilty', 'yes', '--reason', 'x', ...nowhere], /"guilty" is not known/],
  ['an act without a reason', ['duty', 'judge', 'high-risk', 'yes', ...nowhere], /--reason is missing/],
  [
    'a step without zone',
    ['duty', 'done', 'my-pdpa-12b/commissioner', '2026-10-05', '--reason', 'x', ...nowhere],
    /with its zone/,
  ],
  ['a zone that is none', ['duty', 'zone', 'EU', 'Mars/Olympus', '--reason', 'x', ...nowhere], /no time zone/],
  ['a kind of data that is none', ['duty', 'harm', 'data=gossip', '--reason', 'x', ...nowhere], /harm\.data/],
  ['a count without a number', ['duty', 'count', '2026-10-05T20:00:00Z', '--reason', 'x', ...nowhere], /no number is given/],
  ['a designation that is none', ['laws', 'designation', 'king', 'yes', '--reason', 'x', ...nowhere], /"king" is not known/],
])('%s is refused before anything is opened', async (_, args, message) => {
  const { code, err } = await run(args)
  expect(code).toBe(2)
  expect(err).toMatch(message)
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})

test('laws list, show and lint: a law as sentences; a typo by line and field with exit code 3', async () => {
  const list = await run(['laws', 'list', ...nowhere])
  expect(list.out).toMatch(/kr-pipa-34 +KR +uncertain/)
  const show = await run(['laws', 'show', 'my-pdpa-12b', ...nowhere])
  expect(show.out).toContain('In force: it starts clocks on facts of its time.')
  expect(show.out).toContain('within 72 hours')
  expect(show.out.replaceAll(/\s+/g, ' ')).toContain('[more than 1,000 persons; or a person decides: significant harm, yes]')
  expect((await run(['laws', 'show', 'xx', ...nowhere])).err).toContain('there is no law "xx"')
  const text = readFileSync(join(import.meta.dirname, '../../data/laws/my-pdpa-12b.yml'), 'utf8')
  const bad = file('bad.yml', text.replace('status: in-force', 'status: in-froce'))
  const lint = await run(['laws', 'lint', bad])
  expect(lint.code).toBe(3)
  expect(lint.out).toBe(`${bad}:6:9: status: is none of in-force, proposed, uncertain; "in-force" is likely meant\n`)
  expect((await run(['laws', 'lint', file('good.yml', text)])).code).toBe(0)
})

test('a designation is kept in the private folder of the workspace, readable by this user only', async () => {
  const workspace = join(folder, 'own')
  const { code } = await run([
    'laws',
    'designation',
    'ncii',
    'no',
    '--reason',
    'No letter was received',
    '--workspace',
    workspace,
  ])
  expect(code).toBe(0)
  const kept = JSON.parse(readFileSync(join(workspace, 'private', 'designations.json'), 'utf8')) as object
  expect(kept).toMatchObject({ ncii: { answer: 'no', reason: 'No letter was received' } })
  expect(existsSync(join(workspace, 'cases'))).toBe(false)
})
