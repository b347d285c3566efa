import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { dataItemOf, isAsFiled, keepNotice, keepSaid, readKeptNotice, readSaid } from '../../../src/response/index.ts'
import { formKeys } from '../../../src/response/form-key.ts'
import { shipped } from '../laws.ts'
import { noticeGiven, texts, type Given } from './given.ts'

const cases = path.resolve(import.meta.dirname, '../../cases/notices')
const given = (name: string): Given => JSON.parse(readFileSync(path.join(cases, name, 'in.json'), 'utf8')) as Given

test('an intermediate notice needs one before it, and a first notice none', () => {
  expect(() => noticeGiven({ ...given('611-first-notice'), phase: 'intermediate' })).toThrow(/nothing was filed/)
  expect(() => noticeGiven({ ...given('my-second-notice-says-what-changed'), phase: 'initial' })).toThrow(/notice-1 was filed/)
})

test('every field of every form has a question, and every form of the data stands in a law file', () => {
  for (const key of formKeys) expect(texts.fields[key].ask.length).toBeGreaterThan(5)
  for (const [name, form] of Object.entries(texts.forms)) {
    const [law = '', id = ''] = name.split('/')
    const found = shipped.laws.find((one) => one.id === law)?.forms.find((one) => one.id === id)
    expect([name, found?.id]).toEqual([name, id])
    for (const key of form.first ?? []) expect(found?.fields.map((one) => one.key)).toContain(key)
    if (form.points !== undefined && form.letter !== true)
      for (const { any } of form.points) expect(any.some((key) => found?.fields.some((one) => one.key === key))).toBe(true)
  }
})

test('both languages hold the same texts', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]))
      : typeof value
  expect(shape(texts.languages.ms)).toEqual(shape(texts.languages.en))
  const places = (text: string): string[] => [...text.matchAll(/\{[a-z]+\}/g)].map(([place]) => place).sort()
  for (const name of ['opening', 'when', 'contact', 'phone', 'email', 'reference', 'closing'] as const)
    expect(places(texts.languages.ms[name])).toEqual(places(texts.languages.en[name]))
})

test.each([
  ['msisdn', 'telephone'],
  ['name:name', 'name'],
  ['date:birth', 'birth-date'],
  ['date:activated', 'contract-date'],
  ['place:city', 'place'],
  ['place:address', 'address'],
  ['code:plan', 'plan'],
  ['code:loyalty', 'other'],
  ['secret', 'password'],
  ['ignored', undefined],
  ['valid-from', undefined],
  ['', undefined],
])('a column of meaning "%s" is %s to a person', (meaning, item) => expect(dataItemOf(texts, meaning)?.id).toBe(item))

test('what a decision keeps is read back, and nothing else is taken for it', () => {
  const kept = {
    number: 'notice-1',
    duty: 'my-pdpa-12b/commissioner',
    chain: 'my-pdpa-12b: Commissioner',
    form: 'my-pdpa-12b/commissioner',
    recipient: 'Commissioner',
    phase: 'initial' as const,
    at: '2026-10-06T02:00:00.000000Z',
    fields: [{ key: 'summary', label: 'Summary', answers: [{ text: 'x', rests: 'entry' }] }],
    body: 'abc',
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    documents: [],
  }
  expect(readKeptNotice({ notice: keepNotice(kept) })).toEqual(kept)
  expect(isAsFiled(kept)).toBe(true)
  expect(isAsFiled({ ...kept, body: 'abd' })).toBe(false)
  expect(readKeptNotice({ notice: { ...kept, phase: 'other' } })).toBeUndefined()
  expect(readKeptNotice({ due: {} })).toBeUndefined()
  expect(() => keepNotice({ ...kept, body: 'x'.repeat(2_000_001) })).toThrow()
  expect(() => keepSaid({ lang: 'en', part: 'summary', text: 'x'.repeat(4_001) })).toThrow(/1 to 4,000/)
  expect(readSaid({ letter: { lang: 'fr', part: 'summary', text: 'x' } })).toBeUndefined()
})
