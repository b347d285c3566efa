import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { fault, fileSource, limits, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { unpackSevenZip } from '../seven-zip/seven-zip.ts'
import { listTar } from '../tar/list-tar.ts'
import { looksLikeTar } from '../tar/tar-header.ts'
import { memberPath } from './entry-name.ts'
import { listZip, type PackedMember } from './list-zip.ts'
import { metered, UnpackStopped, type Allowance } from './meter.ts'

export type ArchiveKind = 'zip' | 'gzip' | '7z' | 'tar'

/** A member of an archive as a file of its own. */
export interface UnpackedMember {
  /** Path inside the archive; a member of an archive inside it is `inner.zip/notes.csv`. */
  readonly path: string
  /** Reads the unpacked file; its name is archive and path, for messages. */
  readonly source: ByteSource
}

export interface UnpackOptions {
  readonly kind: ArchiveKind
  /** Folder of the caller, who removes it. Files in it are named by number: no name from the archive reaches the disk. */
  readonly directory: string
  /** Tried in order on encrypted members. */
  readonly passwords?: readonly string[]
  readonly watch?: Watch
}

/**
 * Unpacks an archive after listing it. Members that are unsafe, damaged or grow beyond the limits become faults and leave no file;
 * the others are whole. Archives inside are unpacked too, one level deep (office documents are left as they are).
 */
export async function unpackArchive(
  source: ByteSource,
  options: UnpackOptions,
): Promise<{ members: UnpackedMember[]; faults: Fault[] }> {
  await mkdir(options.directory, { recursive: true })
  const run: Run = { ...options, allowance: { archiveBytes: limits.archiveBytes, used: 0 }, files: 0, members: [], faults: [] }
  await unpack(source, { run, kind: options.kind, inside: '', depth: 0 })
  return { members: run.members, faults: run.faults }
}

interface Run {
  readonly directory: string
  readonly passwords?: readonly string[]
  readonly watch?: Watch
  readonly allowance: Allowance
  files: number
  readonly members: UnpackedMember[]
  readonly faults: Fault[]
}

async function unpack(source: ByteSource, at: { run: Run; kind: ArchiveKind; inside: string; depth: number }): Promise<void> {
  const { run } = at
  if (at.kind === '7z') return unpackWhole(source, { ...at, kind: '7z' })
  const listed =
    at.kind === 'zip'
      ? await listZip(source)
      : at.kind === 'tar'
        ? await listTar(source)
        : { members: [gzipMember(source)], faults: [], close: () => undefined }
  if (at.kind === 'zip' && run.passwords !== undefined && listed.faults.some((one) => one.code === 'archive-encrypted')) {
    listed.close()
    return unpackWhole(source, { ...at, kind: 'zip' })
  }
  run.faults.push(...listed.faults)
  try {
    for (const [index, member] of listed.members.entries()) {
      run.watch?.signal?.throwIfAborted()
      run.watch?.report?.({ step: `unpacking ${source.name}`, done: index, total: listed.members.length, unit: 'members' })
      if (run.files >= limits.archiveMembers) {
        run.faults.push(
          fault(
            'archive-bomb',
            `More than ${limits.archiveMembers} members, with those of inner archives.`,
            { file: source.name },
            'Unpack it yourself and give the folder.',
          ),
        )
        return
      }
      await unpackMember(member, { ...at, source, packing: at.kind })
    }
  } finally {
    listed.close()
  }
}

async function unpackMember(
  member: PackedMember,
  at: { run: Run; inside: string; depth: number; source: ByteSource; packing: ArchiveKind },
): Promise<void> {
  const { run, source } = at
  const path = at.inside + member.path
  const file = nextFile(run)
  const name = `${source.name}/${member.path}`
  try {
    const meter = {
      packed: member.packed,
      allowance: run.allowance,
      ...(member.stated === undefined ? {} : { stated: member.stated }),
      ...(member.crc32 === undefined ? {} : { crc32: member.crc32 }),
    }
    await pipeline(
      Readable.from(metered(await member.open(), meter)),
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
      run.watch?.signal === undefined ? {} : { signal: run.watch.signal },
    )
  } catch (error) {
    await rm(file, { force: true })
    run.watch?.signal?.throwIfAborted()
    if (isDiskError(error)) throw error
    run.faults.push(memberFault(name, error))
    return
  }
  await keepMember({ ...at, path, file, name })
}

/** Archives whose members come out in one go: 7z, and ZIP with a password. */
async function unpackWhole(
  source: ByteSource,
  at: { run: Run; kind: '7z' | 'zip'; inside: string; depth: number },
): Promise<void> {
  const { run } = at
  const unpacked = await unpackSevenZip({
    source,
    kind: at.kind,
    passwords: run.passwords ?? [],
    bytes: run.allowance.archiveBytes - run.allowance.used,
    newFile: () => nextFile(run),
    ...(run.watch === undefined ? {} : { watch: run.watch }),
  })
  run.allowance.used += unpacked.bytes
  run.faults.push(...unpacked.faults)
  for (const { path, file } of unpacked.members)
    await keepMember({ ...at, packing: at.kind, path: at.inside + path, file, name: `${source.name}/${path}` })
}

function nextFile(run: Run): string {
  run.files += 1
  return join(run.directory, String(run.files).padStart(6, '0'))
}

/** Keeps an unpacked file as a member, or opens it when it is an archive itself. */
async function keepMember(at: {
  run: Run
  inside: string
  depth: number
  packing: ArchiveKind
  path: string
  file: string
  name: string
}): Promise<void> {
  const { run, path, file, name } = at
  const unpacked = await fileSource(file, name)
  const inner = archiveKind(await unpacked.slice(0, 512))
  if (
    inner === undefined ||
    /\.(?:docx|xlsx|pptx|odt|ods|odp|jar|apk|epub)$/i.test(path) ||
    (inner === 'zip' && (await isWorkbook(unpacked)))
  ) {
    run.members.push({ path, source: unpacked })
    return
  }
  // A packed tar is one archive, not one inside another.
  if (inner === 'tar' && at.packing === 'gzip') await unpack(unpacked, { run, kind: inner, inside: at.inside, depth: at.depth })
  else if (at.depth >= 1)
    run.faults.push(
      fault(
        'archive-nested',
        'An archive inside an archive inside an archive was not unpacked.',
        { file: name },
        'Unpack it yourself and give its files.',
        1,
      ),
    )
  else await unpack(unpacked, { run, kind: inner, inside: `${path}/`, depth: at.depth + 1 })
  await rm(file, { force: true })
}

/** A workbook under any name. */
async function isWorkbook(source: ByteSource): Promise<boolean> {
  const head = Buffer.from(await source.slice(0, 4_096)).toString('latin1')
  return head.includes('[Content_Types].xml') || head.includes('xl/')
}

/** ZIP, gzip, 7z and tar by their first bytes. */
function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  if (Buffer.from(head.subarray(0, 6)).equals(Buffer.from('377abcaf271c', 'hex'))) return '7z'
  if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) return 'zip'
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  return looksLikeTar(head) ? 'tar' : undefined
}

function gzipMember(source: ByteSource): PackedMember {
  const base = source.name.split(/[\\/]/).at(-1) ?? ''
  const name = memberPath(base.replace(/\.t?gz$/i, '') || 'content')
  return {
    path: name.kind === 'path' ? name.path : 'content',
    packed: source.size,
    open: () => {
      const gunzip = createGunzip()
      const packed = Readable.from(source.stream())
      packed.on('error', (error) => gunzip.destroy(error))
      gunzip.on('close', () => packed.destroy())
      return Promise.resolve(packed.pipe(gunzip))
    },
  }
}

/** Our own disk failing is no property of the evidence. */
function isDiskError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && ['ENOSPC', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT', 'EEXIST', 'ENOENT', 'EIO'].includes(code)
}

function memberFault(name: string, error: unknown): Fault {
  if (!(error instanceof UnpackStopped) || error.reason === 'checksum')
    return fault(
      'archive-member-damaged',
      'The member cannot be unpacked: its data is damaged or cut.',
      { file: name },
      'Get the archive again; the other members were unpacked.',
      1,
    )
  const why = {
    ratio: `it unpacks to more than ${limits.archiveRatio} times its size`,
    archive: `the archive unpacks to more than ${limits.archiveBytes} bytes`,
    stated: 'it is larger than it states',
  }[error.reason]
  return fault(
    'archive-bomb',
    `The member was not unpacked: ${why}.`,
    { file: name },
    'If it is what you expect, unpack it yourself and give the file.',
    1,
  )
}
