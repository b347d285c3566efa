import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from '../../cli/fake.ts'
import { cases } from './cases.ts'

const lines = path.join(cases, 'lines-without-persons')
const older = path.join(cases, 'older-than-restore-points')
const operators = path.join(cases, 'several-operators')

function inventoryOf(folder: string): string {
  const file = path.join(folder, 'inventory.toml')
  writeFileSync(
    file,
    `[[copy]]
id = "loyalty-2024"
holder = "Orbis Contact"
system = "CRM"
cut = "2024-11-15"
fields = ["account_no", "name", "msisdn", "city", "plan", "activated"]

[[copy]]
id = "survey-2021"
holder = "Orbis Contact"
system = "CRM"
cut = "2021-02-01"
fields = ["account_no", "name", "msisdn", "city", "plan", "activated"]

[[log_source]]
id = "crm-audit"
system = "CRM"
retention_days = 365
`,
  )
  return file
}

test('the answer in words: systems, reasons, columns; nothing of the tables is written down', async () => {
  const home = scratch()
  const workspace = path.join(home, 'data')
  const { code, out } = await run(
    [
      'can-produce',
      path.join(lines, 'sample.csv'),
      '--workspace',
      workspace,
      '--country',
      'MY',
      '--system',
      `Provisioning=${path.join(lines, 'provisioning.csv')}`,
      '--system',
      `CRM=${path.join(lines, 'crm.csv')}@2026-09-30`,
    ],
    home,
  )
  expect(code).toBe(0)
  expect(out).toContain('Provisioning can have produced this sample; CRM cannot.')
  expect(out).toContain('CRM: CANNOT')
  expect(out).toContain('- none of its columns holds the values of Serial; Provisioning does')
  expect(out).toMatch(/Serial\s+cpe-serial\s+Provisioning\.modem_serial 100\.0 %/)
  expect(existsSync(path.join(workspace, 'lake'))).toBe(false)
  const kept = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const entry of kept)
    expect(readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1')).not.toMatch(/MTKX4|Rahman/)
})

test('as JSON, with restore points and an inventory; holders are not in it', async () => {
  const home = scratch()
  const { code, out } = await run(
    [
      'can-produce',
      path.join(older, 'sample.csv'),
      '--workspace',
      path.join(home, 'data'),
      '--country',
      'MY',
      '--system',
      `CRM=${path.join(older, 'crm-2026-09-30.csv')}@2026-09-30`,
      '--restore-point',
      `CRM=${path.join(older, 'crm-2025-09-30.csv')}@2025-09-30`,
      '--inventory',
      inventoryOf(home),
      '--json',
    ],
    home,
  )
  expect(code).toBe(0)
  const answer = JSON.parse(out) as { systems: { standing: string }[]; agreements: object[]; next: { kind: string }[] }
  expect(answer.systems.map((one) => one.standing)).toEqual(['can'])
  expect(answer.agreements).toMatchObject([
    { agreement: 'loyalty-2024', standing: 'would-have-been-possible' },
    { agreement: 'survey-2021', standing: 'not-possible' },
  ])
  expect(answer.next[0]?.kind).toBe('extract')
  expect(answer.next.map((one) => one.kind)).toContain('log')
  expect(out).not.toContain('Orbis')
})

test("a file of number ranges tells several operators' numbers", async () => {
  const home = scratch()
  const { out } = await run(
    [
      'can-produce',
      path.join(operators, 'sample.csv'),
      '--workspace',
      path.join(home, 'data'),
      '--country',
      'MY',
      '--system',
      `CRM=${path.join(operators, 'crm.csv')}`,
      '--ranges',
      path.join(operators, 'ranges.csv'),
    ],
    home,
  )
  expect(out).toContain("numbers of several operators' ranges (Meridian Telekom 39 %, Langkasuka Net 31 %, Strait Mobile 30 %)")
  expect(out).toContain('61 % of the numbers are outside the ranges this system holds')
})

test.each([
  [['--system', 'crm.csv'], 'is not NAME=FILE@DAY'],
  [['--system', 'CRM=SAMPLE', '--restore-point', 'CRM=SAMPLE'], 'has no day'],
  [['--system', 'CRM=SAMPLE@2031-01-01'], 'is no day up to today'],
  [['--system', 'CRM=SAMPLE@2026-13-01'], 'is no day up to today'],
  [['--system', 'CRM=copy:nowhere'], 'no copy "nowhere" is registered'],
  [[], 'no system given'],
])('wrong use is named: %j', async (args, said) => {
  const home = scratch()
  const sample = path.join(lines, 'sample.csv')
  const given = args.map((arg) => arg.replace('SAMPLE', sample))
  const { code, err } = await run(['can-produce', sample, '--workspace', path.join(home, 'data'), ...given], home)
  expect(code).toBe(2)
  expect(err).toContain(said)
})
