import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { identify, readUtmp } from '../../src/formats/index.ts'

function record(of: { type: number; user?: string; seconds?: number; micros?: number; address?: readonly number[] }): Buffer {
  const bytes = Buffer.alloc(384)
  bytes.writeInt16LE(of.type, 0)
  bytes.write('pts/0', 8)
  bytes.write(of.user ?? '', 44)
  bytes.writeUInt32LE(of.seconds ?? 1_706_666_400, 340)
  bytes.writeUInt32LE(of.micros ?? 0, 344)
  Buffer.from(of.address ?? []).copy(bytes, 348)
  return bytes
}

test('log-in records are told by content and read with both kinds of address; a cut record is a fault', async () => {
  const six = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
  const bytes = Buffer.concat([
    record({ type: 7, user: 'a', micros: 5, address: [203, 0, 113, 9] }),
    record({ type: 0, seconds: 0 }),
    record({ type: 7, user: 'b', address: six }),
    Buffer.alloc(100),
  ])
  const source = bytesSource('var/log/btmp.1', bytes)
  expect(await identify(source)).toMatchObject({ kind: 'log', records: 'utmp' })
  const { records, faults } = await collect(readUtmp(source))
  expect(records).toMatchObject([
    {
      n: 1,
      fields: { type: 'USER_PROCESS', user: 'a', time: '1706666400.000005', address: '203.0.113.9', file: 'btmp', line: 'pts/0' },
    },
    { n: 3, fields: { user: 'b', address: '2001:db8:0:0:0:0:0:9' } },
  ])
  expect(faults.map(({ code, where }) => [code, where.offset])).toEqual([['utmp-cut', 1_152]])
})

test('other bytes of the same length are no log-in records', async () => {
  for (const bytes of [
    Buffer.alloc(768),
    record({ type: 12 }),
    record({ type: 7, seconds: 5 }),
    record({ type: 7, user: '\x01\x02' }),
    record({ type: 7, micros: 2_000_000 }),
  ])
    expect((await identify(bytesSource('wtmp', bytes))).records).toBeUndefined()
})

function disk(at: number, sign: string, length = 8_192): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.write(sign, at, 'latin1')
  return bytes
}

function bootRecord(entry: { type: number; start: number; count: number; status?: number }): Buffer {
  const bytes = Buffer.alloc(1_024)
  bytes[446] = entry.status ?? 0x80
  bytes[450] = entry.type
  bytes.writeUInt32LE(entry.start, 454)
  bytes.writeUInt32LE(entry.count, 458)
  bytes.writeUInt16LE(0xaa55, 510)
  return bytes
}

const core = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(500)])
core.writeUInt16LE(4, 16)

test.each([
  ['E01', disk(0, 'EVF\t\r\n\xff\0'), 'E01', 'Sleuth Kit'],
  ['VMDK', disk(0, 'KDMV'), 'VMDK', 'Plaso'],
  ['VHDX', disk(0, 'vhdxfile'), 'VHDX', 'Plaso'],
  ['GPT', disk(512, 'EFI PART'), 'GPT', 'body file'],
  ['MBR', bootRecord({ type: 7, start: 1, count: 1 }), 'MBR', 'body file'],
  ['NTFS', disk(3, 'NTFS    '), 'NTFS', 'Plaso'],
  ['FAT', disk(3, 'MSDOS5.0'), 'FAT', 'Plaso'],
  ['ISO', disk(32_769, 'CD001', 40_000), 'ISO 9660', 'Plaso'],
  ['LiME', disk(0, 'EMiL'), 'LiME', 'Volatility 3'],
  ['hiberfil', disk(0, 'HIBR'), 'hibernation', 'MemProcFS'],
  ['crash dump', disk(0, 'PAGEDU64'), 'crash dump', 'Volatility 3'],
  ['core', core, 'ELF core', 'Volatility 3'],
])('an image is out of scope, and the message says what to use: %s', async (_name, bytes, seen, use) => {
  const identified = await identify(bytesSource('image.bin', bytes))
  expect(identified.kind).toBe('unknown')
  expect(identified.seen).toContain(seen)
  expect(identified.todo).toContain(use)
})

test.each([
  ['evidence/vm.vmem', 'Volatility 3'],
  ['C/pagefile.sys', 'MemProcFS'],
  ['disk.dd', 'Sleuth Kit'],
  ['memory.raw', 'Volatility 3'],
])('bytes that nothing tells are said to be an image by their name: %s', async (name, use) => {
  const bytes = disk(0, '\x01\x02\x03')
  expect((await identify(bytesSource(name, bytes))).todo).toContain(use)
  expect((await identify(bytesSource('note.bin', bytes))).todo).not.toContain(use)
  expect((await identify(bytesSource(name, Buffer.from('ordinary text\n')))).kind).toBe('text')
})

test('bytes that only end a sector as a boot record does are no disk', async () => {
  for (const bytes of [
    bootRecord({ type: 0, start: 0, count: 0 }),
    bootRecord({ type: 7, start: 1, count: 1, status: 0x41 }),
    bootRecord({ type: 7, start: 0, count: 9 }),
  ])
    expect((await identify(bytesSource('x', bytes))).seen).not.toContain('disk image')
})

test('a text that begins with the same letters is a text', async () => {
  for (const word of ['wake', 'HIBR', 'PAGEDUMP', 'conectix'])
    expect((await identify(bytesSource('x', Buffer.from(`${word} up at six, and so on for the day.\n`)))).kind).toBe('text')
})
