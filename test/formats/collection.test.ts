import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { checkCollection, recogniseCollection, type CollectionMember } from '../../src/formats/index.ts'

function members(files: Readonly<Record<string, string>>): CollectionMember[] {
  return Object.entries(files).map(([path, text]) => ({ path, source: bytesSource(`c.zip/${path}`, Buffer.from(text)) }))
}

async function checked(files: Readonly<Record<string, string>>) {
  const all = members(files)
  const collection = recogniseCollection(all)
  if (collection === undefined) throw new Error('not recognised')
  const { agree, notBrought, faults } = await checkCollection(collection, all)
  return {
    tool: collection.tool,
    lists: collection.lists,
    agree,
    notBrought,
    faults: faults.map(({ code, where }) => [code, where.file, where.line]),
  }
}

const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')
const sha256 = (text: string): string => hash('sha256', text)
const copyLog =
  'CopiedTimestamp,SourceFile,DestinationFile,FileSize,SourceFileSha1,DeferredCopy,CreatedOnUtc,ModifiedOnUtc,LastAccessedOnUtc,CopyDuration\n'

function copyRow(path: string, sha1: string): string {
  return `2024-02-01 02:00:00.0000000,C:\\${path},D:\\case 7\\out\\C\\${path},5,${sha1},False,2019-01-01 00:00:00,2019-01-01 00:00:00,2019-01-01 00:00:00,00:00:00.1\n`
}

test('KAPE: the SHA-1 of its copy log is compared with each member, wherever it was copied to', async () => {
  const sam = 'Windows\\System32\\config\\SAM'
  const log =
    copyLog +
    copyRow(sam, hash('sha1', 'sam').toUpperCase()) +
    copyRow('$MFT', hash('sha1', 'other')) +
    copyRow('gone\\x.evtx', hash('sha1', 'x'))
  expect(
    await checked({ 'C/Windows/System32/config/SAM': 'sam', 'C/$MFT': 'mft', '2024-02-01T020000_CopyLog.csv': log }),
  ).toEqual({
    tool: 'kape',
    lists: ['2024-02-01T020000_CopyLog.csv'],
    agree: 1,
    notBrought: 0,
    faults: [
      ['collection-hash-wrong', 'c.zip/C/$MFT', undefined],
      ['collection-member-missing', 'c.zip/2024-02-01T020000_CopyLog.csv', 4],
    ],
  })
})

test('Velociraptor: sizes of uploads.json and SHA-256 of the results are compared', async () => {
  const sam = 'C:\\Windows\\System32\\config\\SAM'
  const upload = (path: string, size: number, parts: readonly string[]): string =>
    `${JSON.stringify({ vfs_path: path, _Components: parts, file_size: size, uploaded_size: size })}\n`
  const row = (path: string, sha: string): string =>
    `${JSON.stringify({ SourceFile: path, DestinationFile: path, SourceFileSha256: sha })}\n`
  const parts = ['uploads', 'auto', 'C:', 'Windows', 'System32', 'config', 'SAM']
  const files = {
    'client_info.json': '{}',
    'uploads.json':
      upload(sam, 3, parts) +
      upload('C:\\a b.txt', 9, ['uploads', 'auto', 'C:', 'a b.txt']) +
      upload('C:\\gone', 1, ['uploads', 'auto', 'C:', 'gone']),
    'uploads/auto/C%3A/Windows/System32/config/SAM': 'sam',
    'uploads/auto/C%3A/a b.txt': 'cut',
    'results/Windows.KapeFiles.Targets%2FUploads.json': row(sam, sha256('sam')) + row('C:\\a b.txt', sha256('whole text')),
  }
  const got = await checked(files)
  expect(got).toMatchObject({ tool: 'velociraptor', agree: 2, notBrought: 0 })
  expect(got.faults).toEqual([
    ['collection-hash-wrong', 'c.zip/uploads/auto/C%3A/a b.txt', undefined],
    ['collection-hash-wrong', 'c.zip/uploads/auto/C%3A/a b.txt', undefined],
    ['collection-member-missing', 'c.zip/uploads.json', 3],
  ])
})

test('UAC: files that were hashed and brought are compared; those only hashed are counted, not missed', async () => {
  const list = `${hash('md5', 'ls')}  /usr/bin/ls\n${hash('md5', 'nope')}  /usr/bin/ps\n${hash('md5', 'x')}  /usr/bin/cat\nnot a hash\n`
  expect(
    await checked({
      'uac.log': 'x',
      'bodyfile/bodyfile.txt': '',
      'hash_executables/hash_executables.md5': list,
      '[root]/usr/bin/ls': 'ls',
      '[root]/usr/bin/ps': 'ps',
    }),
  ).toMatchObject({
    tool: 'uac',
    agree: 1,
    notBrought: 1,
    faults: [['collection-hash-wrong', 'c.zip/[root]/usr/bin/ps', undefined]],
  })
})

test('CyLR is told by its log and lists no hashes; other archives are no collection', async () => {
  expect(await checked({ 'C/$MFT': 'x', 'CyLR_Collection_Log_2024.log': 'x' })).toEqual({
    tool: 'cylr',
    lists: [],
    agree: 0,
    notBrought: 0,
    faults: [],
  })
  for (const other of [{ 'a.csv': '' }, { 'uploads.json': '[]' }, { 'uac.log': '' }, { 'C/$MFT': 'x' }, { 'CopyLog.txt': '' }])
    expect(recogniseCollection(members(other))).toBeUndefined()
})
