import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fault, fileSource, invariant, UserError, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import { addExhibit, exhibit, openExhibit, type Cite, type Signer } from '../evidence/index.ts'
import { identify, type FormatKind, type Identified } from '../formats/index.ts'
import type { CaseFolder, GivenFile } from './case-folder.ts'
import type { FileRule, Role } from './case-settings.ts'
import type { CaseStore } from './case-store.ts'
import { faultOf } from './fault-of.ts'
import { lawfulFault, lawfulMember } from './lawful-gate.ts'
import { archiveKind, tablesOf, unpackMembers } from './unpack.ts'

/** A piece of evidence with its part in the investigation. */
export interface Item {
  /** Hash of the exhibit; of the archive for a member. */
  readonly sha256: string
  /** Path of the file as given. */
  readonly file: string
  readonly member?: string
  readonly source: ByteSource
  readonly identified: Identified
  readonly role: Role
  /** True when nobody said what this table is and it is read as a sample. */
  readonly guessed: boolean
  readonly rule: Partial<FileRule>
}

/** Items of an investigation, and the folder of unpacked members to be removed afterwards. */
export interface Items {
  readonly items: readonly Item[]
  readonly faults: readonly Fault[]
  release(): Promise<void>
}

/** Roles whose files hold customers' records in bulk: the case keeps their hash and path, never a second copy. */
const referencedRoles: ReadonlySet<Role> = new Set<Role>(['copy', 'leak', 'table'])

/** Files above this are referenced, not copied. */
const copyBytes = 2 * 1024 ** 3

const roleByFormat: Partial<Record<FormatKind, Role>> = {
  telegram: 'claim',
  html: 'claim',
  markdown: 'claim',
  text: 'claim',
  png: 'screenshot',
  jpeg: 'screenshot',
  webp: 'screenshot',
  gif: 'screenshot',
  evtx: 'logs',
  jsonl: 'logs',
  'access-log': 'logs',
  log: 'logs',
  pgaudit: 'audit',
  csv: 'sample',
  'sql-dump': 'sample',
  xlsx: 'sample',
  parquet: 'sample',
  credentials: 'sample',
  'record-text': 'sample',
}

interface Intake {
  readonly store: CaseStore
  readonly signer: Signer
  readonly now: string
  readonly version: string
  /** True: the case keeps hash and path only, whatever the role. */
  readonly reference?: boolean
  readonly watch: Watch
}

/**
 * Takes every file into the case as an exhibit, and keeps what was said about it, so that the case can be analysed again.
 * A file that cannot be read is a fault; the others are taken in.
 */
export async function takeIn(options: Intake & { readonly folder: CaseFolder }): Promise<readonly Fault[]> {
  const { folder, watch } = options
  const faults: Fault[] = [...folder.faults]
  for (const [index, file] of folder.files.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'taking in evidence', done: index + 1, total: folder.files.length, unit: 'files' })
    try {
      faults.push(...(await takeInFile(file, options)))
    } catch (error) {
      watch.signal?.throwIfAborted()
      faults.push(faultOf(error, { file: file.name, path: file.path }))
    }
  }
  return faults
}

async function takeInFile(file: GivenFile, intake: Intake): Promise<readonly Fault[]> {
  const { store, signer, now, version, watch, reference = false } = intake
  const source = await fileSource(file.path, file.name)
  const identified = await identify(source)
  const role = roleOf(file, identified)?.role
  const piece = { source, identified, name: file.name, rule: file.rule, ...(role === undefined ? {} : { role }) }
  const refused = (await lawfulFault(piece)) ?? (source.size > copyBytes ? undefined : await lawfulMember({ ...piece, watch }))
  if (refused !== undefined) return [refused]
  const added = await addExhibit(store, {
    file: file.path,
    name: file.name,
    kind: identified.kind,
    role: role ?? 'unassigned',
    mode: reference || (role !== undefined && referencedRoles.has(role)) || source.size > copyBytes ? 'referenced' : 'copied',
    acquisition: { by: signer.name, when: now, from: file.path, how: { tool: 'breachline', version, method: 'file' } },
    by: signer,
    at: now,
    once: true,
    watch,
  })
  store.keepGiven({ sha256: added.exhibit.sha256, name: file.name, rule: file.rule, at: now })
  return added.faults
}

/** Every item of the case, in order of name, from the case's own evidence; archives are opened, one level deep. */
export async function openItems(options: {
  readonly store: CaseStore
  readonly scratch: string
  /** For encrypted archives, tried in order. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}): Promise<Items> {
  const { store, watch } = options
  const passwords = options.passwords === undefined ? {} : { passwords: options.passwords }
  const faults: Fault[] = []
  const items: Item[] = []
  await mkdir(options.scratch, { recursive: true, mode: 0o700 })
  const scratch = await mkdtemp(join(options.scratch, 'members-'))
  const release = (): Promise<void> => rm(scratch, { recursive: true, force: true })
  const place = async (piece: {
    sha256: string
    file: string
    member?: string
    source: ByteSource
    rule: Partial<FileRule>
  }): Promise<void> => {
    const identified = await identify(piece.source)
    const name = piece.member ?? piece.file
    const role = roleOf({ name, rule: piece.rule }, identified)
    const refused =
      piece.member === undefined ? undefined : await lawfulFault({ ...piece, identified, name: `${piece.file}/${name}`, ...role })
    if (refused !== undefined) {
      faults.push(refused)
      return
    }
    if (role?.role === 'sample')
      for await (const table of tablesOf({ ...piece, identified, watch })) items.push({ ...piece, ...table, ...role, identified })
    else if (role !== undefined) items.push({ ...piece, ...role, identified })
    else {
      const where = { file: piece.member === undefined ? piece.file : `${piece.file}/${piece.member}` }
      const todo = identified.todo ?? 'say what it is for with --role GLOB=ROLE, or leave it out'
      faults.push(fault('not-read', `not read: ${identified.seen}`, where, todo))
    }
  }
  try {
    for (const given of store.given()) {
      watch.signal?.throwIfAborted()
      const one = exhibit(store.db, given.sha256)
      invariant(one !== undefined, 'what was given is an exhibit')
      let source: ByteSource
      try {
        source = await openExhibit(store, one)
      } catch (error) {
        faults.push(faultOf(error, { file: given.name }))
        continue
      }
      const archive = archiveKind(one.kind)
      if (archive === undefined) await place({ sha256: given.sha256, file: given.name, source, rule: given.rule })
      else
        for await (const member of unpackMembers({ source, archive, scratch, watch, ...passwords })) {
          if (member.kind === 'fault') faults.push(member)
          else
            await place({ sha256: given.sha256, file: given.name, member: member.name, source: member.source, rule: given.rule })
        }
    }
  } catch (error) {
    await release()
    throw error
  }
  return { items, faults, release }
}

function roleOf(file: Pick<GivenFile, 'name' | 'rule'>, identified: Identified): { role: Role; guessed: boolean } | undefined {
  if (file.rule.role !== undefined) return { role: file.rule.role, guessed: false }
  if (/(^|\/)inventory\.toml$/.test(file.name)) return { role: 'inventory', guessed: false }
  // A history without times is no log: the queries in it are read.
  if (identified.history !== undefined && identified.kind === 'text') return { role: 'left-behind', guessed: false }
  if (identified.claim === true) return { role: 'claim', guessed: false }
  const role = roleByFormat[identified.kind]
  return role === undefined ? undefined : { role, guessed: role === 'sample' }
}

/** Where an item stands: its exhibit, and the member inside it. */
export function placeOfItem(item: Pick<Item, 'sha256' | 'file' | 'member'>): { sha256: string; file: string; member?: string } {
  return { sha256: item.sha256, file: item.file, ...(item.member === undefined ? {} : { member: item.member }) }
}

/** A cite of a whole item. */
export function wholeCite(item: Item): Cite {
  return { kind: 'exhibit', ...placeOfItem(item), at: { kind: 'whole' } }
}

/** Items of a role, in order of name. */
export function itemsOf(items: readonly Item[], ...roles: readonly Role[]): Item[] {
  return items.filter((item) => roles.includes(item.role))
}

/** The name of an item in messages: its file, and the member when it comes from an archive. */
export function itemName(item: Pick<Item, 'file' | 'member'>): string {
  return item.member === undefined ? item.file : `${item.file}/${item.member}`
}

/** All bytes of a small item; a `UserError` above the limit. */
export async function wholeBytes(source: ByteSource, most: number): Promise<Uint8Array> {
  if (source.size > most)
    throw new UserError({
      code: 'file-too-large',
      message: `${source.name} has ${source.size} bytes, more than ${most}`,
      hint: 'give a smaller file',
    })
  return source.slice(0, source.size)
}
