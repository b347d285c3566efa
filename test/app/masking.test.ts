import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskedText } from '../../src/app/masking.ts'

test('numbers and addresses of persons are starred out, days and small amounts stay', () => {
  expect(maskedText('60122240622 and +60 12-224 0622, siti@example.com, on 2026-02-12, 1,886 lines', false)).toBe(
    '601******22 and +60******22, s***@***, on 2026-02-12, 1,886 lines',
  )
})

test('in tables longer words are starred out too', () => {
  expect(maskedText('Siti Nur,active,KL', true)).toBe('S*** Nur,a*****,KL')
})

test('no run of eight digits survives, and any text comes back', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^\d{8,20}$/), (before, digits) => {
      expect(maskedText(`${before} ${digits}`, false)).not.toContain(digits)
    }),
  )
})

test('of a line that names a password nothing of it is shown, and other lines keep their shape', () => {
  const block = 'URL: https://portal.meridian.example\nUSER: admin\nPASS: x9$k z\n  Password = ab\npassage: 4 rooms'
  const shown = maskedText(block, true)
  expect(shown.split('\n').slice(2, 4)).toEqual(['P***:***', '  P******* =***'])
  expect(shown).not.toMatch(/x9|\$k|ab/)
  expect(shown).toContain(': 4 r')
})
