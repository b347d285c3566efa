import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { identify, unpackArchive } from '../../src/formats/index.ts'
import { encryptedDirectory } from '../../src/formats/seven-zip/directory.ts'
import { archivePath, outFolder, runEngine, WriteStopped } from '../../src/formats/seven-zip/engine.ts'
import { readListing } from '../../src/formats/seven-zip/listing.ts'
import { sevenZipBytes } from './seven-zip-bytes.ts'
import { zip } from './zip-bytes.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

async function unpacked(bytes: Uint8Array, passwords?: readonly string[], kind: '7z' | 'zip' = '7z') {
  const directory = mkdtempSync(join(tmpdir(), 'seven-'))
  directories.push(directory)
  const { members, faults } = await unpackArchive(bytesSource('leak.7z', bytes), {
    kind,
    directory,
    ...(passwords === undefined ? {} : { passwords }),
  })
  const files: Record<string, string> = {}
  for (const member of members) files[member.path] = Buffer.from(await member.source.slice(0, 200)).toString()
  const onDisk = readdirSync(directory)
  return { files, faults: faults.map((one) => one.code), said: JSON.stringify(faults), onDisk }
}

const content = { 'a/b.csv': 'id,name\n1,Aina\n', 'c d.txt': 'hello', 'empty.csv': '' }

test('members of a 7z archive come out with their paths, and files are named by number', async () => {
  const bytes = await sevenZipBytes(content)
  expect((await identify(bytesSource('x.bin', bytes))).kind).toBe('7z')
  const got = await unpacked(bytes)
  expect(got).toMatchObject({ files: content, faults: [] })
  expect(got.onDisk.every((name) => /^\d{6}$/.test(name))).toBe(true)
})

test.each([
  ['7z', ['-psecret 1']],
  ['7z', ['-psecret 1', '-mhe=on']],
  ['7z', ['-psecret 1', '-mhe=on', '-mhc=off']],
  ['zip', ['-tzip', '-psecret 1', '-mem=AES256']],
  ['zip', ['-tzip', '-psecret 1']],
] as const)('%s %j opens with its password alone, and no fault tells one', async (kind, args) => {
  const bytes = await sevenZipBytes({ 'a/b.csv': content['a/b.csv'] }, args)
  const without = await unpacked(bytes, undefined, kind)
  expect(without).toMatchObject({ files: {}, faults: ['archive-encrypted'], onDisk: [] })
  expect(without.said).toContain('--password-file')
  const wrong = await unpacked(bytes, ['not this'], kind)
  expect(wrong).toMatchObject({ files: {}, faults: ['archive-wrong-password'], onDisk: [] })
  expect(wrong.said).not.toContain('not this')
  const right = await unpacked(bytes, ['not this', 'secret 1'], kind)
  expect(right).toMatchObject({ files: { 'a/b.csv': content['a/b.csv'] }, faults: [] })
})

test('an archive inside is unpacked, with the password too', async () => {
  const inner = await sevenZipBytes({ 'in.csv': 'x,y\n1,2\n' }, ['-ppw'])
  const got = await unpacked(zip([{ name: 'inner.7z', data: inner }]), ['pw'], 'zip')
  expect(got).toMatchObject({ files: { 'inner.7z/in.csv': 'x,y\n1,2\n' }, faults: [] })
})

test('a bomb is told before it is unpacked', async () => {
  const started = performance.now()
  const bytes = await sevenZipBytes({ 'bomb.csv': new Uint8Array(100 << 20) })
  expect(await unpacked(bytes)).toMatchObject({ files: {}, faults: ['archive-bomb'], onDisk: [] })
  expect(performance.now() - started).toBeLessThan(20_000)
}, 30_000)

test('a member that grows beyond what it states stops the engine', async () => {
  const bytes = await sevenZipBytes({ 'a.csv': new Uint8Array(20 << 20) })
  let got = 0
  const run = runEngine({
    size: bytes.length,
    read: (from, to) => bytes.subarray(from, to),
    args: ['x', '-y', '-t7z', '-p', `-o${outFolder}`, archivePath],
    write: (_path, piece) => {
      got += piece.length
      if (got > 1 << 20) throw new WriteStopped()
    },
  })
  await expect(run).rejects.toBeInstanceOf(WriteStopped)
  expect(got).toBeLessThan(8 << 20)
})

test('damaged archives are faults wherever they are cut or changed', async () => {
  const whole = await sevenZipBytes({ 'a.csv': 'a,b\n1,2\n'.repeat(200), 'b.csv': 'c,d\n3,4\n'.repeat(200) }, ['-ms=off'])
  for (const cut of [0, 20, 100, whole.length - 5]) expect((await unpacked(whole.slice(0, cut))).faults.length).toBeGreaterThan(0)
  const changed = Uint8Array.from(whole)
  changed[40] = (changed[40] ?? 0) ^ 0xff
  const got = await unpacked(changed)
  expect(got.faults).toEqual(['archive-member-damaged'])
  expect(Object.keys(got.files)).toEqual(['b.csv'])
}, 30_000)

test('a listing is read by its blocks; what stands in a name makes no member', () => {
  const said =
    'x\n----------\nPath = a.csv\nSize = 3\nEncrypted = +\n\nPath = b = c\nSize = 4\nAttributes = A lrwxrwxrwx\n\nno path\n'
  expect(readListing(said)).toMatchObject([
    { path: 'a.csv', size: 3, encrypted: true, link: false },
    { path: 'b = c', size: 4, encrypted: false, link: true },
  ])
  expect(readListing('nothing')).toEqual([])
})

test.each([[['-mhe=on']], [['-mhe=on', '-mhc=off']], [['-mhe=on', '-m0=copy']]] as const)(
  'a directory encrypted with %j is told by the header, and the fault says how to give a password',
  async (args) => {
    const bytes = await sevenZipBytes({ 'a.csv': 'x,y\n1,2\n' }, ['-psecret 1', ...args])
    const said = (passwords?: readonly string[]) => unpacked(bytes, passwords).then((got) => got.said)
    expect(await said()).toMatch(/so is its directory.*--password-file/)
    expect(await said(['a', 'bb', 'ccc'])).toMatch(/so is its directory; none of the passwords.*--password-file/)
    const last = await unpacked(bytes, ['a', 'bb', 'ccc', 'secret 1'])
    expect(last).toMatchObject({ files: { 'a.csv': 'x,y\n1,2\n' }, faults: [] })
  },
  30_000,
)

test('a header that is plain, cut or changed is no encrypted directory', async () => {
  const hidden = (bytes: Uint8Array): boolean => encryptedDirectory(bytes.length, (from, to) => bytes.subarray(from, to))
  const bytes = await sevenZipBytes(content, ['-psecret 1', '-mhe=on'])
  expect(hidden(bytes)).toBe(true)
  expect(hidden(await sevenZipBytes(content, ['-psecret 1']))).toBe(false)
  expect(hidden(await sevenZipBytes(content))).toBe(false)
  for (const length of [0, 31, 32, bytes.length - 1]) expect(hidden(bytes.subarray(0, length))).toBe(false)
  for (const at of [14, bytes.length - 1]) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(hidden(changed)).toBe(false)
  }
  const got = await unpacked(bytes.subarray(0, bytes.length - 1))
  expect(got.faults).toEqual(['archive-damaged'])
})
