import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimFolder } from './claim-case.ts'
import { run as breachline, scratch } from './fake.ts'

const home = scratch()
const own = { path: (...parts: string[]) => join(home, ...parts) }
const now = '2026-10-20T00:00:00.000Z'
type Ended = Awaited<ReturnType<typeof breachline>>
const dpo = 'Aisha Rahman'
const lead = 'Daniel Tan'
const commissioner = 'my-pdpa-12b/commissioner'
const subjects = 'my-pdpa-12b/data-subjects'

/** Forty invented customers; the last number was given to two of them one after the other. */
const customers = Array.from({ length: 40 }, (_, at) => ({
  account: String(70_000_001 + at),
  msisdn: `6012${2_000_000 + at * 37}`,
  name: `Person Nr${at} Abdullah`,
  email: `person${at}@mail.example`,
}))
const recycled = { ...customers[39], account: '70000099', name: 'Somebody Else', email: 'else@mail.example' }

const run = (...args: string[]): Promise<Ended> => breachline([...args, '--workspace', own.path('workspace')], home, now)
const json = async <T>(...args: string[]): Promise<T> => {
  const ended = await run(...args, '--json')
  expect([ended.code, ended.err]).toEqual([0, expect.not.stringContaining('breachline:')])
  return JSON.parse(ended.out) as T
}

beforeAll(async () => {
  const rows = [...customers, recycled].map((one) => `${one.account},${one.msisdn},${one.name},${one.email}`)
  // Thirty customers, ten of them without an e-mail address; the recycled number alone; two whom nobody knows.
  const taken = customers.slice(0, 30).map((one, at) => `${one.msisdn},${one.name},${at < 20 ? one.email : ''}`)
  const others = [`${customers[39]?.msisdn},,`, '60129990001,Nobody Known,', '60129990002,Nobody Either,']
  const folder = claimFolder(own.path('claim'), {
    jurisdictions: ['MY', 'EU'],
    crm: ['account_no,msisdn,name,email', ...rows],
    sample: ['msisdn,name,email', ...taken, ...others],
  })
  for (const name of [dpo, lead]) expect((await breachline(['key', 'new', name], home, now)).code).toBe(0)
  const investigated = await run('investigate', folder, '--as', lead)
  expect(investigated.code, investigated.err).toBe(0)
})
afterAll(() => rmSync(home, { recursive: true }))

test('a notice says what is missing, is filed only as it is, and the next one says what changed', async () => {
  const draft = await run('notice', commissioner, '--as', dpo)
  expect(draft.out).toContain('Organisation\n    Meridian Telekom [1]')
  expect(draft.out).toContain('Not known yet: name of the data protection officer')
  const checked = await run('notice', 'check', commissioner, '--as', dpo)
  expect([checked.code, checked.out]).toEqual([3, expect.stringContaining('MISSING    Contact person, name')])

  const file = ['notice', 'file', commissioner, '--at', '2026-10-06T18:00:00+08:00', '--reason', 'Sent', '--as', dpo]
  expect(await run(...file)).toMatchObject({ code: 3, err: expect.stringContaining('Not answered: Contact person, name.') })
  for (const [key, text] of Object.entries({
    'contact-name': 'Nurul Huda',
    'contact-phone': '+60 3-5555 0100',
    summary: 'An extract was copied.',
    'persons-number': '30 customers',
  }))
    expect((await run('duty', 'entry', key, text, '--reason', 'DPO', '--as', dpo)).code).toBe(0)
  expect((await run(...file, '--ref', 'JPDP/1')).out).toMatch(/^notice-1 kept by D\d+: SHA-256 [0-9a-f]{64}\n$/)
  const due = await json<{ duties: { id: string; status: string }[] }>('due', '--as', dpo)
  expect(due.duties.find((one) => one.id === commissioner)?.status).toBe('done')

  await run('duty', 'entry', 'persons-number', '32 customers', '--reason', 'Two more', '--as', dpo)
  const further = 'my-pdpa-12b/commissioner-further'
  const next = await run('notice', 'draft', further, '--as', dpo)
  expect(next.out).toMatch(/What changed since notice-1[^]*changed\n {4}Before: 30 customers\n {4}Now: 32 customers/)
  expect(next.out).toContain('Follows\n    notice-1, 2026-10-06 18:00 (+08:00), reference JPDP/1; SHA-256')
  const early = await run('notice', 'draft', further, '--phase', 'initial', '--as', dpo)
  expect([early.code, early.err]).toEqual([3, expect.stringContaining('notice-1 was filed')])
  const other = await run('notice', 'check', 'eu-gdpr-33-34/authority', '--as', dpo)
  expect(other.out).toContain('DOES NOT FIT The number of persons is 32 customers here and 30 customers in notice-1')
})

test('a filed notice is shown as it went out, by hash; a changed file is refused', async () => {
  const list = await json<{ notices: { number: string; whole: boolean; by: string; documents: { format: string }[] }[] }>(
    'notice',
    'list',
    '--as',
    dpo,
  )
  expect(list.notices).toMatchObject([{ number: 'notice-1', whole: true, by: dpo }])
  expect(list.notices[0]?.documents.map((one) => one.format)).toEqual(['text', 'docx', 'pdf'])
  const out = own.path('filed.pdf')
  expect((await run('notice', 'show', 'notice-1', '--out', out, '--as', dpo)).code).toBe(0)
  expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
  expect(statSync(out).mode & 0o777).toBe(0o600)
  const kept = own.path('workspace/cases', readdirSync(own.path('workspace/cases'))[0] ?? '', 'reports/notices/notice-1.pdf')
  writeFileSync(kept, 'other')
  const refused = await run('notice', 'show', 'notice-1', '--out', out, '--as', dpo)
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('is not the one that was filed')])
  expect((await run('notice', 'show', 'notice-1', '--as', dpo)).out).toContain('Filed as notice-1')
  expect((await run('verify', readdirSync(own.path('workspace/cases'))[0] ?? '')).code).toBe(0)
})

test('letters go to groups with only what their data was, in both languages', async () => {
  const groups = await json<{ persons: number; groups: { group: string; persons: number; items: string[] }[]; rows: object }>(
    'affected',
    'groups',
    '--as',
    dpo,
  )
  expect(groups).toMatchObject({
    persons: 30,
    groups: [
      { group: 'A', persons: 20, items: ['name', 'telephone', 'e-mail'] },
      { group: 'B', persons: 10, items: ['name', 'telephone'] },
    ],
    rows: { read: 33, met: 30, unknown: 2, ambiguous: 1 },
  })
  await run('notice', 'say', 'summary', 'Senarai pelanggan telah disalin.', '--lang', 'ms', '--reason', 'DPO', '--as', dpo)
  const open = await run('notice', 'letter', subjects, '--lang', 'ms', '--group', 'B', '--as', dpo)
  expect(open.code).toBe(3)
  expect(open.out).toContain('- nombor telefon anda')
  expect(open.out).not.toContain('e-mel anda')
  expect(open.out).not.toContain('An extract was copied')
  await run('notice', 'say', 'mitigation', 'Akses telah ditutup.', '--lang', 'ms', '--reason', 'DPO', '--as', dpo)
  const filed = await json<{ number: string; told: number; lang: string }>(
    'notice',
    'file',
    subjects,
    '--lang',
    'ms',
    '--group',
    'B',
    '--at',
    '2026-10-10T09:00:00+08:00',
    '--reason',
    'Posted',
    '--as',
    dpo,
  )
  expect(filed).toMatchObject({ number: 'notice-2', told: 10, lang: 'ms' })
  const asForm = await run('notice', 'draft', subjects, '--as', dpo)
  expect([asForm.code, asForm.err]).toEqual([3, expect.stringContaining('is done by a letter')])
  const toAuthority = await run('notice', 'letter', commissioner, '--data', 'name', '--as', dpo)
  expect(toAuthority.err).toContain('with a form and not with a letter')
})

test('the list of those to be told leaves only with the approval of another person, for this very list, and no id stands anywhere else', async () => {
  const out = own.path('told.csv')
  const without = await run('affected', 'export', '--out', out, '--as', lead)
  expect([without.code, without.err]).toEqual([3, expect.stringContaining('nobody has approved')])
  const approve = ['affected', 'approve', '--purpose', 'Letters', '--duty', subjects, '--reason', 'Checked']
  const approved = await run(...approve, '--as', lead)
  expect(approved.code, approved.err).toBe(0)
  const alone = await run('affected', 'export', '--out', out, '--as', lead)
  expect(alone.err).toContain('who also exports')
  const exported = await run('affected', 'export', '--out', out, '--as', dpo)
  expect([exported.code, exported.out]).toEqual([0, expect.stringContaining('30 persons')])
  const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n')
  expect(lines.length).toBe(31)
  expect(lines[1]).toMatch(/^70000001,A,name; telephone; e-mail,E\d+ row 1$/)
  expect(lines.join()).not.toMatch(/70000040|70000099|6012|Person|@/)
  expect(statSync(out).mode & 0o777).toBe(0o600)
  const folder = own.path('workspace/cases', readdirSync(own.path('workspace/cases'))[0] ?? '')
  const ledger = readFileSync(`${folder}/case.db`).toString('latin1')
  expect(ledger).not.toContain('70000001')
  expect(ledger).toContain('tell-list')
  for (const ended of [approved, alone, exported]) expect(ended.out + ended.err).not.toMatch(/7000000\d|6012\d/)
  const wrong = await run('affected', 'export', '--approval', 'D99', '--out', out, '--as', dpo)
  expect(wrong.err).toContain('no approval is called "D99"')
})
