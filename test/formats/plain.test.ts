import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource, type Fault } from '../../src/base/index.ts'
import { openRecords, plainValues, type Row } from '../../src/formats/index.ts'

const cases = resolve(import.meta.dirname, '../cases/table')

/** A source that hands out its bytes in chunks of a given size, over the same memory. */
function chunked(bytes: Uint8Array, size: number): ByteSource {
  return {
    ...bytesSource('in', bytes),
    async *stream(from = 0) {
      const chunk = Buffer.alloc(size)
      for (let at = from; at < bytes.length; at += size) {
        const part = bytes.subarray(at, at + size)
        chunk.set(part)
        yield chunk.subarray(0, part.length)
      }
    },
  }
}

/** What either way of reading gives; `plain` counts the rows that came as bytes. */
async function both(text: string | Uint8Array, size = 1 << 20) {
  const source = chunked(Buffer.from(text), size)
  const { records, faults } = await collect((await openRecords(source, 'csv')).rows)
  const rows: Row[] = []
  const found: Fault[] = []
  let plain = 0
  const held = []
  for await (const batch of (await openRecords(source, 'csv')).plain ?? []) held.push(batch)
  for (const batch of held) {
    rows.push(...batch.records)
    found.push(...batch.faults)
    if (batch.plain === undefined) continue
    const { n, line } = batch.plain
    for (let at = 0; at < batch.plain.rows; at += 1)
      rows.push({ n: n + at, line: line + at, values: plainValues(batch.plain, at) })
    plain += batch.plain.rows
  }
  return { asRows: { rows: records, faults }, asBytes: { rows, faults: found }, plain }
}

for (const name of readdirSync(cases)) {
  const file = readdirSync(join(cases, name)).find((entry) => entry.startsWith('in.')) ?? ''
  if (!/\.(?:csv|tsv|txt)$/.test(file)) continue
  for (const size of [1, 7, 1 << 20])
    test(`${name} is the same read as bytes, in chunks of ${size} bytes`, async () => {
      const bytes = readFileSync(join(cases, name, file))
      if ((await openRecords(bytesSource('in', bytes), 'csv')).plain === undefined) return
      const { asRows, asBytes } = await both(bytes, size)
      expect(asBytes).toEqual(asRows)
    })
}

const line = (n: number): string => `6011${n},Aina ${n},Ipoh,2026-01-0${1 + (n % 9)}`
const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => line(1_000_000 + at))
const header = 'msisdn,name,city,since'

test('plain rows come as bytes, quoted ones and names of other scripts too', async () => {
  const quoted = lines(50).map((one) => `"${one.replaceAll(',', '","')}"`)
  const text = [header, ...lines(1_000), ...quoted, '60112,昕 é,"Ipoh, Perak",', ''].join('\r\n')
  const { asRows, asBytes, plain } = await both(text)
  expect(asBytes).toEqual(asRows)
  expect(plain).toBe(1_051)
})

const others: Readonly<Record<string, string | Buffer>> = {
  'a cell too many': '1,2,3,4,5',
  'a cell too few': '1,2',
  'an empty line': '',
  'a zero byte': '1,A\0,3,4',
  'bytes that are no UTF-8': Buffer.from('1,J\xe9r,3,4', 'latin1'),
  'a character cut off': Buffer.from('1,J\xc3,3,4', 'latin1'),
  'the replacement character': '1,J\uFFFD,3,4',
  'a byte order mark': '\uFEFF1,2,3,4',
  'a quote that is not closed': '1,"2,3,4',
  'a doubled quote': '1,"2 ""a""",3,4',
  'text behind a quote': '1,"2"a,3,4',
  'a space behind a quote': '1,"2" ,3,4',
  'a row over two lines': '1,"2\n3",3,4',
  'a carriage return within': '1,2\r3,3,4',
  'a number in scientific notation': '6.01235E+10,2,3,4',
  'a number in scientific notation within quotes': '1,"6.01235E+10",3,4',
  'the header again': ' MSISDN,Name ,city,SINCE',
  'another delimiter': '60115;Aina;Ipoh;2026-01-01',
}

for (const [what, other] of Object.entries(others))
  for (const size of [3, 64, 1 << 20])
    test(`${what}: the line goes to the reader of lines, its neighbours do not (chunks of ${size})`, async () => {
      const text = Buffer.concat([
        Buffer.from(`${[header, ...lines(40)].join('\n')}\n`),
        Buffer.from(other),
        Buffer.from(`\n${lines(40).join('\n')}\n`),
      ])
      const { asRows, asBytes, plain } = await both(text, size)
      expect(asBytes).toEqual(asRows)
      // An open quote takes lines until it is found wrong.
      expect(plain).toBe(what.includes('not closed') ? 40 : 80)
    })

test('the header again is found under names and cells that only reading makes alike', async () => {
  const again = ['mſisdn,name', 'MSISDN\u00A0,name', '\u00A0msisdn, name', 'msisdn,nam', 'msisdn1,name', 'K,name']
  for (const one of again) {
    const { asRows, asBytes } = await both(`msisdn,name\n${'6011,Aina\n'.repeat(20)}${one}\n6012,Bo\n`)
    expect(asBytes).toEqual(asRows)
  }
  const kelvin = await both(`k,name,link\n${'6011,Aina,x\n'.repeat(20)}\u212A,NAME,LIN\u212A\n6012,Bo,y\n`)
  expect(kelvin.asBytes).toEqual(kelvin.asRows)
  expect(kelvin.asBytes.faults.map((one) => one.code)).toEqual(['table-repeated-header'])
})

test('rows outside ASCII are counted with those in another encoding', async () => {
  const head = Buffer.from(`${[header, ...lines(4_000), '1,é,3,4', '2,ü,3,4'].join('\n')}\n`)
  const { asRows, asBytes, plain } = await both(Buffer.concat([head, Buffer.from('3,\xe9,3,4\n', 'latin1'), head]), 4096)
  expect(asBytes).toEqual(asRows)
  expect(asBytes.faults.map((one) => one.code)).toContain('table-mixed-encodings')
  expect(plain).toBe(8_004)
})

test('whatever stands in the lines, bytes and rows are the same', async () => {
  const signs = [
    'a',
    'é',
    '昕',
    '1',
    '9',
    'E',
    'e',
    '+',
    '.',
    ' ',
    ',',
    ',',
    ';',
    '\t',
    '"',
    '""',
    '",',
    ',"',
    "'",
    '\n',
    '\n',
    '\r\n',
  ]
  const more = [
    '\r',
    '\\',
    '\0',
    '\uFEFF',
    '\uFFFD',
    'msisdn,name\n',
    '6011,Aina\n',
    '6012,Bo\n',
    '1.5E+10,Bo\n',
    '"6013","Chen"\n',
  ]
  const piece = fc.constantFrom(...signs, ...more)
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(text, fc.boolean(), fc.integer({ min: 1, max: 80 }), fc.nat(200), async (body, named, size, at) => {
      const bytes = Buffer.from(`${named ? 'msisdn,name\n' : ''}6011,Aina\n6012,Bo\n6013,Chen\n6014,Devi\n6015,Eng\n${body}`)
      if (at < bytes.length && at % 3 === 0) bytes[at] = 0xe9
      if ((await openRecords(bytesSource('in', bytes), 'csv')).plain === undefined) return
      // Of a line with a carriage return within, how it counts among encodings hangs on where a chunk ends.
      const { asRows, asBytes } = await both(bytes, /\r(?!\n)/.test(body) ? bytes.length : size)
      expect(asBytes).toEqual(asRows)
    }),
    { numRuns: 1_500 },
  )
})

test('lines that are seldom plain take linear time', async () => {
  const bad = [
    '1,"2\n',
    '1,"2"a\n',
    '1,2,3\n',
    '1,\uFFFD\n',
    '1,é\n',
    '9E+1,1\n',
    'msisdn,name\n',
    '1,2\n1,"2""3"\n',
    'é'.repeat(20_000),
  ]
  for (const one of bad) {
    const before = process.cpuUsage()
    await both(`msisdn,name\n${'6011,Aina\n'.repeat(20)}${one.repeat(Math.ceil(2_000_000 / one.length))}`, 64 * 1024)
    // On the core: others may want it too.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000, JSON.stringify(one.slice(0, 20))).toBeLessThan(20_000)
  }
}, 180_000)
