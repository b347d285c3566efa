import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { identify, readEvtx } from '../../src/formats/index.ts'
import { chunkBytes, evtxBytes, filetime, ints, nothing, seal, text, u16, type EventSpec, type Value } from './evtx-bytes.ts'

const at = Date.UTC(2024, 1, 29, 23, 59, 59, 999)
const event = (commandLine: string): EventSpec => ({
  eventId: 1,
  time: filetime(at, 1234),
  data: [
    ['Image', text('C:\\Windows\\System32\\cmd.exe')],
    ['CommandLine', text(commandLine)],
  ],
})
const two = [event('cmd.exe /c whoami'), event('cmd.exe /c ipconfig /all')]
const read = (bytes: Uint8Array) => collect(readEvtx(bytesSource('a.evtx', bytes)))
const codes = (faults: readonly { code: string }[]) => faults.map((fault) => fault.code)

test('records carry System and EventData as flat text, with ordinal, record id and offset', async () => {
  const { records, faults } = await read(evtxBytes([chunkBytes(two, 40)]))
  expect(faults).toEqual([])
  expect(records).toHaveLength(2)
  expect(records[0]).toEqual({
    n: 1,
    recordId: '40',
    offset: 4608,
    fields: {
      Provider_Name: 'Microsoft-Windows-Sysmon',
      EventID: '1',
      Version: '5',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'APP01.meridian.example',
      TimeCreated: '2024-02-29T23:59:59.9991234Z',
      Image: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'cmd.exe /c whoami',
    },
  })
  expect(records[1]?.fields['CommandLine']).toBe('cmd.exe /c ipconfig /all')
  expect(records[1]?.n).toBe(2)
})

test('each value type becomes the text that the event viewer shows', async () => {
  const sid = Buffer.from('010100000000000512000000', 'hex')
  const guid = Buffer.from('5F3870572AC2E043BF4C06F5698FFBD9', 'hex')
  const big = Buffer.alloc(8, 0xff)
  const cases: readonly (readonly [name: string, value: Value, want: string])[] = [
    ['int8', { type: 0x03, bytes: ints(1, 0xff) }, '-1'],
    ['uint8', { type: 0x04, bytes: ints(1, 0xff) }, '255'],
    ['int16', { type: 0x05, bytes: ints(2, 0xfffe) }, '-2'],
    ['int32', { type: 0x07, bytes: ints(4, 0xffffffff) }, '-1'],
    ['uint32', { type: 0x08, bytes: ints(4, 0xffffffff) }, '4294967295'],
    ['int64', { type: 0x09, bytes: big }, '-1'],
    ['uint64', { type: 0x0a, bytes: big }, '18446744073709551615'],
    ['small', { type: 0x0a, bytes: Buffer.from('0100000001000000', 'hex') }, '4294967297'],
    ['bool', { type: 0x0d, bytes: ints(4, 1) }, 'true'],
    ['binary', { type: 0x0e, bytes: Buffer.from('00abff', 'hex') }, '00ABFF'],
    ['guid', { type: 0x0f, bytes: guid }, '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'],
    ['sid', { type: 0x13, bytes: sid }, 'S-1-5-18'],
    ['hex32', { type: 0x14, bytes: ints(4, 0x3e7) }, '0x3e7'],
    ['hex64', { type: 0x15, bytes: Buffer.from('0000000000000080', 'hex') }, '0x8000000000000000'],
    ['time', { type: 0x11, bytes: big }, '18446744073709551615'],
    ['array', { type: 0x81, bytes: Buffer.from('one\0two\0', 'utf16le') }, 'one\ntwo'],
    ['numbers', { type: 0x86, bytes: ints(2, 7, 8) }, '7\n8'],
    ['ansi', { type: 0x02, bytes: Buffer.from('abc\0') }, 'abc'],
    ['absent', nothing, ''],
    ['Threat Name', text('x'), 'x'],
  ]
  const data = cases.map(([name, value]) => [name, value] as const)
  const { records, faults } = await read(evtxBytes([chunkBytes([{ eventId: 1, time: filetime(at), data }])]))
  expect(faults).toEqual([])
  for (const [name, , want] of cases) expect([name, records[0]?.fields[name.replace(' ', '')]]).toEqual([name, want])
})

test('an EventData name never takes the place of a name that identifies the event', async () => {
  const data = [
    ['EventID', u16(7)],
    ['Channel', text('Security')],
    ['Version', text('9')],
    ['__proto__', text('p')],
  ] as const
  const { records } = await read(evtxBytes([chunkBytes([{ eventId: 1, time: filetime(at), data }])]))
  const fields = records[0]?.fields ?? {}
  expect(fields['EventID']).toBe('1')
  expect(fields['EventData_EventID']).toBe('7')
  expect(fields['Channel']).toBe('Microsoft-Windows-Sysmon/Operational')
  expect(fields['Version']).toBe('9')
  expect(fields['System_Version']).toBe('5')
  expect(fields['(__proto__)']).toBe('p')
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
})

test('ill-formed UTF-16 becomes well-formed with a fault at the record', async () => {
  const { records, faults } = await read(evtxBytes([chunkBytes([event('a\ud800b')])]))
  expect(records[0]?.fields['CommandLine']).toBe('a\ufffdb')
  expect(faults).toMatchObject([{ code: 'text-ill-formed', where: { file: 'a.evtx', record: 1, offset: 4608 }, lost: 0 }])
})

test('a truncated file gives the records before the cut and one fault', async () => {
  const whole = evtxBytes([chunkBytes(two), chunkBytes(two, 3)])
  const { records, faults } = await read(whole.subarray(0, 4096 + 65_536 + 512 + 100))
  expect(records.map((record) => record.recordId)).toEqual(['1', '2'])
  expect(codes(faults)).toEqual(['evtx-chunk-truncated'])
  expect(codes((await read(whole.subarray(0, 60))).faults)).toEqual(['evtx-header-truncated'])
})

test('chunks without the file header, as carving finds them, are told and read', async () => {
  const carved = evtxBytes([chunkBytes(two), chunkBytes(two, 3)]).subarray(4096)
  const { kind, seen } = await identify(bytesSource('carved.bin', carved))
  expect({ kind, seen }).toEqual({ kind: 'evtx', seen: 'chunks of a Windows event log without the file header' })
  const { records, faults } = await read(carved)
  expect(records.map((record) => record.recordId)).toEqual(['1', '2', '3', '4'])
  expect([records[0]?.offset, records[2]?.offset]).toEqual([512, 65_536 + 512])
  expect(faults).toMatchObject([{ code: 'evtx-header-missing', lost: 0 }])
})

test('a chunk with a wrong mark, changed bytes, or wiped bytes is a fault; its neighbours are read', async () => {
  const chunks = [chunkBytes(two), chunkBytes(two, 3), chunkBytes(two, 5)]
  const broken = evtxBytes(chunks)
  broken[4096 + 65_536] = 0x58
  const marked = await read(broken)
  expect(marked.records.map((record) => record.recordId)).toEqual(['1', '2', '5', '6'])
  expect(marked.faults).toMatchObject([{ code: 'evtx-chunk-magic', where: { offset: 4096 + 65_536 } }])

  const wiped = evtxBytes([chunks[0] as Buffer, Buffer.alloc(65_536), chunks[2] as Buffer, Buffer.alloc(65_536)])
  const blank = await read(wiped)
  expect(blank.records.map((record) => record.n)).toEqual([1, 2, 3, 4])
  expect(codes(blank.faults)).toEqual(['evtx-chunk-blank'])

  const changed = evtxBytes(chunks)
  const where = changed.indexOf(Buffer.from('whoami', 'utf16le'))
  changed[where] = 0x57
  const { records, faults } = await read(changed)
  expect(records).toHaveLength(6)
  expect(records[0]?.fields['CommandLine']).toBe('cmd.exe /c Whoami')
  expect(codes(faults)).toEqual(['evtx-chunk-checksum'])
})

/** Three events, and one in the same bytes after them: the others stand on behind its end. */
function usedTwice(): Buffer {
  const chunk = chunkBytes([...two, event('cmd.exe /c net user')], 7)
  const later = chunkBytes([event('cmd.exe /c later')], 90)
  const end = later.readUInt32LE(48)
  later.copy(chunk, 0, 0, end)
  return chunk
}

test('records behind the end that a chunk states are recovered, marked, and counted behind all others', async () => {
  const { records, faults } = await read(evtxBytes([usedTwice(), chunkBytes(two, 91)]))
  expect(faults).toEqual([])
  expect(records.map(({ n, recordId, recovered, fields }) => [n, recordId, recovered, fields['recovered']])).toEqual([
    [1, '90', undefined, undefined],
    [2, '91', undefined, undefined],
    [3, '92', undefined, undefined],
    [4, '8', true, 'from slack'],
    [5, '9', true, 'from slack'],
  ])
  expect(records[4]?.fields).toMatchObject({ EventID: '1', CommandLine: 'cmd.exe /c net user' })
  expect(records[3]?.offset).toBe(4096 + chunkBytes(two).indexOf(Buffer.from([0x2a, 0x2a, 0, 0]), 513))
})

test('what is behind the end is not read under a template that is not its own, cut, changed, or copied from the chunk before', async () => {
  const other = usedTwice()
  // The template that stands there now has another GUID.
  const definition = 512 + 24 + 4 + 10
  other.writeUInt32LE(7, 512 + 24 + 4 + 2)
  other.writeUInt32LE(7, definition + 4)
  seal(other, { free: other.readUInt32LE(48), firstId: 90, count: 1 })
  expect(await read(evtxBytes([other]))).toMatchObject({ records: [{ recordId: '90' }], faults: [] })

  const lengths = usedTwice()
  const second = lengths.indexOf(Buffer.from([0x2a, 0x2a, 0, 0]), lengths.readUInt32LE(48))
  lengths.writeUInt32LE(lengths.readUInt32LE(second + 4) + 4, second + 4)
  expect((await read(evtxBytes([lengths]))).records.map((one) => one.recordId)).toEqual(['90', '9'])

  const buffer = chunkBytes([...two, event('cmd.exe /c net user')], 7)
  const copied = await read(evtxBytes([buffer, usedTwice()]))
  expect(copied.records.map((one) => one.recordId)).toEqual(['7', '8', '9', '90'])
})

test('chunks are found where they stand when they do not follow one another at 64 KiB', async () => {
  const chunks = [chunkBytes(two), chunkBytes(two, 3), chunkBytes(two, 5)] as const
  const ids = async (bytes: Buffer): Promise<unknown[]> => {
    const { records, faults } = await read(bytes)
    return [records.map((record) => Number(record.recordId)), codes(faults)]
  }
  const header = evtxBytes([])
  const junk = Buffer.alloc(1_000, 0x41)
  // Bytes between two chunks; a chunk cut behind its records; inside them.
  expect(await ids(Buffer.concat([header, chunks[0], junk, chunks[1], chunks[2]]))).toEqual([
    [1, 2, 3, 4, 5, 6],
    ['evtx-chunk-magic'],
  ])
  expect(await ids(Buffer.concat([header, chunks[0].subarray(0, 40_000), chunks[1], chunks[2]]))).toEqual([
    [1, 2, 3, 4, 5, 6],
    ['evtx-chunk-magic'],
  ])
  const inside = chunks[0].indexOf(Buffer.from([0x2a, 0x2a, 0, 0]), 513) + 60
  expect(await ids(Buffer.concat([header, chunks[0].subarray(0, inside), chunks[1], chunks[2]]))).toEqual([
    [1, 3, 4, 5, 6],
    ['evtx-chunk-cut'],
  ])
  // Carved with a piece of something else in front.
  expect(await ids(Buffer.concat([junk, chunks[0], chunks[1]]))).toEqual([[1, 2, 3, 4], ['evtx-header']])
  // The mark of a chunk in a text is none.
  const said = [event('echo ElfChnk\0'.repeat(3))]
  expect(await ids(evtxBytes([chunkBytes(said), chunkBytes(two, 2)]))).toEqual([[1, 2, 3], []])
})

test('a record that cannot be read costs only itself', async () => {
  const chunk = chunkBytes([...two, event('third')])
  const second = chunk.indexOf(Buffer.from([0x2a, 0x2a, 0, 0]), 513)
  chunk.writeUInt32LE(0xfffffff0, second + 24 + 4 + 6) // template offset outside the chunk
  const { records, faults } = await read(evtxBytes([seal(chunk, { free: chunk.readUInt32LE(48), firstId: 1, count: 3 })]))
  expect(records.map((record) => record.n)).toEqual([1, 3])
  expect(faults).toMatchObject([{ code: 'evtx-out-of-bounds', where: { record: 2 }, lost: 1 }])
})

test('a template that refers to one long value again and again is stopped, an honest one is not', async () => {
  const data = Array.from({ length: 100 }, (_, i) => [`v${i}`, text('x'.repeat(i === 0 ? 5_000 : 1))] as const)
  const chunk = chunkBytes([{ eventId: 1, time: filetime(at), data }])
  const free = chunk.readUInt32LE(48)
  expect(free).toBeLessThan(65_536)
  const honest = await read(evtxBytes([Buffer.from(chunk)]))
  expect(honest.faults).toEqual([])
  expect(honest.records[0]?.fields['v0']).toHaveLength(5_000)
  let pointed = 0
  for (let i = 512; i < free; i += 1) {
    if (chunk[i] !== 0x0d || chunk[i + 3] !== 0x01 || chunk.readUInt16LE(i + 1) < 3 || chunk.readUInt16LE(i + 1) > 101) continue
    chunk.writeUInt16LE(2, i + 1)
    pointed += 1
  }
  expect(pointed).toBe(99)
  const { records, faults } = await read(evtxBytes([seal(chunk, { free, firstId: 1, count: 1 })]))
  expect(records).toEqual([])
  expect(faults).toMatchObject([{ code: 'evtx-steps', where: { record: 1 }, lost: 1 }])
})

test('random cuts and changed bytes never throw, never invent records, and are never silent inside records', async () => {
  const whole = evtxBytes([chunkBytes(two), chunkBytes(two, 3)])
  const used = 4096 + 512
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2_500), fc.integer({ min: 1, max: 255 })), { maxLength: 8 }),
      fc.option(fc.nat(whole.length), { nil: undefined }),
      async (flips, cut) => {
        const bytes = Buffer.from(whole)
        for (const [place, mask] of flips) bytes[used + place] = (bytes[used + place] as number) ^ mask
        const given = cut === undefined ? bytes : bytes.subarray(0, cut)
        const { records, faults } = await read(given)
        expect(records.length).toBeLessThanOrEqual(4 + flips.length)
        expect(new Set(records.map((record) => record.n)).size).toBe(records.length)
        for (const record of records) for (const value of Object.values(record.fields)) expect(value.isWellFormed()).toBe(true)
        const free = whole.readUInt32LE(4096 + 48)
        const differs = !bytes.subarray(used, 4096 + free).equals(whole.subarray(used, 4096 + free))
        if (differs && cut === undefined) expect(faults.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 150, seed: 7 },
  )
})

test('bytes that are no event log at all give faults and no records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 9_000 }), async (bytes) => {
      const { records, faults } = await read(bytes)
      expect(records).toEqual([])
      expect(faults.length).toBeGreaterThan(0)
    }),
    { numRuns: 50, seed: 7 },
  )
})
