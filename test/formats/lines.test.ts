import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource } from '../../src/base/index.ts'
import { readLines } from '../../src/formats/index.ts'

/** A source that makes its bytes while it is read, so that nothing as long as it is ever held. */
function made(size: number, at: (offset: number) => number, block = 1024 * 1024): ByteSource {
  const bytes = (from: number, to: number) =>
    Uint8Array.from({ length: Math.max(0, Math.min(to, size) - from) }, (_, i) => at(from + i))
  return {
    name: 'made.log',
    size,
    async *stream(from = 0) {
      for (let offset = from; offset < size; offset += block) yield bytes(offset, offset + block)
    },
    slice: (from, to) => Promise.resolve(bytes(from, to)),
  }
}

test('numbers, offsets and texts of lines, with both line ends and none at the end', async () => {
  const { records, faults } = await collect(readLines(bytesSource('a.log', Buffer.from('one\r\n\ntwo\nthrée'))))
  expect(faults).toEqual([])
  expect(records).toEqual([
    { n: 1, from: 0, to: 3, text: 'one' },
    { n: 2, from: 5, to: 5, text: '' },
    { n: 3, from: 6, to: 9, text: 'two' },
    { n: 4, from: 10, to: 16, text: 'thrée' },
  ])
})

test('lines across blocks are whole, wherever the blocks are cut', async () => {
  const text = Buffer.from('first line\nsecond é line\n\nlast')
  const want = (await collect(readLines(bytesSource('a.log', text)))).records
  for (let block = 1; block < 9; block += 1) {
    const { records } = await collect(readLines(made(text.length, (offset) => text[offset] as number, block)))
    expect(records).toEqual(want)
  }
})

test('a line of 2 GiB is one fault with its number, is never held, and the next line is read', async () => {
  const block = new Uint8Array(1024 * 1024).fill(97)
  const source: ByteSource = {
    name: 'long.log',
    size: 4 + 2048 * block.length + 5,
    async *stream() {
      yield Buffer.from('aaa\n')
      for (let i = 0; i < 2048; i += 1) yield block
      yield Buffer.from('\nnext')
    },
    slice: () => Promise.resolve(Buffer.from('aaa\n')),
  }
  const before = process.memoryUsage().rss
  let most = 0
  const records = []
  const faults = []
  for await (const batch of readLines(source)) {
    records.push(...batch.records)
    faults.push(...batch.faults)
    most = Math.max(most, process.memoryUsage().rss - before)
  }
  expect(records).toMatchObject([
    { n: 1, text: 'aaa' },
    { n: 3, text: 'next' },
  ])
  expect(faults).toMatchObject([{ code: 'line-too-long', where: { file: 'long.log', line: 2, offset: 4 }, lost: 1 }])
  expect(records[1]?.from).toBe(4 + 2048 * block.length + 1)
  expect(most).toBeLessThan(256 * 1024 * 1024)
})

test('bytes that are no UTF-8 become U+FFFD with a fault; a real U+FFFD is none', async () => {
  const bytes = Buffer.concat([Buffer.from('ok \ufffd\nbad '), Buffer.from([0xff, 0x0a]), Buffer.from('end')])
  const { records, faults } = await collect(readLines(bytesSource('a.log', bytes)))
  expect(records.map((line) => line.text)).toEqual(['ok \ufffd', 'bad \ufffd', 'end'])
  expect(faults).toMatchObject([{ code: 'text-not-utf8', where: { line: 2 } }])
})

test('a byte-order mark is no part of the first line; UTF-16 is converted', async () => {
  const utf8 = await collect(readLines(bytesSource('a.log', Buffer.from('\ufeffone\ntwo'))))
  expect(utf8.records.map((line) => line.text)).toEqual(['one', 'two'])
  for (const swap of [false, true]) {
    const text = Buffer.from('\ufeffone\né\n', 'utf16le')
    const { records } = await collect(readLines(bytesSource('a.log', swap ? text.swap16() : text)))
    expect(records.map((line) => line.text)).toEqual(['one', 'é'])
  }
})

test('reading stops when asked', async () => {
  const controller = new AbortController()
  controller.abort(new Error('stopped'))
  await expect(
    collect(readLines(bytesSource('a.log', Buffer.from('one')), { watch: { signal: controller.signal } })),
  ).rejects.toThrow('stopped')
})
