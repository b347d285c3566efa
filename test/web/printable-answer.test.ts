import { expect, test } from 'vitest'
import { printable as ofBase } from '../../src/base/index.ts'
import { printable } from '../../web/src/text/printable.ts'
import { printableAnswer } from '../../web/src/text/printable-answer.ts'

test('the page writes every character as base does', () => {
  const all = Array.from({ length: 0x3000 }, (_, n) => String.fromCodePoint(n)).join('') + '\ufeff\ud800\u{e0041}'
  expect(printable(all)).toBe(ofBase(all))
})

test('every text of an answer becomes printable, cites stay as they are', () => {
  const cite = { kind: 'exhibit', sha256: 'ab', file: 'a\u202eb', at: { kind: 'row', n: 1 } }
  const answer = { text: 'x\u202ey', list: ['\u0007', { deep: 'zero\u200bwidth' }], n: 3, cites: [cite] }
  expect(printableAnswer(answer)).toEqual({
    text: 'x\\u{202e}y',
    list: ['\\u{7}', { deep: 'zero\\u{200b}width' }],
    n: 3,
    cites: [cite],
  })
})

test('a finding is no cite: its words are made printable', () => {
  expect(printableAnswer({ kind: 'claim', id: 'F1', text: 'a\u0000' })).toEqual({ kind: 'claim', id: 'F1', text: 'a\\u{0}' })
})
