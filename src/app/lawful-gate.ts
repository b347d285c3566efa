import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fault, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import { lawfulReasons, lawfulTrace } from '../disclosure/index.ts'
import { identify, recordFormatOf, type Identified } from '../formats/index.ts'
import type { FileRule, Role } from './case-settings.ts'
import { archiveKind, unpackMembers } from './unpack.ts'

/** Roles that tell of interception without being its log: posts and articles, pictures, the estate. */
const telling: ReadonlySet<Role> = new Set<Role>(['claim', 'screenshot', 'inventory'])

const todo =
  'give it to the disclosure desk (docs/disclosure-desk.md); nothing of it was kept. If it is no such log, give it again without the columns or lines named'

/**
 * A file of lawful interception or lawful disclosure is refused in an ordinary workspace: the fault to tell, or undefined. It names what the file was told by,
 * never what stands in its rows.
 */
export async function lawfulFault(piece: {
  readonly source: ByteSource
  readonly identified: Identified
  readonly name: string
  readonly role?: Role
  readonly rule?: Partial<FileRule>
}): Promise<Fault | undefined> {
  const { source, identified, role } = piece
  if (role !== undefined && telling.has(role)) return undefined
  if (archiveKind(identified.kind) !== undefined) return undefined
  const format = recordFormatOf(identified.kind)
  const map = piece.rule?.map
  const trace =
    (await lawfulTrace(source, { kind: identified.kind, ...(format === undefined ? {} : { format }) })) ??
    (role === 'explain'
      ? await lawfulReasons(source, { format: format ?? 'csv', ...(map === undefined ? {} : { map }) })
      : undefined)
  if (trace === undefined) return undefined
  const what = `refused: ${kinds[trace.kind]}, by ${trace.seen}.`
  return fault('lawful-disclosure-refused', what, { file: piece.name }, todo)
}

const kinds = {
  provisioning: 'a log of lawful interception',
  delivery: 'intercepted records',
  'order-register': 'a register of orders or warrants',
  'order-reasons': 'reasons that are lawful orders',
} as const

/** The same for an archive, before it is kept: one such member refuses the whole. What cannot be unpacked yet is looked at when it is read. */
export async function lawfulMember(archive: {
  readonly source: ByteSource
  readonly identified: Identified
  readonly name: string
  readonly role?: Role
  readonly rule?: Partial<FileRule>
  readonly watch: Watch
}): Promise<Fault | undefined> {
  const kind = archiveKind(archive.identified.kind)
  if (kind === undefined) return undefined
  const scratch = await mkdtemp(join(tmpdir(), 'breachline-'))
  try {
    for await (const member of unpackMembers({ ...archive, archive: kind, scratch, unchecked: true })) {
      if (member.kind === 'fault') continue
      const identified = await identify(member.source)
      const found = await lawfulFault({ ...archive, source: member.source, identified, name: `${archive.name}/${member.name}` })
      if (found !== undefined) return found
    }
    return undefined
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
