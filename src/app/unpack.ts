import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import {
  checkCollection,
  identify,
  oneTable,
  recogniseCollection,
  tableNames,
  unpackArchive,
  type ArchiveKind,
  type Identified,
} from '../formats/index.ts'

/** The archives that are opened; undefined for every other format. */
export function archiveKind(kind: string): ArchiveKind | undefined {
  return kind === 'zip' || kind === 'gzip' || kind === '7z' || kind === 'tar' ? kind : undefined
}

/** Members of an archive, unpacked under `scratch`, and what could not be unpacked. */
export async function* unpackMembers(options: {
  readonly source: ByteSource
  readonly archive: ArchiveKind
  readonly scratch: string
  /** Tried in order on encrypted members; they never stand in a fault or a log. */
  readonly passwords?: readonly string[]
  /** Leaves a collection's own list of hashes alone: it was checked when the archive was taken in. */
  readonly unchecked?: boolean
  readonly watch: Watch
}): AsyncGenerator<{ readonly kind: 'member'; readonly name: string; readonly source: ByteSource } | Fault> {
  const directory = await mkdtemp(join(options.scratch, 'archive-'))
  const { members, faults } = await unpackArchive(options.source, {
    kind: options.archive,
    directory,
    watch: options.watch,
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
  })
  yield* faults
  const collection = recogniseCollection(members)
  if (collection !== undefined && options.unchecked !== true)
    yield* (await checkCollection(collection, members, { watch: options.watch })).faults
  for (const { path, source } of members) yield { kind: 'member', name: path, source }
}

/** A file, or one table of a file that holds several: its sheet or table is the member. */
export async function* tablesOf(piece: {
  readonly source: ByteSource
  readonly identified: Identified
  readonly member?: string
  readonly watch: Watch
}): AsyncGenerator<{ readonly source: ByteSource; readonly member?: string }> {
  const { source, member } = piece
  const names = await tableNames(source, piece.identified.kind, piece.watch)
  if (names.length === 0) yield { source, ...(member === undefined ? {} : { member }) }
  for (const name of names) yield { source: oneTable(source, name), member: member === undefined ? name : `${member}/${name}` }
}

/** One member of an archive, or one sheet or table of a file, for opening a cite. Throws a `UserError` when it is behind a password. */
export async function memberSource(options: {
  readonly source: ByteSource
  readonly member: string
  readonly scratch: string
  readonly passwords?: readonly string[]
}): Promise<ByteSource | undefined> {
  const { source, member } = options
  const { kind } = await identify(source)
  const archive = archiveKind(kind)
  if (archive === undefined) return kind === 'xlsx' || kind === 'sql-dump' ? oneTable(source, member) : undefined
  let holder: ByteSource | undefined
  let encrypted = false
  for await (const one of unpackMembers({ ...options, archive, unchecked: true, watch: {} })) {
    if (one.kind === 'fault') encrypted ||= one.code === 'archive-encrypted'
    if (one.kind !== 'member') continue
    if (one.name === member) return one.source
    if (member.startsWith(`${one.name}/`)) holder = oneTable(one.source, member.slice(one.name.length + 1))
  }
  if (holder === undefined && encrypted)
    throw new UserError({
      code: 'archive-encrypted',
      message: 'The archive is encrypted, and no password kept for this case opens it.',
      hint: 'Investigate again with --password-file; the password then stays with your keys.',
    })
  return holder
}
