import { fault, limits, type ByteSource, type Fault } from '../../base/index.ts'
import { memberPath } from '../archive/entry-name.ts'
import type { PackedMember } from '../archive/list-zip.ts'
import { blockBytes, readPax, readTarHeader, type TarHeader } from './tar-header.ts'

/** Bytes of a pax header or a long name that are read. */
const extraBytes = 1024 * 1024

/**
 * The members of a tar archive (ustar, pax, GNU), by its headers, before anything is written. Links, devices, sparse files
 * and paths that lead out of the archive are faults; folders are left out.
 */
export async function listTar(source: ByteSource): Promise<{ members: PackedMember[]; faults: Fault[]; close(): void }> {
  const members: PackedMember[] = []
  const faults: Fault[] = []
  const done = { members, faults, close: () => undefined }
  let said: { path?: string; size?: number } = {}
  let n = 0
  for (let at = 0; at + blockBytes <= source.size;) {
    const block = Buffer.from(await source.slice(at, at + blockBytes))
    // Two empty blocks end the archive; what pads it behind them is no member.
    if (block.every((byte) => byte === 0)) return done
    const header = readTarHeader(block)
    if (header === undefined) return { ...done, faults: [...faults, damaged(source, at)] }
    n += 1
    const from = at + blockBytes
    const size =
      header.type === 'x' || header.type === 'L' || header.type === 'K' || header.type === 'g'
        ? header.size
        : (said.size ?? header.size)
    const to = from + size
    if (to > source.size) return { ...done, faults: [...faults, damaged(source, at)] }
    at = from + Math.ceil(size / blockBytes) * blockBytes
    if (header.type === 'x' || header.type === 'L') {
      const bytes = Buffer.from(await source.slice(from, Math.min(to, from + extraBytes)))
      said =
        header.type === 'x' ? { ...said, ...readPax(bytes) } : { ...said, path: bytes.toString('utf8').replace(/\0.*$/s, '') }
      continue
    }
    if (header.type === 'g' || header.type === 'K') continue
    const read = entryOf({ ...header, name: said.path ?? header.name, size }, { source, from, n })
    said = {}
    if (read === undefined) continue
    if ('kind' in read) faults.push(read)
    else members.push(read)
    if (members.length > limits.archiveMembers) return { ...done, members: [], faults: [...faults, tooMany(source)] }
  }
  return done
}

function entryOf(header: TarHeader, of: { source: ByteSource; from: number; n: number }): PackedMember | Fault | undefined {
  const { source, from, n } = of
  const where = { file: source.name, record: n }
  if (header.type === '5' || (header.name.endsWith('/') && header.size === 0)) return undefined
  if (header.type === '1' || header.type === '2')
    return fault('archive-link', 'A member was not unpacked: it is a link.', where, 'Give the file it points to.', 1)
  if (header.type !== '0' && header.type !== '7')
    return fault(
      'archive-link',
      'A member was not unpacked: it is no plain file.',
      where,
      'Unpack it yourself if you need it.',
      1,
    )
  // `./` in front is how tar writes names of the folder it stands in.
  const read = memberPath(header.name.replace(/^(?:\.\/)+/, ''))
  if (read.kind === 'unsafe')
    return fault(
      'archive-path-unsafe',
      `A member was not unpacked: ${read.why}.`,
      where,
      'Ask who made the archive; unpack it by hand in a safe place if you need the member.',
      1,
    )
  const to = from + header.size
  return { path: read.path, packed: header.size, stated: header.size, open: () => Promise.resolve(pieces(source, from, to)) }
}

async function* pieces(source: ByteSource, start: number, end: number): AsyncIterable<Uint8Array> {
  for (let at = start; at < end; at += 1024 * 1024) yield await source.slice(at, Math.min(end, at + 1024 * 1024))
}

function damaged(source: ByteSource, offset: number): Fault {
  return fault(
    'archive-damaged',
    'The archive is cut or damaged: no member can be told from here on.',
    { file: source.name, offset },
    'Get the archive again; the members before were kept.',
  )
}

function tooMany(source: ByteSource): Fault {
  return fault(
    'archive-bomb',
    `The archive was not unpacked: more than ${limits.archiveMembers} members.`,
    { file: source.name },
    'If it is what you expect, unpack it yourself and give the folder.',
  )
}
