import fc from 'fast-check'
import { expect, test } from 'vitest'
import { citeFromText, findingByPrefix } from '../../src/app/index.ts'
import type { Locator } from '../../src/base/index.ts'
import { citeText, type Cite } from '../../src/evidence/index.ts'

const sha256 = 'ab'.repeat(32)
const names = {
  exhibits: [
    { id: 'E3', file: 'copies/crm.csv', sha256 },
    { id: 'E31', file: 'my logs.zip', sha256: 'cd'.repeat(32) },
  ],
  decisions: [{ id: 'D1', cites: [{ kind: 'decision' as const, id: 'D_1234' }] }],
  findings: [{ id: 'F_abc111' }, { id: 'F_abd222' }],
}

const number = fc.integer({ min: 1, max: 1_000_000 })
const unit = fc.constantFrom('record' as const, 'row' as const, 'line' as const)
const locator: fc.Arbitrary<Locator> = fc.oneof(
  fc.constant<Locator>({ kind: 'whole' }),
  fc.tuple(unit, number).map(([kind, n]): Locator => ({ kind, n })),
  fc.tuple(unit, number, number).map(([of, from, to]): Locator => ({ kind: 'range', unit: of, from, to })),
  fc.tuple(unit, fc.array(number, { minLength: 2, maxLength: 8 })).map(([of, n]): Locator => ({ kind: 'set', unit: of, n })),
  fc.tuple(number, number).map(([from, to]): Locator => ({ kind: 'bytes', from, to })),
  fc.tuple(number, number).map(([x, y]): Locator => ({ kind: 'region', x: x % 9999, y: y % 9999, width: 10, height: 20 })),
)

test('a cite that was printed with its exhibit number opens the same place', () => {
  fc.assert(
    fc.property(locator, fc.option(fc.constantFrom('inner/a.json', 'logs/Security.evtx'), { nil: undefined }), (at, member) => {
      const cite: Cite = { kind: 'exhibit', sha256, file: 'copies/crm.csv', ...(member === undefined ? {} : { member }), at }
      expect(
        citeFromText(
          citeText(cite, () => 'E3'),
          names,
        ),
      ).toEqual(cite)
    }),
  )
})

test.each<[string, object]>([
  ['crm.csv row 4', { kind: 'exhibit', sha256, at: { kind: 'row', n: 4 } }],
  ['e31', { kind: 'exhibit', sha256: 'cd'.repeat(32), at: { kind: 'whole' } }],
  ['my logs.zip a.evtx record 2', { kind: 'exhibit', member: 'a.evtx', at: { kind: 'record', n: 2 } }],
  ['D1', { kind: 'decision', id: 'D_1234' }],
  ['finding F_abd', { kind: 'finding', id: 'F_abd222' }],
  ['inventory system:crm (revision 2)', { kind: 'inventory', entry: 'system:crm', revision: 2 }],
  ['copy crm row 9', { kind: 'copy', copy: 'crm', rows: { kind: 'row', n: 9 } }],
  ['data/laws/my-act-854.yml 2026-01 notify', { kind: 'reference', file: 'data/laws/my-act-854.yml', key: 'notify' }],
])('%s', (text, cite) => {
  expect(citeFromText(text, names)).toMatchObject(cite)
})

test.each(['E4 row 1', 'row 4', '', 'nothing of the kind'])('"%s" names nothing', (text) => {
  expect(() => citeFromText(text, names)).toThrow(/names nothing/)
})

test('the beginning of a finding id counts only while it is unique', () => {
  expect(findingByPrefix('abc', names.findings).id).toBe('F_abc111')
  expect(() => findingByPrefix('F_ab', names.findings)).toThrow(/2 findings begin/)
  expect(() => findingByPrefix('', names.findings)).toThrow(/no finding/)
})
