import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { unpackArchive, type ArchiveKind } from '../../src/formats/index.ts'
import { zip } from './zip-bytes.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

async function unpacked(bytes: Uint8Array, kind: ArchiveKind = 'zip', name = 'case.zip') {
  const directory = mkdtempSync(join(tmpdir(), 'unpack-'))
  directories.push(directory)
  const { members, faults } = await unpackArchive(bytesSource(name, bytes), { kind, directory })
  const files: Record<string, string> = {}
  for (const member of members) files[member.path] = Buffer.from(await member.source.slice(0, 200)).toString()
  return { files, faults: faults.map((one) => one.code), onDisk: readdirSync(directory).length, directory }
}

const text = (value: string): Uint8Array => Buffer.from(value)

test('members come out with their paths', async () => {
  const got = await unpacked(
    zip([
      { name: 'a/b.csv', data: text('x') },
      { name: 'a/', data: text('') },
      { name: 'c.txt', data: text('y') },
    ]),
  )
  expect(got).toMatchObject({ files: { 'a/b.csv': 'x', 'c.txt': 'y' }, faults: [], onDisk: 2 })
})

test('bytes behind the end of an archive are said and hide no member', async () => {
  const whole = zip([{ name: 'c.txt', data: text('y') }])
  for (const behind of ['\n', 'PK\u0005\u0006', 'PK\u0005\u0006'.padEnd(40, '\u0000')]) {
    const got = await unpacked(Buffer.concat([whole, Buffer.from(behind, 'latin1')]))
    expect(got).toMatchObject({ files: { 'c.txt': 'y' }, faults: ['archive-bytes-behind'] })
  }
  expect((await unpacked(whole)).faults).toEqual([])
})

test.each([
  '../out',
  'a/../../out',
  '/etc/passwd',
  'C:\\out',
  '..\\out',
  'a\0b',
  'a//b',
  './a',
  'x/'.repeat(80) + 'y',
  'z'.repeat(300),
])('the path %j is a fault, and the other members come out', async (name) => {
  const got = await unpacked(
    zip([
      { name, data: text('bad') },
      { name: 'good', data: text('good') },
    ]),
  )
  expect(got).toMatchObject({ files: { good: 'good' }, faults: ['archive-path-unsafe'], onDisk: 1 })
})

test('links and encrypted members are faults', async () => {
  const got = await unpacked(
    zip([
      { name: 'l', data: text('/etc/passwd'), link: true },
      { name: 'e', data: text('x'), encrypted: true },
      { name: 'good', data: text('good') },
    ]),
  )
  expect(got).toMatchObject({ files: { good: 'good' }, faults: ['archive-link', 'archive-encrypted'], onDisk: 1 })
})

test('a bomb that states its size is a fault before anything is written', async () => {
  const got = await unpacked(zip([{ name: 'bomb', data: Buffer.alloc(80 << 20) }]))
  expect(got).toMatchObject({ files: {}, faults: ['archive-bomb'], onDisk: 0 })
})

test('a member that is larger than it states is a fault, and the others come out', async () => {
  const got = await unpacked(
    zip([
      { name: 'liar', data: Buffer.alloc(5 << 20), stated: 10 },
      { name: 'good', data: text('good') },
    ]),
  )
  expect(got.files).toEqual({ good: 'good' })
  expect(got.faults).toHaveLength(1)
  expect(got.onDisk).toBe(1)
})

test('a gzip bomb is stopped while it is unpacked', async () => {
  const got = await unpacked(gzipSync(Buffer.alloc(100 << 20)), 'gzip', 'log.gz')
  expect(got).toMatchObject({ files: {}, faults: ['archive-bomb'], onDisk: 0 })
})

test('gzip comes out under its name; a cut one is a fault', async () => {
  const packed = gzipSync(text('hello'.repeat(1000)))
  expect((await unpacked(packed, 'gzip', 'logs/access.log.gz')).files['access.log']).toMatch(/^hello/)
  expect(await unpacked(packed.subarray(0, packed.length - 12), 'gzip', 'x.gz')).toMatchObject({
    files: {},
    faults: ['archive-member-damaged'],
    onDisk: 0,
  })
})

test('an archive inside is unpacked, one inside that is a fault', async () => {
  const third = zip([{ name: 'deep', data: text('deep') }])
  const second = zip([
    { name: 'in.csv', data: text('in') },
    { name: 'third.zip', data: third },
  ])
  const got = await unpacked(
    zip([
      { name: 'second.zip', data: second },
      { name: 'out.csv', data: text('out') },
    ]),
  )
  expect(got.files).toEqual({ 'second.zip/in.csv': 'in', 'out.csv': 'out' })
  expect(got.faults).toEqual(['archive-nested'])
})

test('damaged archives are faults wherever they are cut or changed, and never throw', async () => {
  const whole = zip([
    { name: 'a.csv', data: text('a'.repeat(500)) },
    { name: 'b.csv', data: text('b'.repeat(500)) },
  ])
  for (let cut = 0; cut < whole.length; cut += 7)
    expect((await unpacked(whole.subarray(0, cut))).faults.length).toBeGreaterThan(0)
  for (let at = 0; at < whole.length; at += 3) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    await unpacked(changed)
  }
})

test('a member whose bytes do not fit its checksum is a fault', async () => {
  const whole = zip([
    { name: 'a.csv', data: text('a,b\n1,2\n') },
    { name: 'good', data: text('good') },
  ])
  const central = whole.lastIndexOf('PK\x01\x02\x14\x03', whole.lastIndexOf('PK\x01\x02') - 1, 'latin1')
  const changed = Buffer.from(whole)
  changed[central + 16] = (changed[central + 16] ?? 0) ^ 0xff
  expect(await unpacked(changed)).toMatchObject({ files: { good: 'good' }, faults: ['archive-member-damaged'], onDisk: 1 })
})

test('no name from the archive reaches the disk', async () => {
  const got = await unpacked(
    zip([
      { name: 'CON', data: text('x') },
      { name: 'a b;c', data: text('y') },
    ]),
  )
  expect(readdirSync(got.directory).sort()).toEqual(['000001', '000002'])
  expect(readFileSync(join(got.directory, '000001'), 'utf8')).toBe('x')
})
