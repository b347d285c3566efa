import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, placeText, type Fault } from '../../src/base/index.ts'
import { inventoryToml, readInventoryTables, readInventoryToml, type Entry } from '../../src/inventory/index.ts'

const cases = join(import.meta.dirname, '../cases/inventory')
const said = (fault: Fault): string => `${placeText(fault.where)}: ${fault.what}`

for (const name of readdirSync(cases))
  test(`case ${name}`, () => {
    const read = readInventoryToml(readFileSync(join(cases, name, 'in.toml'), 'utf8'), 'inventory.toml')
    const answer = { entries: read.entries, faults: read.faults.map(said), remarks: read.remarks.map(said) }
    expect(answer).toEqual(JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8')))
  })

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/)
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && text !== '')
const words = fc.array(word, { maxLength: 4 })
const optional = <K extends string, T>(name: K, value: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.constant({}),
    value.map((each) => ({ [name]: each })),
  )
const system = fc
  .tuple(
    fc.record({ kind: fc.constant('system' as const), id, name: word, hosts: words, internetFacing: fc.boolean(), data: words }),
    optional('type', word),
  )
  .map(([must, may]): Entry => ({ ...must, ...may }))
const copy = fc
  .tuple(
    fc.record({ kind: fc.constant('copy' as const), id, holder: word, fields: words }),
    optional('rows', fc.integer({ min: 0, max: 1e9 })),
    optional('cut', fc.constantFrom('2025-09-30', '2024-02-29')),
  )
  .map(([must, rows, cut]): Entry => ({ ...must, ...rows, ...cut }))

test('what is exported reads back the same', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(system, copy), { selector: (one) => `${one.kind} ${one.id.toLowerCase()}`, maxLength: 8 }),
      (entries) => {
        const back = readInventoryToml(inventoryToml(entries), 'inventory.toml')
        expect(back.faults).toEqual([])
        const key = (one: Entry): string => `${one.kind} ${one.id}`
        const sorted = (all: readonly Entry[]): Entry[] => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
        expect(sorted(back.entries)).toEqual(sorted(entries))
      },
    ),
    { numRuns: 60 },
  )
})

test('any text gives entries or faults, never an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.constantFrom('[[system]]', '[', '"', 'id = ', '__proto__ = 1', '\n', '{', '= 3')).map((all) => all.join('')),
      ),
      (text) => {
        const read = readInventoryToml(text, 'inventory.toml')
        expect(Array.isArray(read.entries)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
  const deep = `system = ${'['.repeat(5_000)}${']'.repeat(5_000)}`
  expect(readInventoryToml(deep, 'inventory.toml').faults.map((one) => one.code)).toEqual(['inventory-toml'])
})

test('tables of a folder give the same entries as the TOML file', async () => {
  const toml = readInventoryToml(readFileSync(join(cases, 'whole-estate/in.toml'), 'utf8'), 'inventory.toml')
  const file = (name: string, text: string) => bytesSource(`inventory/${name}`, Buffer.from(text))
  const read = await readInventoryTables([
    file(
      'systems.csv',
      'id,name,kind,hosts,internet_facing,data\ncrm,CRM,crm,crm-app-01; crm-db-01,no,identity;contract\nshop,Web shop,,web-01,yes,\n',
    ),
    file(
      'vendors.csv',
      'id,name,status,ended,services\nnorthgate,Northgate Analytics,ended,2025-12-31,campaigns\nborealis,Borealis Field Services,,,\n',
    ),
    file(
      'copies.csv',
      'id,holder,system,cut,fields,rows\ncrm-northgate-2025-09,Northgate Analytics,CRM,2025-09-30,msisdn;name;plan,120000\n',
    ),
    file(
      'log-sources.csv',
      'id,host,kind,retention_days,owner\nweb-access,web-01,access-log,90,Web platform team\ncrm-audit,,,,\n',
    ),
    file('subscriber-base.csv', 'count,as_of\n200000,2026-09-30\n'),
    file('leavers.csv', 'account,left,systems\nk.tan,2026-03-31,crm\n'),
    file('notes.csv', 'a,b\n1,2\n'),
  ])
  expect(read.faults).toEqual([])
  expect(read.entries).toEqual(toml.entries)
  expect(read.remarks.map((one) => one.where.file)).toEqual(['inventory/notes.csv'])
})

test('a wrong cell is named with file, line and column', async () => {
  const text = 'id,host,retention_days\nweb-access,web-01,90\ncrm-audit,crm-01,three months\n'
  const read = await readInventoryTables([bytesSource('log-sources.csv', Buffer.from(text))])
  expect(read.faults.map(said)).toEqual([
    'log-sources.csv, line 3, field retention_days: log_source "crm-audit": retention_days must be a number without quotes',
  ])
})
