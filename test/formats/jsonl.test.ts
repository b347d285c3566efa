import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource } from '../../src/base/index.ts'
import { parseJson, readJson } from '../../src/formats/index.ts'
import { Framer } from '../../src/formats/jsonl/frames.ts'
import { parseExactly } from '../../src/formats/jsonl/parse-exactly.ts'

const cases = path.resolve(import.meta.dirname, '../cases/formats')
const source = (text: string): ByteSource => bytesSource('a.json', Buffer.from(text))

for (const name of readdirSync(cases)
  .filter((one) => one.startsWith('jsonl-'))
  .sort()) {
  test(`case ${name}`, async () => {
    const want = JSON.parse(readFileSync(path.join(cases, name, 'want.json'), 'utf8')) as unknown
    const { records, faults } = await collect(readJson(bytesSource('in.json', readFileSync(path.join(cases, name, 'in.json')))))
    expect({ records, faults: faults.map(({ code, where }) => ({ code, line: where.line })) }).toEqual(want)
  })
}

test('both parsers give the same for the same text, and what JSON.parse gives where no number is at risk', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const fast = parseJson(text)
      expect(fast).toEqual(parseExactly(text))
      expect(fast.ok).toBe(true)
      if (fast.ok && !/[.eE]|-0|\d{16}|__proto__/.test(text)) expect(fast.value).toEqual(JSON.parse(text))
    }),
    { numRuns: 300, seed: 7 },
  )
})

test('numbers that would change stay text, in both parsers, wherever they stand', () => {
  const number = fc.constantFrom(
    '1',
    '-0',
    '0',
    '1.0',
    '1e5',
    '9007199254740993',
    '-9223372036854775808',
    '0.1',
    '01',
    '1.',
    '--1',
    '.5',
    '12345678901234567890',
  )
  const piece = fc.oneof(
    number,
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '"b":', '"c 12345678901234567 d"', '\\"', ' ', '\n', 'true'),
  )
  const valid = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      number,
      fc.constantFrom('"x: 12345678901234567, y"', '"\\":-0,"', 'null'),
      fc.array(tie('any'), { maxLength: 3 }).map((list) => `[${list.join(' , ')}]`),
      fc.array(tie('any'), { maxLength: 3 }).map((list) => `{${list.map((one, i) => `"k${i}" : ${one}`).join(',')}}`),
    ),
  })).any
  fc.assert(
    fc.property(
      fc.oneof(
        valid,
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const fast = parseJson(text)
        const exact = parseExactly(text)
        expect(fast.ok).toBe(exact.ok)
        if (fast.ok) expect(fast).toEqual(exact)
      },
    ),
    { numRuns: 2_000, seed: 7 },
  )
  expect(parseJson('[1.0,1,-0,9007199254740993,"1.0"]')).toMatchObject({ value: ['1.0', 1, '-0', '9007199254740993', '1.0'] })
})

test('text that is no JSON is never read, text that is JSON always is', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '0', 'x', '\n'), (json, at, put) => {
      const cut = at % (json.length + 1)
      const text = json.slice(0, cut) + put + json.slice(cut + 1)
      let valid = true
      try {
        JSON.parse(text)
      } catch {
        valid = false
      }
      expect(parseJson(text).ok).toBe(valid)
    }),
    { numRuns: 500, seed: 7 },
  )
})

test('where blocks are cut makes no difference', () => {
  const text = Buffer.from('[{"a":"\\"}{","b":[{"c":1},{"d":2}]},\n{"e":"no end\n{"f":1}]\n{"g":{"h":[]}}')
  const whole = new Framer().feed(text)
  expect(whole).toHaveLength(4)
  for (let size = 1; size < 12; size += 1) {
    const framer = new Framer()
    const frames = []
    for (let at = 0; at < text.length; at += size) frames.push(...framer.feed(text.subarray(at, at + size)))
    expect(frames).toEqual(whole)
  }
})

test('a value longer than the limit is one fault, is not held, and what follows is read', () => {
  const framer = new Framer(50)
  const frames = framer.feed(Buffer.from(`{"a":1}\n{"long":"${'x'.repeat(200)}"}\n{"b":2}\n`))
  const small = new Framer(50)
  const pieces = Array.from({ length: 30 }, () =>
    small.feed(Buffer.from('{"a":[')).concat(small.feed(Buffer.from('"xxxxxxxx"]} '))),
  ).flat()
  expect(frames.map((frame) => (frame.kind === 'value' ? frame.bytes.toString() : frame.why))).toEqual([
    '{"a":1}',
    'size',
    '{"b":2}',
  ])
  expect(pieces.every((frame) => frame.kind === 'value')).toBe(true)
  expect(pieces).toHaveLength(30)
})

test('random bytes never throw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '\n', ' ', '1', 'a', '\u{1F600}') }),
      async (text) => {
        const { records, faults } = await collect(readJson(source(text)))
        expect(records.every((record) => record.line >= 1 && record.n >= 1)).toBe(true)
        expect(faults.every((fault) => fault.where.file === 'a.json')).toBe(true)
      },
    ),
    { numRuns: 400, seed: 7 },
  )
})

test('UTF-16 with a byte-order mark is read', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":"é😀"}\n{"b":1}\n', 'utf16le')])
  const { records, faults } = await collect(readJson(bytesSource('a.json', bytes)))
  expect(faults).toEqual([])
  expect(records.map((record) => record.value)).toEqual([{ a: 'é😀' }, { b: 1 }])
})
