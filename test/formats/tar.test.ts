import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { identify, unpackArchive, type ArchiveKind } from '../../src/formats/index.ts'
import { paxRecords, tar } from './tar-bytes.ts'
import { zip } from './zip-bytes.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

async function unpacked(bytes: Uint8Array, kind: ArchiveKind = 'tar', name = 'case.tar') {
  const directory = mkdtempSync(join(tmpdir(), 'unpack-tar-'))
  directories.push(directory)
  const { members, faults } = await unpackArchive(bytesSource(name, bytes), { kind, directory })
  const files: Record<string, string> = {}
  for (const member of members) files[member.path] = Buffer.from(await member.source.slice(0, 2_000)).toString()
  return { files, faults: faults.map((one) => one.code) }
}

test('members come out with their paths, also behind gzip, with what a packed log inside holds', async () => {
  const bytes = tar([
    { name: './', type: '5' },
    { name: './[root]/etc/hosts', data: '127.0.0.1 localhost\n' },
    { name: 'uac.log', data: 'x'.repeat(1_500) },
    { name: 'syslog.2.gz', data: gzipSync('old\n') },
  ])
  expect((await identify(bytesSource('a', bytes))).kind).toBe('tar')
  const want = { '[root]/etc/hosts': '127.0.0.1 localhost\n', 'uac.log': 'x'.repeat(1_500), 'syslog.2.gz/syslog.2': 'old\n' }
  expect(await unpacked(bytes)).toEqual({ files: want, faults: [] })
  expect(await unpacked(gzipSync(bytes), 'gzip', 'uac-host.tar.gz')).toEqual({ files: want, faults: [] })
})

test('a tar inside a ZIP is an archive inside an archive, and one deeper is not opened', async () => {
  const inner = tar([
    { name: 'a.txt', data: 'x' },
    { name: 'b.zip', data: zip([{ name: 'c', data: Buffer.from('y') }]) },
  ])
  const got = await unpacked(zip([{ name: 'in.tar', data: inner }]), 'zip', 'case.zip')
  expect(got).toEqual({ files: { 'in.tar/a.txt': 'x' }, faults: ['archive-nested'] })
})

test('long names of pax and GNU are read, and a size that pax states', async () => {
  const long = `${'d'.repeat(90)}/${'f'.repeat(60)}.log`
  const got = await unpacked(
    tar([
      { name: 'pax', type: 'x', data: paxRecords({ mtime: '1706666400.5', path: `ä/${long}` }) },
      { name: 'short', data: 'one' },
      { name: '././@LongLink', type: 'L', data: `${long}\0` },
      { name: 'short', data: 'two' },
      { name: 'third', data: 'three' },
    ]),
  )
  expect(got).toEqual({ files: { [`ä/${long}`]: 'one', [long]: 'two', third: 'three' }, faults: [] })
})

test('what leaves the archive, links and devices are faults; the members around them come out', async () => {
  const got = await unpacked(
    tar([
      { name: '../out', data: 'x' },
      { name: '/etc/passwd', data: 'x' },
      { name: 'pax', type: 'x', data: paxRecords({ path: 'a/../../out' }) },
      { name: 'a', data: 'x' },
      { name: 'link', type: '2' },
      { name: 'hard', type: '1' },
      { name: 'dev', type: '3' },
      { name: 'good', data: 'x' },
    ]),
  )
  expect(got.files).toEqual({ good: 'x' })
  expect(got.faults).toEqual([...Array<string>(3).fill('archive-path-unsafe'), ...Array<string>(3).fill('archive-link')])
})

test('an archive that is cut, damaged or states more than it holds keeps the members before', async () => {
  const bytes = tar([
    { name: 'a', data: 'x' },
    { name: 'b', data: 'y'.repeat(5_000) },
  ])
  expect(await unpacked(bytes.subarray(0, 3_000))).toEqual({ files: { a: 'x' }, faults: ['archive-damaged'] })
  const broken = Buffer.from(bytes)
  broken.fill(0x41, 1_024, 1_030)
  expect(await unpacked(broken)).toEqual({ files: { a: 'x' }, faults: ['archive-damaged'] })
  expect(
    await unpacked(
      tar([
        { name: 'a', data: 'x' },
        { name: 'b', data: 'y', stated: 2 ** 32 },
      ]),
    ),
  ).toMatchObject({ files: { a: 'x' } })
})

test('bytes of any kind are no tar, or end with members and faults', async () => {
  const start = tar([{ name: 'a', data: 'x' }])
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.nat(1_500), async (noise, at) => {
      const bytes = Buffer.concat([start.subarray(0, at), noise])
      const { files } = await unpacked(bytes)
      expect(Object.keys(files).every((path) => !path.startsWith('/') && !path.split('/').includes('..'))).toBe(true)
    }),
    { numRuns: 60, seed: 7 },
  )
  expect((await identify(bytesSource('a.tar', Buffer.from('no tar at all\n'.repeat(100))))).kind).not.toBe('tar')
  expect((await identify(bytesSource('a.tar', Buffer.alloc(1_024)))).kind).not.toBe('tar')
})
