import { Readable } from 'node:stream'
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import { fault, limits, type ByteSource, type Fault } from '../../base/index.ts'
import { encryptedFault } from './encrypted.ts'
import { memberPath } from './entry-name.ts'

/** A member that may be unpacked. */
export interface PackedMember {
  readonly path: string
  readonly packed: number
  /** Unpacked size as the archive states it; absent for gzip. */
  readonly stated?: number
  readonly crc32?: number
  open(): Promise<AsyncIterable<Uint8Array>>
}

class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.#source, start, end))
  }
}

async function* pieces(source: ByteSource, start: number, end: number): AsyncIterable<Uint8Array> {
  for (let at = start; at < end; at += 1024 * 1024) yield await source.slice(at, Math.min(end, at + 1024 * 1024))
}

/**
 * The members of a ZIP by its directory, before anything is unpacked; members that must not be unpacked are faults. Directories are left out.
 * `close` when all members were read.
 */
export async function listZip(source: ByteSource): Promise<{ members: PackedMember[]; faults: Fault[]; close(): void }> {
  const members: PackedMember[] = []
  const faults: Fault[] = []
  let zip: ZipFile | undefined
  try {
    const end = await endOf(source)
    if (end < source.size)
      faults.push(
        fault(
          'archive-bytes-behind',
          `${source.size - end} bytes behind the end of the archive belong to no member and were not read.`,
          { file: source.name, offset: end },
          'Look at them in the original: something may have been appended.',
        ),
      )
    zip = await fromRandomAccessReaderPromise(new SourceReader(source), end, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
    })
    if (zip.entryCount > limits.archiveMembers)
      return {
        members,
        close: closing(zip),
        faults: [bomb(source, `${zip.entryCount} members, more than ${limits.archiveMembers}`)],
      }
    let n = 0
    for await (const entry of zip.eachEntry()) {
      n += 1
      const read = readEntry(entry, { zip, source, n })
      if (read === undefined) continue
      if ('kind' in read) faults.push(read)
      else members.push(read)
    }
  } catch {
    faults.push(
      fault(
        'archive-damaged',
        'The directory of the archive cannot be read to its end.',
        { file: source.name, record: members.length + 1 },
        'Get the archive again; the members listed before were kept.',
      ),
    )
  }
  const packed = members.reduce((sum, member) => sum + member.packed, 0)
  const stated = members.reduce((sum, member) => sum + (member.stated ?? 0), 0)
  const close = closing(zip)
  if (packed > source.size) return { members: [], close, faults: [...faults, bomb(source, 'members that share the same bytes')] }
  if (stated > limits.archiveBytes)
    return { members: [], close, faults: [...faults, bomb(source, `more than ${limits.archiveBytes} bytes unpacked`)] }
  if (stated > limits.archiveRatioFloorBytes && stated > source.size * limits.archiveRatio)
    return { members: [], close, faults: [...faults, bomb(source, `more than ${limits.archiveRatio} times its size unpacked`)] }
  return { members, faults, close }
}

/** Where the archive ends by its end record (APPNOTE 6.3.10, 4.3.16), whose comment may be followed by bytes that are not its own. */
async function endOf(source: ByteSource): Promise<number> {
  const recordBytes = 22
  const from = Math.max(0, source.size - recordBytes - 0xffff)
  const tail = Buffer.from(await source.slice(from, source.size))
  for (let at = tail.lastIndexOf('PK\u0005\u0006', tail.length, 'latin1'); at >= 0;) {
    if (at + recordBytes <= tail.length) {
      const end = at + recordBytes + tail.readUInt16LE(at + 20)
      const directory = tail.readUInt32LE(at + 12) + tail.readUInt32LE(at + 16)
      // A directory that ends where the record begins, or is too large to be told here (ZIP64).
      if (end <= tail.length && (directory === from + at || directory >= 0xffff_ffff)) return from + end
    }
    if (at === 0) break
    at = tail.lastIndexOf('PK\u0005\u0006', at - 1, 'latin1')
  }
  return source.size
}

function closing(zip: ZipFile | undefined): () => void {
  return () => zip?.close()
}

/** What is said of a whole archive that must not be unpacked. */
function bomb(source: ByteSource, why: string): Fault {
  return fault(
    'archive-bomb',
    `The archive was not unpacked: ${why}.`,
    { file: source.name },
    'If it is what you expect, unpack it yourself and give the folder.',
  )
}

function readEntry(entry: Entry, of: { zip: ZipFile; source: ByteSource; n: number }): PackedMember | Fault | undefined {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const where = { file: of.source.name, record: of.n }
  if (name.endsWith('/')) return undefined
  const read = memberPath(name)
  if (read.kind === 'unsafe')
    return fault(
      'archive-path-unsafe',
      `A member was not unpacked: ${read.why}.`,
      where,
      'Ask who made the archive; unpack it by hand in a safe place if you need the member.',
      1,
    )
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    return fault('archive-link', 'A member was not unpacked: it is a symbolic link.', where, 'Give the file it points to.', 1)
  if (entry.isEncrypted()) return encryptedFault(where)
  return {
    path: read.path,
    packed: entry.compressedSize,
    stated: entry.uncompressedSize,
    crc32: entry.crc32,
    open: () => of.zip.openReadStreamPromise(entry),
  }
}
