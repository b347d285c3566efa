import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '../../src/persons/index.ts'
import { allowedMask, markCell } from '../../src/marks/mark-cell.ts'
import { formOf, siteKinds } from '../../src/marks/site-kinds.ts'
import type { Bit, TextForm } from '../../src/marks/site.ts'

const forms = ['name', 'place', 'code', 'text'] as const
const all = siteKinds.map((kind) => kind.name)

const word = fc.constantFrom(
  ..."Ali bin BIN Binti a/l D’Cruz D'Souza Jalan Jln taman Taman St. 12, 12 A-3-4, 3/4 Melur, , . ,, No. é 1,000 JALAN x".split(
    ' ',
  ),
)
const gap = fc.constantFrom(' ', '  ', '\u00A0', '\t', '   ', '')
const built = fc.array(fc.tuple(word, gap), { maxLength: 9 }).map((parts) => parts.flat().join(''))
const text = fc.oneof(built, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }))
const bits = fc.array(fc.constantFrom<Bit>(0, 1), { minLength: siteKinds.length, maxLength: siteKinds.length })

test('M3 whatever the text and the bits, the canonical form stays and every site reads back as set', () => {
  fc.assert(
    fc.property(text, fc.constantFrom<TextForm>(...forms), bits, (cell, form, drawn) => {
      const bitOf = (index: number): Bit => drawn[index] ?? 0
      const marked = markCell({ text: cell, form, allowed: allowedMask(form, all), bitOf })
      expect(formOf(form, marked.text)).toBe(formOf(form, cell))
      if (form !== 'text') expect(canonical(form, marked.text)).toBe(canonical(form, cell))
      if (form === 'place') expect(canonical('name', marked.text)).toBe(canonical('name', cell))
      for (const [at, kind] of siteKinds.entries())
        if ((marked.mask & (1 << at)) !== 0) expect(kind.read(marked.text)).toBe(bitOf(at))
      if (marked.mask === 0) expect(marked.text).toBe(cell)
    }),
    { numRuns: 3_000 },
  )
})

test('M3 which sites a cell has does not depend on the bits', () => {
  fc.assert(
    fc.property(text, fc.constantFrom<TextForm>(...forms), bits, (cell, form, drawn) => {
      const allowed = allowedMask(form, all)
      const marked = markCell({ text: cell, form, allowed, bitOf: (index) => drawn[index] ?? 0 })
      const zero = markCell({ text: cell, form, allowed, bitOf: () => 0 })
      const one = markCell({ text: cell, form, allowed, bitOf: () => 1 })
      expect([zero.mask, one.mask]).toEqual([marked.mask, marked.mask])
    }),
    { numRuns: 3_000 },
  )
})

test.each<[string, TextForm, string, string, string]>([
  ['number-comma', 'place', '12, Jalan Melur 3/4, Taman Damai', '12, Jalan', '12 Jalan'],
  ['comma-spacing', 'place', '12, Jalan Melur 3/4, Taman Damai', '3/4, Taman', '3/4,Taman'],
  ['trailing-dot', 'place', '12, Jalan Melur', 'Melur', 'Melur.'],
  ['street-case', 'place', '12, Jalan Melur', 'Jalan', 'jalan'],
  ['particle-case', 'name', 'Ali bin Abu', 'Ali Bin Abu', 'Ali bin Abu'],
  ['apostrophe', 'name', "Anne D'Cruz", "D'Cruz", 'D’Cruz'],
  ['double-space', 'name', 'Ali bin Abu', 'bin Abu', 'bin  Abu'],
  ['no-break-space', 'name', 'Ali bin Abu', 'Ali bin', 'Ali\u00A0bin'],
  ['trailing-space', 'name', 'Ali', 'Ali', 'Ali '],
  ['street-word', 'text', 'behind Jalan Melur', 'Jalan', 'Jln'],
])('M2 %s in a %s', (name, form, cell, zero, one) => {
  const marked = (bit: Bit): string => markCell({ text: cell, form, allowed: allowedMask(form, [name]), bitOf: () => bit }).text
  expect([marked(0), marked(1)]).toEqual([expect.stringContaining(zero), expect.stringContaining(one)])
  expect(marked(0)).not.toBe(marked(1))
})

test.each<[string, TextForm, string]>([
  ['an abbreviated street is another place', 'place', 'street-word'],
  ['a comma is part of a code', 'code', 'number-comma'],
  ['a full stop is not natural behind a name', 'name', 'trailing-dot'],
])('M2 %s: not marked', (_, form, name) => {
  expect(allowedMask(form, [name])).toBe(0)
})

test('M2 capitals throughout have no case to mark', () => {
  const marked = markCell({ text: 'ALI BIN ABU', form: 'name', allowed: allowedMask('name', ['particle-case']), bitOf: () => 1 })
  expect(marked).toEqual({ text: 'ALI BIN ABU', mask: 0 })
})
