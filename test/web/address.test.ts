import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pages, readAddress, writeAddress } from '../../web/src/address/address.ts'

const url = (text: string): ReturnType<typeof readAddress> => {
  const at = text.indexOf('?')
  return at < 0 ? readAddress(text, '') : readAddress(text.slice(0, at), text.slice(at))
}

test('an address survives being written and read, whatever stands in it', () => {
  const query = fc.record(
    {
      q: fc.string({ minLength: 1 }),
      cite: fc.string({ minLength: 1 }),
      from: fc.string({ minLength: 1 }),
      host: fc.string({ minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  const address = fc.record({
    caseId: fc.string({ minLength: 1, unit: 'grapheme' }),
    page: fc.constantFrom(...pages.map((one) => one.name)),
    query,
  })
  fc.assert(
    fc.property(address, (one) => {
      expect(url(writeAddress(one))).toEqual(one)
    }),
  )
})

test('an unknown page is the assessment, an unknown path the list, unknown names of the query are dropped', () => {
  expect(url('/case/c1/nothing?x=1&q=a')).toEqual({ caseId: 'c1', page: 'assessment', query: { q: 'a' } })
  expect(url('/elsewhere').caseId).toBeUndefined()
  expect(url('/case/').caseId).toBeUndefined()
  expect(url('/case/%zz/due')).toEqual({ caseId: '%zz', page: 'due', query: {} })
})
