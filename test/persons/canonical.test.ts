import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attributeKinds, canonical, identifierKinds, mask } from '../../src/persons/index.ts'
import { vectors } from './vectors.ts'

for (const [kind, country, raw, want] of vectors.canonical) {
  test(`canonical ${kind} ${country} ${JSON.stringify(raw)} is ${want ?? 'no such value'}`, () => {
    expect(canonical(kind, raw, { country })).toBe(want ?? undefined)
  })
}

const kinds = [...identifierKinds, ...attributeKinds]

test('C2 the canonical form of a canonical form is itself, for every kind and any text', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[+0-9 ()-]{0,20}$/))
  fc.assert(
    fc.property(fc.constantFrom(...kinds), hostile, fc.constantFrom('MY', 'SG', 'US', ''), (kind, raw, country) => {
      const form = canonical(kind, raw, { country })
      if (form === undefined) return
      expect(form).not.toBe('')
      expect(canonical(kind, form, { country })).toBe(form)
    }),
    { numRuns: 2_000 },
  )
})

test('C1 a value of more than 1,024 bytes has no form', () => {
  expect(canonical('code', 'x'.repeat(1_024))).toBe('x'.repeat(1_024))
  expect(canonical('code', 'x'.repeat(1_025))).toBeUndefined()
  expect(canonical('code', 'é'.repeat(513))).toBeUndefined()
})

test('a mask shows the ends of a number and no more', () => {
  expect(mask('msisdn', '60123456778')).toBe('+60 12-*** **78')
  expect(mask('msisdn', '+60 12-345 6778')).toBe('+60 12-*** **78')
  expect(mask('national-id', '900131145677')).toBe('**********77')
  expect(mask('email', 'aina.hassan@example.com')).toBe('a**********@e******.com')
  expect(mask('name', 'Nur Aina')).toBe('N** A***')
  expect(mask('date', '1990-01-31')).toBe('199*-**-**')
  expect(mask('ip', '203.0.113.7')).toBe('203.***.***.***')
  expect(mask('ip', '0.')).toBe('**')
})

test('a mask never shows the whole value', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.stringMatching(/^[a-z0-9@.]{2,40}$/), (kind, value) => {
      const shown = mask(kind, value)
      expect(shown).not.toContain(value)
      const left = (shown.match(/[a-z0-9]/g) ?? []).length
      expect(left).toBeLessThan(value.length)
    }),
    { numRuns: 1_000 },
  )
})
