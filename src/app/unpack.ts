import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { ByteSource, Fault, Watch } from '../base/index.ts'
import { identify, unpackArchive, type ArchiveKind } from '../formats/index.ts'

/** The archives that are opened; undefined for every other format. */
export function archiveKind(kind: string): ArchiveKind | undefined {
  return kind === 'zip' || kind === 'gzip' ? kind : undefined
}

/** Members of an archive, unpacked under `scratch`, and what could not be unpacked. */
export async function* unpackMembers(options: {
  readonly source: ByteSource
  readonly archive: ArchiveKind
  readonly scratch: string
  readonly watch: Watch
}): AsyncGenerator<{ readonly kind: 'member'; readonly name: string; readonly source: ByteSource } | Fault> {
  const directory = await mkdtemp(join(options.scratch, 'archive-'))
  const { members, faults } = await unpackArchive(options.source, { kind: options.archive, directory, watch: options.watch })
  yield* faults
  for (const { path, source } of members) yield { kind: 'member', name: path, source }
}

/** One member of an archive, for opening a cite. */
export async function memberSource(options: {
  readonly source: ByteSource
  readonly member: string
  readonly scratch: string
}): Promise<ByteSource | undefined> {
  const archive = archiveKind((await identify(options.source)).kind)
  if (archive === undefined) return undefined
  for await (const one of unpackMembers({ ...options, archive, watch: {} }))
    if (one.kind === 'member' && one.name === options.member) return one.source
  return undefined
}
