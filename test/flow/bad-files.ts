import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'

const escape = '\u001b'
const rightToLeft = '\u202e'

/** A file that is wrong in one way, and the code of the fault it must give. */
export interface BadFile {
  readonly name: string
  readonly fault: string
  readonly write: (path: string) => void
}

const text =
  (content: string | Uint8Array): BadFile['write'] =>
  (path) =>
    writeFileSync(path, content)

/** Everything wrong that a person may hand over, named so that it sorts behind the good files of its folder. */
export const badFiles: readonly BadFile[] = [
  { name: 'logs/zz-cut.evtx', fault: 'evtx', write: text(cutEvtx()) },
  {
    name: 'zz-quote.csv',
    fault: 'table-wrong-quote',
    write: text('name,msisdn,plan\nAnna "K,+60120000001,A\n"Bea, +60120000002,B\nCleo,+60120000003,C\n'),
  },
  { name: 'logs/zz-endless.ndjson', fault: 'line-too-long', write: endlessLine },
  { name: 'zz-bomb.zip', fault: 'archive-bomb', write: text(zipOf('posts.txt', Buffer.alloc(192 * 1024 * 1024))) },
  { name: 'zz-nested.zip', fault: 'archive-nested', write: text(nestedZip()) },
  { name: 'zz-text.png', fault: 'not-read', write: text('This is a note under the name of a picture.\n') },
  {
    name: 'zz-broken.png',
    fault: 'picture',
    write: text(Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(400, 7)])),
  },
  { name: 'zz-unknown.bin', fault: 'not-read', write: text(Buffer.from('00ff13378a00c0ffee00'.repeat(40), 'hex')) },
  { name: 'logs/zz-deep.json', fault: 'json', write: text(`${'['.repeat(10_000)}1${']'.repeat(10_000)}\n`) },
  { name: 'zz-empty.csv', fault: 'not-read', write: text('') },
  { name: `zz-${escape}[31mred\n${rightToLeft}gpj.bin`, fault: 'not-read', write: text(Buffer.from([0, 1, 2, 3, 0, 255])) },
  { name: 'zz-loop', fault: 'not-a-file', write: (path) => symlinkSync(path, path) },
  { name: 'zz-parent', fault: 'not-a-file', write: (path) => symlinkSync(dirname(path), path) },
  { name: 'zz-estate/inventory.toml', fault: 'inventory-toml', write: text('[[system]]\nid = "crm"\nname = "unclosed\n') },
]

/** A post that tries to steer the terminal, and claims nothing. */
export const hostilePost: BadFile = {
  name: 'claim/zz-post.md',
  fault: '',
  write: text(
    [
      '# Notice',
      '',
      `${escape}]0;owned\u0007${escape}[2J Posted by @nobody on 3 February 2026: ${rightToLeft}we hold 1,234 records${escape}[31m of yours.`,
      '\u009b31mAnd a C1 control.',
      '',
    ].join('\n'),
  ),
}

/** Writes bad files into a case folder. */
export function writeBad(folder: string, files: readonly BadFile[]): void {
  for (const { name, write } of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    write(path)
  }
}

/** A good first line that is log, empty lines to the end of what is looked at first, then one line of two gigabytes; the file is sparse. */
function endlessLine(path: string): void {
  const file = openSync(path, 'w')
  writeSync(file, `{"note": "nothing"}${'\n'.repeat(70_000)}{"note": "`)
  ftruncateSync(file, 2 * 1024 ** 3 + 1)
  closeSync(file)
}

/** The header of a Windows event log that promises chunks, and half a chunk of noise. */
function cutEvtx(): Buffer {
  const header = Buffer.alloc(4096)
  header.write('ElfFile\0', 'latin1')
  header.writeBigUInt64LE(2n, 16)
  header.writeBigUInt64LE(100n, 24)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(4096, 40)
  header.writeUInt16LE(3, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  const chunk = Buffer.alloc(30_000, 0x5a)
  chunk.write('ElfChnk\0', 'latin1')
  return Buffer.concat([header, chunk])
}

function nestedZip(): Buffer {
  const inner = zipOf('note.txt', Buffer.from('deep\n'))
  return zipOf('a.zip', zipOf('b.zip', zipOf('c.zip', inner)))
}

function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(content), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(content.length, 8)
  const named = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  sizes.copy(local, 14)
  local.writeUInt16LE(named.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  sizes.copy(central, 16)
  central.writeUInt16LE(named.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + named.length, 12)
  end.writeUInt32LE(local.length + named.length + packed.length, 16)
  return Buffer.concat([local, named, packed, central, named, end])
}
