import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  entryRevision,
  importInventory,
  inventoryMigrations,
  inventoryToml,
  listInventory,
  readInventoryToml,
} from '../../src/inventory/index.ts'
import { openDb } from '../../src/store/index.ts'

const estate = readFileSync(join(import.meta.dirname, '../cases/inventory/whole-estate/in.toml'), 'utf8')
const options = { at: '2026-10-06T09:00:00.000000Z', by: 'Aisha Rahman', source: 'inventory.toml' }
const empty = () => openDb(':memory:', inventoryMigrations)
const read = (text: string) => readInventoryToml(text, 'inventory.toml')

test('an import gives every entry revision 1; the same file again changes nothing', () => {
  const db = empty()
  expect(importInventory(db, read(estate), options)).toMatchObject({ changed: [], removed: [], unchanged: 0, faults: [] })
  const again = importInventory(db, read(estate), { ...options, at: '2026-10-07T09:00:00.000000Z' })
  expect(again).toMatchObject({ added: [], changed: [], unchanged: 9 })
  expect(listInventory(db).map((one) => `${one.entry} ${one.revision}`)).toEqual([
    'system:crm 1',
    'system:shop 1',
    'vendor:borealis 1',
    'vendor:northgate 1',
    'copy:crm-northgate-2025-09 1',
    'log_source:crm-audit 1',
    'log_source:web-access 1',
    'subscriber_base:all 1',
    'leaver:k.tan 1',
  ])
  expect(listInventory(db, 'vendor')[1]).toMatchObject({ status: 'ended', ended: '2025-12-31' })
})

test('a changed entry gets a new revision; a cite of the old one still opens it', () => {
  const db = empty()
  importInventory(db, read(estate), options)
  const changed = importInventory(db, read(estate.replace('retention_days = 90', 'retention_days = 30')), options)
  expect(changed).toMatchObject({ added: [], changed: ['log_source:web-access'], unchanged: 8 })
  expect(entryRevision(db, 'log_source:web-access', 1)).toMatchObject({ entry: { retentionDays: 90 }, superseded: true })
  expect(entryRevision(db, 'log_source:web-access')).toMatchObject({
    entry: { retentionDays: 30, revision: 2 },
    superseded: false,
  })
  expect(entryRevision(db, 'log_source:web-access', 3)).toBeUndefined()
  expect(entryRevision(db, 'system:none')).toBeUndefined()
})

test('with one wrong field nothing is imported', () => {
  const db = empty()
  const result = importInventory(db, read(estate.replace('count = 200000', 'count = -1')), options)
  expect(result.faults.map((one) => one.what)).toEqual(['subscriber_base: count must not be negative'])
  expect(listInventory(db)).toEqual([])
})

test('entries left out stay, unless the import replaces its kinds; a removed one can come back', () => {
  const db = empty()
  importInventory(db, read(estate), options)
  const one = read('[[vendor]]\nid = "borealis"\nname = "Borealis Field Services"\n')
  expect(importInventory(db, one, options).removed).toEqual([])
  expect(importInventory(db, one, { ...options, replace: true }).removed).toEqual(['vendor:northgate'])
  expect(listInventory(db, 'vendor').map((each) => each.id)).toEqual(['borealis'])
  expect(listInventory(db, 'system')).toHaveLength(2)
  expect(entryRevision(db, 'vendor:northgate')).toBeUndefined()
  expect(entryRevision(db, 'vendor:northgate', 1)).toMatchObject({ superseded: true })
  expect(importInventory(db, read(estate), options).added).toEqual(['vendor:northgate'])
  expect(entryRevision(db, 'vendor:northgate')?.entry.revision).toBe(3)
})

test('export and import again is the same estate', () => {
  const db = empty()
  importInventory(db, read(estate), options)
  const again = importInventory(db, read(inventoryToml(listInventory(db))), { ...options, replace: true })
  expect(again).toMatchObject({ added: [], changed: [], removed: [], unchanged: 9, remarks: [] })
})
