import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostsOfObject, namesObject, type DataObject } from '../../src/inventory/index.ts'

const table = { name: 'cdr.voice', type: 'table', patterns: ['cdr.voice', 'cdr.voice_20*'] } as const
const share = { name: 'Care\\Customers', type: 'share' } as const

test.each([
  ['cdr.voice', true],
  ['CDR.Voice', true],
  ['meridian.cdr.voice', true],
  ['cdr.voice_202607', true],
  ['cdr.voice_archive', false],
  ['cdr.voicemail', false],
  ['voice', false],
  ['xcdr.voice', false],
  ['', false],
])('a table is named by %s: %s', (name, named) => {
  expect(namesObject(table, name)).toBe(named)
})

test.each([
  ['Care\\Customers', true],
  ['care/customers/2026/export-1.xlsx', true],
  ['D:\\Care\\Customers\\2026\\export-1.xlsx', true],
  ['Care\\CustomersOld\\a.xlsx', false],
  ['Care\\list.xlsx', false],
])('what lies below a share belongs to it: %s: %s', (name, named) => {
  expect(namesObject(share, name)).toBe(named)
})

test('what lies below a table is another table', () => {
  expect(namesObject({ name: 'cdr', type: 'table' }, 'cdr.voice')).toBe(false)
  expect(namesObject({ name: 'cdr', type: 'database' }, 'cdr')).toBe(true)
})

test('an object lies on its own hosts, else on those of its system by id or name', () => {
  const systems = [{ id: 'cdr', name: 'Call records', hosts: ['CDR-DB-01.corp.example', 'cdr-db-02'] }]
  expect(hostsOfObject({ system: 'CALL RECORDS' }, systems)).toEqual(['cdr-db-01', 'cdr-db-02'])
  expect(hostsOfObject({ system: 'cdr', hosts: ['dwh-1'] }, systems)).toEqual(['dwh-1'])
  expect(hostsOfObject({ system: 'billing' }, systems)).toEqual([])
})

test('a pattern fits the text it was made from, whatever stands for its stars', () => {
  const part = fc.stringMatching(/^[a-z_]{0,6}$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 5 }), part, (parts, last) => {
      const pattern = `x${parts.map(([text]) => text).join('*')}*${last}`
      const name = `x${parts.map(([text, filled]) => text + filled).join('')}${last}`
      const object: Pick<DataObject, 'name' | 'type'> = { name: pattern, type: 'table' }
      expect(namesObject(object, name)).toBe(true)
      expect(namesObject(object, `y${name}`)).toBe(false)
    }),
  )
})

test('a pattern of many stars is compared in no time', () => {
  const object = { name: `${'*a'.repeat(400)}b`, type: 'table' } as const
  expect(namesObject(object, 'a'.repeat(100_000))).toBe(false)
})
