import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './fake.ts'

const folder = mkdtempSync(join(tmpdir(), 'detect-format-'))
const path = (name: string, text: string): string => {
  const at = join(folder, name)
  writeFileSync(at, text)
  return at
}

const rule = path(
  'rule.yml',
  `title: Invented sign-in
id: 77777777-7777-4777-8777-777777777777
logsource: { product: snowflake, service: login_history }
detection:
  selection: { USER_NAME: CLERK7 }
  condition: selection
level: low
`,
)
// Without the column IS_SUCCESS nothing tells it from any other table.
const table =
  'EVENT_TIMESTAMP,USER_NAME,CLIENT_IP\n2026-10-05 03:00:00Z,CLERK7,198.51.100.7\n2026-10-05 03:00:01Z,OTHER,198.51.100.8\n'
const logins = path('logins.csv', table)

interface Line {
  readonly rule?: string
  readonly time?: string
  readonly account?: string
  readonly place?: string
  readonly summary?: { readonly events: number; readonly files: number }
}
const lines = (out: string): Line[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

test('a file is read as the format named, which its content does not tell', async () => {
  const args = ['--only-rules', rule, '--json']
  expect((await run(['detect', logins, ...args], folder)).code).toBe(3)
  const told = await run(['detect', logins, '--format', 'snowflake-login-history', ...args], folder)
  expect(told.code).toBe(0)
  const [found, end, ...more] = lines(told.out)
  expect(more).toEqual([])
  expect(found).toMatchObject({ time: '2026-10-05T03:00:00.000000Z', account: 'clerk7', place: `${logins}#row 1` })
  expect(end?.summary).toMatchObject({ events: 2, files: 1 })
  const explained = ['--explain', '77777777', '--cite', found?.place ?? '', '--format', 'snowflake-login-history']
  expect((await run(['detect', ...explained, '--only-rules', rule, '--json'], folder)).out).toContain('"holds": true')
})

test('a reader may be named where the content was taken for another', async () => {
  // The first lines look like JSON; the rest are lines of syslog.
  const line = 'Oct  5 03:00:00 gw-1 sshd[7]: Failed password for root from 203.0.113.9 port 22 ssh2\n'
  const log = path('mixed-2026-10-05.log', `[1, 2]\n${line.repeat(3)}`)
  const without = lines((await run(['detect', log, '--json'], folder)).out).at(-1)?.summary?.events
  const named = lines((await run(['detect', log, '--format', 'lines', '--json'], folder)).out).at(-1)?.summary?.events
  expect([without, named]).toEqual([0, 4])
})

test('a name that is none lists near ones and ends with 2; in a case file with 3', async () => {
  const wrong = await run(['detect', logins, '--format', 'snowflake-login'], folder)
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('--format "snowflake-login" is no format')
  expect(wrong.err).toContain('snowflake-login-history')
  expect(wrong.err).not.toContain('cisco-asa')
  expect((await run(['detect', logins, '--format', 'cisco-aas'], folder)).err).toContain('near it: cisco-asa')
  expect((await run(['detect', logins, '--format', 'qqqqqqqqqqqqqqqqq'], folder)).err).toContain('formats are: access-log, ')

  const given = join(folder, 'given')
  mkdirSync(given)
  const settings = (name: string): void =>
    writeFileSync(join(given, 'breachline-case.toml'), `[[files]]\nglob = "*.csv"\nformat = "${name}"\n`)
  writeFileSync(join(given, 'a.csv'), table)
  settings('snowflake-login-histroy')
  const bad = await run(['detect', given, '--only-rules', rule], folder)
  expect([bad.code, bad.err.includes('near it: snowflake-login-history')]).toEqual([3, true])
  settings('snowflake-login-history')
  const good = await run(['detect', given, '--only-rules', rule, '--json'], folder)
  expect(lines(good.out).map((one) => one.account ?? one.summary?.events)).toEqual(['clerk7', 2])
})
