import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  detailNotices,
  listCopies,
  noticeText,
  placesText,
  readCopyTerms,
  reviseCopy,
  revisionsOf,
  type Copy,
} from '../../src/provenance/index.ts'

const straits: Copy = {
  id: 'straits',
  kind: 'extract',
  holder: 'Straits Billing',
  system: 'CRM',
  asOf: '2026-03-31',
  history: false,
  sha256: 'a'.repeat(64),
  source: 'straits.csv',
  keyId: 'k',
  rows: 2,
  columns: [
    { name: 'MSISDN', meaning: { kind: 'identifier', identifier: 'msisdn', valid: 100 } },
    { name: 'Full Name', meaning: { kind: 'field', field: 'name', form: 'name', valid: 100 } },
  ],
  faults: [],
  faultCount: 0,
  loadKey: 'copy_1',
  parts: [],
}

const whole = {
  id: 'straits',
  kind: 'extract',
  holder: 'Straits Billing',
  system: 'CRM',
  as_of: '2026-03-31',
  history: false,
  fields: ['msisdn', 'full_name'],
  format: { delimiter: ';', encoding: 'utf-8', dates: 'DD/MM/YYYY', numbers: '6011-23456789' },
  row_filter: 'post-paid lines of Sabah',
  receipt: { by: 'R. Tan', on: '2026-04-01', reference: 'STB-114', sha256: 'A'.repeat(64) },
  places: [
    { kind: 'job', name: 'crm-export', from: '2026-03-31', until: '2026-03-31' },
    { kind: 'landing', name: 'sftp-7', until: '2026-04-02', deletion: 'confirmed' },
    { kind: 'sub-processor', name: 'Kinabalu Print', from: '2026-04-03', deletion: 'none', reference: 'annex 2' },
    { kind: 'backup', name: 'tape 12' },
  ],
  holder_status: { status: 'ended', since: '2026-06-30' },
  operators: ['Meridian Telekom', 'Kinabalu Mobile'],
}

function termsOf(raw: unknown): object {
  const read = readCopyTerms(raw)
  if ('wrong' in read) throw new Error(read.wrong.join('; '))
  return read.terms
}

function wrong(raw: unknown): readonly string[] {
  const read = readCopyTerms(raw)
  return 'wrong' in read ? read.wrong : []
}

test('a whole manifest is read; hashes are lower case, names of entries become ours', () => {
  const { as_of, row_filter, holder_status, receipt, ...same } = whole
  expect(termsOf(whole)).toEqual({
    ...same,
    asOf: as_of,
    rowFilter: row_filter,
    holderStatus: holder_status,
    receipt: { ...receipt, sha256: 'a'.repeat(64) },
  })
  expect(termsOf({})).toEqual({})
})

test.each<[string, unknown, RegExp]>([
  ['an unknown entry', { ...whole, place: [] }, /place/],
  ['a kind of place that is none', { places: [{ kind: 'cloud', name: 'x' }] }, /^places\.0\.kind: /],
  ['a place without name', { places: [{ kind: 'job', name: ' ' }] }, /^places\.0\.name: /],
  [
    'a place that ends before it begins',
    { places: [{ kind: 'job', name: 'x', from: '2026-02-02', until: '2026-02-01' }] },
    /ends before it begins/,
  ],
  ['a day that is none', { as_of: '2026-02-30' }, /^as_of: is no day/],
  ['a receipt without day', { receipt: { by: 'x' } }, /^receipt\.on: /],
  ['a hash that is none', { receipt: { by: 'x', on: '2026-01-01', sha256: 'abc' } }, /^receipt\.sha256: is no SHA-256/],
  ['an ended holder without its day', { holder_status: { status: 'ended' } }, /needs since/],
  ['a hostile id', { id: '../../etc' }, /^id: is no name of a copy/],
  ['no field', { fields: [] }, /^fields: /],
  ['an acquisition made by hand', { acquisition: { rows: 1 } }, /acquisition/],
  ['a list', [whole], /object/],
])('%s is refused by name', (_, raw, said) => {
  expect(wrong(raw).join('\n')).toMatch(said)
})

test('refusing repeats no value', () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      const said = wrong({ receipt: { by: 'x', on: raw, sha256: '60112345678' }, holder: raw }).join(' ')
      expect(said).not.toContain('60112345678')
    }),
  )
})

test('places are told in their order, with what is known of each', () => {
  expect(placesText(termsOf(whole))).toBe(
    'export job crm-export (2026-03-31 to 2026-03-31); landing zone sftp-7 (until 2026-04-02, deletion confirmed); ' +
      'sub-processor Kinabalu Print (from 2026-04-03, not deleted); backup tape 12',
  )
  expect(placesText({})).toBeUndefined()
  expect(placesText({ places: [] })).toBeUndefined()
})

test('what fits is not remarked on: spelling of column names does not count', () => {
  expect(
    detailNotices({
      ...straits,
      fields: ['Msisdn', 'full-name'],
      receipt: { by: 'x', on: '2026-03-31', sha256: straits.sha256 },
    }),
  ).toEqual([])
  expect(detailNotices(straits)).toEqual([])
})

test('fields, receipt and day that do not fit are told', () => {
  const notices = detailNotices({
    ...straits,
    fields: ['msisdn', 'tariff'],
    receipt: { by: 'x', on: '2026-03-30', sha256: 'b'.repeat(64) },
  })
  expect(notices.map((notice) => notice.kind)).toEqual([
    'field-not-agreed',
    'field-missing',
    'receipt-other-bytes',
    'received-before-cut',
  ])
  expect(noticeText(notices[0]!)).toBe('it holds Full Name, which the agreement does not list')
  expect(noticeText(notices[1]!)).toContain('tariff')
})

test('every revision keeps the state before it, and nothing of tokens changes', () => {
  const registry = mkdtempSync(join(tmpdir(), 'breachline-registry-'))
  mkdirSync(join(registry, 'straits'))
  writeFileSync(join(registry, 'straits', 'manifest.json'), JSON.stringify(straits))
  const at = '2026-10-07T00:00:00.000Z'
  const first = reviseCopy({ registry, before: straits, copy: { ...straits, rowFilter: 'one' }, at, by: 'A' })
  const second = reviseCopy({ registry, before: first.copy, copy: { ...first.copy, rowFilter: 'two' }, at, by: 'B' })
  expect(second.copy).toEqual({ ...straits, rowFilter: 'two', revision: 2 })
  expect(listCopies(registry)).toEqual([second.copy])
  expect(revisionsOf(registry, 'straits').map(({ revision, by, copy }) => [revision, by, copy.rowFilter])).toEqual([
    [1, 'A', undefined],
    [2, 'B', 'one'],
  ])
  expect(readFileSync(join(registry, 'straits', 'manifest.json'), 'utf8')).toContain('"rowFilter": "two"')
  expect(revisionsOf(registry, 'none')).toEqual([])
})
