import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimDocuments, readClaims } from '../../src/claims/index.ts'
import { headedBy } from '../../src/claims/heading.ts'
import { doubleQuotes } from '../../src/claims/quotation.ts'
import { sentenceRanges, sentencesWithin } from '../../src/claims/sentence.ts'
import type { Assertion } from '../../src/claims/index.ts'
import { coreTime } from '../base/core-time.ts'

async function threadOf(text: string) {
  const bytes = Buffer.from(text)
  const [document] = (await claimDocuments({ file: 'a.md', bytes })).documents
  if (!document) throw new Error('nothing read')
  const [thread] = readClaims([document]).threads
  if (!thread) throw new Error('no thread')
  return { thread, bytes }
}

const kindsBy = (assertions: readonly Assertion[]) => assertions.map((one) => `${one.by} ${one.kind}`)

test.each([
  ['‘We were hacked. We are sorry,’ it said.', '“We were hacked. We are sorry,” it said.'],
  ['‘Our customers’ data is safe,’ it said', '“Our customers’ data is safe,” it said'],
  ["the company's view: 'No data left us.'", "the company's view: “No data left us.”"],
  ['the ‘hackers’ and the ‘gang’', 'the “hackers” and the “gang”'],
  ['‘They wrote “pay” to us,’ it said', '“They wrote ‘pay’ to us,” it said'],
  ['the customers’ data and the company’s', 'the customers’ data and the company’s'],
  ["it's the users' data, isn't it", "it's the users' data, isn't it"],
])('single marks: %s', (text, want) => {
  expect(doubleQuotes(text)).toBe(want)
})

test('single marks become double ones at the same places; nothing else changes', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'S', '.', ' ', '‘', '’', "'", '“', '”', '"', ',', '\n') })
  fc.assert(
    fc.property(words, (text) => {
      const read = doubleQuotes(text)
      expect(read).toHaveLength(text.length)
      expect(read.replace(/[‘’“”'"]/g, '~')).toBe(text.replace(/[‘’“”'"]/g, '~'))
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('sentences of a quotation cover the range they were cut from, in order', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'B', '.', ' ', '“', '”', '"', '\n', '1', ',', '?', '‘', '’') })
  fc.assert(
    fc.property(words, fc.boolean(), (text, open) => {
      const bare = (value: string) => value.replace(/\s/g, '')
      const ranges = sentenceRanges(text, { lines: false, open })
      const pieces = ranges.flatMap((range) => sentencesWithin(doubleQuotes(text), range))
      expect(bare(pieces.map((range) => text.slice(range.from, range.to)).join(''))).toBe(bare(text))
      for (const [index, piece] of pieces.entries()) expect(piece.from).toBeGreaterThanOrEqual(pieces[index - 1]?.to ?? 0)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('every sentence of a wrapped quotation is its speaker’s, whole, and cites its own lines', async () => {
  const { thread, bytes } = await threadOf(
    'Hacker group Sable Wren claimed to have breached Orchard Net.\n\n' +
      'Orchard Net said: "We have looked into this with care, together with a firm from outside, for two days and two nights, and we did not\n' +
      'find anything in our own systems. A supplier of ours has had an incident, and the regulator has been told about it in the meantime by\nus."\n',
  )
  const words = thread.statements.map((one) => one.text)
  expect(thread.statements.every((one) => one.by === 'victim' && one.name === 'Orchard Net')).toBe(true)
  expect(words).toHaveLength(2)
  expect(words[0]).toContain('we did not find anything in our own systems.')
  expect(kindsBy(thread.assertions)).toEqual(['actor access', 'victim denial', 'victim third-party'])
  const denial = thread.assertions.find((one) => one.kind === 'denial')
  if (denial?.cite.kind !== 'exhibit' || denial.cite.at.kind !== 'bytes') throw new Error('cites no bytes')
  const cited = bytes.subarray(denial.cite.at.from, denial.cite.at.to).toString()
  expect(cited).toContain('did not\nfind anything')
  expect(cited.replaceAll('\n', ' ')).toBe(denial.text)
})

test('a quotation goes on over paragraphs; behind it the press speaks again', async () => {
  const { thread } = await threadOf(
    'Hacker group Sable Wren claimed to have breached Orchard Net.\n\n“We found no sign of it in our own systems,” Orchard Net said. “Work goes on.\n\n“We have told the police.”\n\nIts shares fell.\n',
  )
  expect(thread.statements.map((one) => [one.by, one.points ?? []])).toEqual([
    ['victim', ['nothing-in-own-systems']],
    ['victim', []],
    ['victim', ['authorities-informed']],
  ])
})

test('a stray quotation mark does not swallow the text behind it', async () => {
  const { thread } = await threadOf(
    'Hacker group Sable Wren claimed to have breached Orchard Net. A 19" rack was seen. Orchard Net said it found no evidence in its own systems.\n',
  )
  expect(kindsBy(thread.assertions)).toEqual(['actor access', 'victim denial'])
})

test('an offer to buyers is no demand on the victim; pressure is one even where it speaks of a sale', async () => {
  const post = (text: string) => threadOf(`Posted by sable_wren\n\nWe hacked Orchard Net.\n${text}\n`)
  const sale = (await post('The records of 9,000 customers are for sale. Price: 2 BTC.')).thread
  expect(sale.demands).toEqual([])
  expect(sale.offers?.map((one) => one.quantity)).toEqual([undefined, 2])
  expect(sale.assertions.map((one) => one.quantity)).toContain(9000)
  const ransom = (await post('Pay 40 XMR or we sell the records of 9,000 customers.')).thread
  expect(ransom.demands.map((one) => one.quantity)).toEqual([40])
  expect(ransom.offers).toBeUndefined()
  expect(ransom.assertions.find((one) => one.quantity === 9000)?.standing).toBe('threatened')
})

test.each([
  ['Advisory: National CERT', { name: 'National CERT', own: true }],
  ['Statement by Orchard Net, 2 March 2027', { name: 'Orchard Net', own: true }],
  ['Orchard Net, 2027-03-02 11:05', { name: 'Orchard Net', own: false }],
  ['Orchard Net issues statement on breach', undefined],
  ['Hackers hit Orchard Net', undefined],
  ['What happened?', undefined],
])('heading %s', (text, want) => {
  expect(headedBy(text)).toEqual(want)
})

test('hostile quotation marks are read in linear time', async () => {
  for (const piece of ['‘a', '“B. ', "' 'C", '> "D.\n', '‘E.’ “', ' \r'.repeat(3)]) {
    const started = coreTime()
    const { documents } = await claimDocuments({
      file: 'a.md',
      bytes: Buffer.from(`We hacked Orchard Net. ${piece.repeat(12_000)}x`),
    })
    const [document] = documents
    if (document) readClaims([document])
    expect(coreTime() - started, JSON.stringify(piece)).toBeLessThan(5_000)
  }
}, 60_000)
