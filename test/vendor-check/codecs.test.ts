import { hash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { UserError } from '../../src/base/index.ts'
import { readDocument, sealed } from '../../src/vendor-check/documents.ts'
import { hexOf, runOf, sortedRun } from '../../src/vendor-check/elements.ts'
import { itemOf, itemSpec } from '../../src/vendor-check/item.ts'
import { pathHolds, treeOf } from '../../src/vendor-check/merkle.ts'
import { ready } from '../../src/vendor-check/suite.ts'
import { makeSet, readSet } from '../../src/vendor-check/token-set.ts'

beforeAll(ready)

const tokens = fc.uniqueArray(fc.uint8Array({ minLength: 8, maxLength: 8 }), {
  maxLength: 70,
  selector: (one) => Buffer.from(one).toString('hex'),
})

test('V4: a set is the same whatever the order and however often a token came, and reads back', () => {
  fc.assert(
    fc.property(tokens, (list) => {
      const set = makeSet(Buffer.concat([...list, ...list.slice(0, 3)]))
      const again = makeSet(Buffer.concat(list.toReversed()))
      expect(Buffer.compare(set.bytes, again.bytes)).toBe(0)
      const read = readSet(set.bytes, 'set.bin')
      expect(read.count).toBe(list.length)
      for (const one of list) expect(Buffer.compare(read.at(read.place(one) ?? -1), one)).toBe(0)
      expect(list.map((one) => read.place(one)).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(list.map((_, at) => at))
    }),
  )
})

test('V4: a set cut short, out of order, or of something else is refused; a token not in it has no place', () => {
  const { bytes } = makeSet(Buffer.from('0000000000000001000000000000000500000000000000090000000000000001', 'hex'))
  expect(readSet(bytes, 's').place(Buffer.from('0000000000000004', 'hex'))).toBeUndefined()
  expect(() => readSet(bytes.subarray(0, -1), 's')).toThrow('is cut short')
  const swapped = Buffer.from(bytes)
  swapped[23] = 6
  expect(() => readSet(swapped, 's')).toThrow('is not in order')
  expect(() => readSet(Buffer.from('id,name\n1,x\n'), 's')).toThrow('is no set')
})

test('V5: every place has a path that holds, and no other token, place or root does', () => {
  fc.assert(
    fc.property(tokens, fc.nat(), (list, pick) => {
      if (list.length === 0) return
      const set = makeSet(Buffer.concat(list))
      const tree = treeOf(set)
      const place = pick % set.count
      const claim = { root: tree.root, count: set.count, place, token: set.at(place), path: tree.path(place) }
      expect(pathHolds(claim)).toBe(true)
      expect(pathHolds({ ...claim, token: Buffer.alloc(8, 1) })).toBe(Buffer.compare(set.at(place), Buffer.alloc(8, 1)) === 0)
      expect(pathHolds({ ...claim, path: [...claim.path, '00'.repeat(32)] })).toBe(false)
      expect(pathHolds({ ...claim, root: '00'.repeat(32) })).toBe(false)
      expect(pathHolds({ ...claim, place: set.count })).toBe(false)
      if (set.count > 1) expect(pathHolds({ ...claim, path: claim.path.slice(1) })).toBe(false)
    }),
  )
})

test('V5: roots of one, two and three leaves are those of RFC 6962', () => {
  const sha = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')
  const leaf = (n: number): Buffer => sha(Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, n]))
  const node = (a: Buffer, b: Buffer): Buffer => sha(Buffer.from([1]), a, b)
  const rootOf = (...ns: number[]): string =>
    treeOf(makeSet(Buffer.concat(ns.map((n) => Buffer.from([0, 0, 0, 0, 0, 0, 0, n]))))).root
  expect(rootOf()).toBe(sha().toString('hex'))
  expect(rootOf(1)).toBe(leaf(1).toString('hex'))
  expect(rootOf(2, 1)).toBe(node(leaf(1), leaf(2)).toString('hex'))
  expect(rootOf(1, 2, 3)).toBe(node(node(leaf(1), leaf(2)), leaf(3)).toString('hex'))
})

test('runs of elements read back, and sorting forgets the order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 20 }), (list) => {
      const run = Buffer.concat(list)
      expect(Buffer.compare(runOf(hexOf(run)), run)).toBe(0)
      expect(Buffer.compare(sortedRun(run), sortedRun(Buffer.concat(list.toReversed())))).toBe(0)
    }),
  )
})

test('V2: spellings of the same pair are one item; a row without a part has none', () => {
  const spec = itemSpec('msisdn + name')
  const item = itemOf(spec, ['012-345 6789', 'TAN  Mei-Ling'], { country: 'MY' })
  expect(item).toBe('[["msisdn","60123456789"],["name","ling mei tan"]]')
  expect(itemOf(spec, ['+60 12 345 6789', 'mei ling tan'], { country: 'MY' })).toBe(item)
  expect(itemOf(spec, ['0123456789', ''], { country: 'MY' })).toBeUndefined()
  expect(itemOf(spec, ['hello', 'Tan'], { country: 'MY' })).toBeUndefined()
})

test.each([
  ['msisdn', 'one value alone can be guessed'],
  ['msisdn+msisdn', 'a kind stands twice'],
  ['name+date', 'it holds no identifier'],
  ['msisdn+shoe', '"shoe" is no kind of value'],
])('V2: an item of %s is refused', (text, why) => {
  expect(() => itemSpec(text)).toThrow(why)
})

const commitment = sealed({
  format: 'breachline vendor-check commitment 1' as const,
  case: 'c-1',
  mode: 'count' as const,
  item: 'msisdn+iccid',
  publicKey: 'ab'.repeat(32),
  rows: 3,
  incomplete: 0,
  tokens: 3,
  root: 'cd'.repeat(32),
  set: 'ef'.repeat(32),
  at: '2026-10-07T00:00:00.000Z',
})

test('V5: a document reads back; changed by one character, cut short or of another step it is refused', () => {
  const text = JSON.stringify(commitment)
  expect(readDocument('commitment', text, 'c.json')).toEqual(commitment)
  expect(() => readDocument('commitment', text.replace('"rows":3', '"rows":4'), 'c.json')).toThrow('was changed')
  expect(() => readDocument('commitment', text.slice(0, -9), 'c.json')).toThrow('cut short')
  expect(() => readDocument('ask', text, 'c.json')).toThrow('is vendor-check commitment 1, not the ask this step needs')
  expect(() => readDocument('ask', '{"a":1}', 'c.json')).toThrow('is no ask')
  expect(() => readDocument('ask', 'null', 'c.json')).toThrow('is no ask')
  expect(() => readDocument('commitment', text.replace('"mode":"count"', '"mode":"guess"'), 'c.json')).toThrow(
    'malformed at "mode"',
  )
  expect(() => readDocument('commitment', JSON.stringify({ ...commitment, more: 1 }), 'c.json')).toThrow('malformed')
})

test('no text makes a document reader throw anything but a UserError', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify({ ...commitment, extra: value })),
      ),
      (text) => {
        try {
          readDocument('transcript', text, 'x')
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      },
    ),
  )
})
