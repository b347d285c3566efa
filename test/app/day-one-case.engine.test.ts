import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/answer.ts'

const main = path.resolve(import.meta.dirname, '../../src/cli/main.ts')
let folder: string

async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], {
    env: { ...process.env, BREACHLINE_KEYS: path.join(folder, 'keys') },
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
}

async function investigated(workspace: string): Promise<Answer> {
  return JSON.parse(
    await run('investigate', path.join(folder, 'case'), '--workspace', path.join(folder, workspace), '--json'),
  ) as Answer
}

// Subscribers, numbers and operators are invented.
const start = Date.parse('2024-01-01')
const rows = Array.from({ length: 150 }, (_, n) => ({
  account: `MT${100_000 + n * 7}`,
  name: `Aminah Tan ${String.fromCodePoint(65 + (n % 26))}${n}`,
  msisdn: `60${n % 3 === 0 ? '17' : '12'}${2_000_000 + n * 371}`,
  plan: ['Basic', 'Plus', 'Max'][n % 3] ?? '',
  since: new Date(start + ((n * 37) % 950) * 86_400_000).toISOString().slice(0, 10),
}))
const csv = (columns: readonly string[], all: readonly object[]): string =>
  `${columns.join(',')}\n${all.map((row) => columns.map((one) => String((row as Record<string, string>)[one])).join(',')).join('\n')}\n`
const columns = ['account', 'name', 'msisdn', 'plan', 'since']
const sampled = rows.filter(({ since }) => since <= '2026-07-01')

const settings = `[case]
id = "first-day"
title = "Nothing registered"
operator = "Meridian Telekom"
country = "MY"
zone = "+08:00"
opened = "2026-10-08T09:00:00+08:00"

[[files]]
glob = "sample/*.csv"
role = "sample"
`
const tables = `
[[files]]
glob = "tables/crm.csv"
role = "table"
system = "CRM"
as_of = "2026-10-01"

[[files]]
glob = "tables/billing.csv"
role = "table"
system = "Billing"
as_of = "2026-10-01"

[[files]]
glob = "tables/ranges.csv"
role = "ranges"
`

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'breachline-first-day-'))
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, 'case', name)), { recursive: true })
    writeFileSync(path.join(folder, 'case', name), text)
  }
  write('breachline-case.toml', settings + tables)
  write(
    'inventory.toml',
    '[[copy]]\nid = "straits-2026"\nholder = "Straits Billing"\nsystem = "CRM"\ncut = "2026-08-20"\nfields = ["account", "name", "msisdn", "plan", "since"]\n',
  )
  write('sample/part-1.csv', csv(columns, sampled.slice(0, 60)))
  write('sample/part-2.csv', csv(columns, sampled.slice(60, 110)))
  write('tables/crm.csv', csv(columns, rows))
  write(
    'tables/billing.csv',
    csv(
      ['invoice', 'account', 'amount'],
      rows.map(({ account }, n) => ({ invoice: 9_000 + n, account, amount: 30 + n })),
    ),
  )
  write('tables/ranges.csv', 'operator,prefix\nMeridian Telekom,6012\nOther Telco,6017\n')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(
  'with nothing registered, investigate says of each sample which systems can have produced it, from which days, and whose numbers it holds',
  { timeout: 180_000 },
  async () => {
    const answer = await investigated('ws')
    const samples = [answer.provenance, ...answer.furtherSamples]
    expect(samples.map((one) => one?.sample)).toEqual(['sample/part-1.csv', 'sample/part-2.csv'])
    for (const one of samples) {
      const { systems, window, operators, agreements } = one?.dayOne ?? {}
      expect(systems?.map(({ system, standing }) => [system, standing])).toEqual([
        ['Billing', 'cannot'],
        ['CRM', 'can'],
      ])
      // Not before the newest record in it, and not after the day of the newest table.
      expect(window?.earliest !== undefined && window.earliest > '2026-01-01' && window.earliest <= '2026-07-01').toBe(true)
      expect(operators?.several).toBe(true)
      expect(agreements?.map(({ agreement, standing }) => [agreement, standing])).toEqual([
        ['straits-2026', 'would-have-been-possible'],
      ])
    }
    const report = await run('report', '--case', 'first-day', '--format', 'html', '--workspace', path.join(folder, 'ws'))
    expect(report).toContain('Which systems can have produced it')
    expect(report).toContain('CRM')
    // Without leave to name holders, the report names neither holder nor agreement.
    expect(report).not.toMatch(/straits/i)
    expect(await run('copy', 'list', '--workspace', path.join(folder, 'ws'))).not.toMatch(/crm|billing/i)
  },
)

test('without tables it is said that nothing was compared, and no system is ruled out', { timeout: 180_000 }, async () => {
  writeFileSync(path.join(folder, 'case/breachline-case.toml'), settings)
  rmSync(path.join(folder, 'case/tables'), { recursive: true })
  const { provenance } = await investigated('bare')
  expect(provenance?.dayOne).toMatchObject({ systems: [], window: { reasons: [] } })
  expect(provenance?.dayOne?.statement).toContain('No system was given to compare with')
})
