import { statSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fault, fileSource, sha256Of, UserError, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import { identify, type Identified } from '../formats/index.ts'
import { readCaseFolder, type GivenFile } from './case-folder.ts'
import type { CaseSettings, FileRule, Role } from './case-settings.ts'
import type { Item } from './items.ts'
import { lawfulFault } from './lawful-gate.ts'
import { archiveKind, tablesOf, unpackMembers } from './unpack.ts'

/** A file that the command at hand does not read, and what it is. */
export interface Skipped {
  readonly kind: 'skipped'
  readonly file: string
  readonly seen: string
}

/** Files given to a command that stores nothing: cites are the path as given and the hash. */
export interface LooseFiles {
  /** Settings of the folders given (`breachline-case.toml`), later folders over earlier ones. */
  readonly settings: NonNullable<CaseSettings['case']>
  readonly count: number
  /** Of all files as they lie on disk. */
  readonly bytes: number
  /** Items, skipped files and faults in order of path; archives are opened, one level deep. Bytes are hashed on the way. */
  items(): AsyncGenerator<Item | Skipped | Fault>
  /** Removes what was unpacked. */
  release(): Promise<void>
}

/** Which part a file plays in the command; undefined = not read. `named`: given by itself, not found in a folder. */
export type RoleChooser = (identified: Identified, rule: Partial<FileRule>, named?: boolean) => Role | undefined

/**
 * Lists the files under `paths`. A file named by itself that the command cannot read is a fault; one found in a folder is skipped.
 * Throws a `UserError` for a path that does not exist or cannot be read.
 */
export async function looseFiles(options: {
  readonly paths: readonly string[]
  readonly role: RoleChooser
  /** For encrypted archives, tried in order. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}): Promise<LooseFiles> {
  const files: (GivenFile & { readonly named: boolean })[] = []
  const faults: Fault[] = []
  let settings: NonNullable<CaseSettings['case']> = {}
  for (const given of options.paths) {
    const folder = await readCaseFolder([given]).catch(unreadable(given))
    const named = !(await stat(given)).isDirectory()
    settings = { ...settings, ...folder.settings.case }
    faults.push(...folder.faults.filter((one) => one.code !== 'rule-without-file'))
    for (const file of folder.files) files.push({ ...file, named, name: named ? given : join(given, file.name) })
  }
  const unique = [...new Map(files.map((file) => [file.path, file])).values()]
  unique.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const scratch = await mkdtemp(join(tmpdir(), 'breachline-'))
  return {
    settings,
    count: unique.length,
    bytes: unique.reduce((sum, file) => sum + (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0), 0),
    items: () => read(unique),
    release: () => rm(scratch, { recursive: true, force: true }),
  }

  async function* read(given: typeof unique): AsyncGenerator<Item | Skipped | Fault> {
    yield* faults
    for (const file of given) {
      options.watch.signal?.throwIfAborted()
      const source = await fileSource(file.path, file.name)
      const identified = await identify(source).catch(unreadable(file.name))
      const archive = archiveKind(identified.kind)
      if (archive === undefined) {
        yield* place({ file, source, identified, sha256: () => sha256Of(source) })
        continue
      }
      const sha256 = await sha256Of(source)
      const { passwords, watch } = options
      for await (const member of unpackMembers({
        source,
        archive,
        scratch,
        watch,
        ...(passwords === undefined ? {} : { passwords }),
      })) {
        if (member.kind === 'fault') yield member
        else
          yield* place({
            file,
            member: member.name,
            source: member.source,
            identified: await identify(member.source),
            sha256: () => Promise.resolve(sha256),
          })
      }
    }
  }

  async function* place(piece: {
    readonly file: (typeof unique)[number]
    readonly member?: string
    readonly source: ByteSource
    readonly identified: Identified
    readonly sha256: () => Promise<string>
  }): AsyncGenerator<Item | Skipped | Fault> {
    const { file, member, source, identified } = piece
    const name = member === undefined ? file.name : `${file.name}/${member}`
    const role = options.role(identified, file.rule, file.named)
    if (role === undefined) {
      if (!file.named) {
        yield { kind: 'skipped', file: name, seen: identified.seen }
        return
      }
      const todo = identified.todo ?? 'give a file of the kind this command reads (see --help)'
      yield fault('not-read', `not read: ${identified.seen}`, { file: name }, todo)
      return
    }
    const refused = await lawfulFault({ source, identified, name, role, rule: file.rule })
    if (refused !== undefined) {
      yield refused
      return
    }
    const same = { sha256: await piece.sha256(), file: file.name, identified, role, guessed: false, rule: file.rule }
    // A sample may be any table of its file; of a copy, the longest table is it.
    if (role !== 'sample') yield { ...same, ...(member === undefined ? {} : { member }), source }
    else for await (const table of tablesOf({ ...piece, watch: options.watch })) yield { ...same, ...table }
  }
}

/** All items at once, for commands that join them, with the faults met; a `UserError` when nothing is left to read. */
export async function collectLoose(files: LooseFiles, what: string): Promise<{ items: Item[]; faults: Fault[] }> {
  const items: Item[] = []
  const faults: Fault[] = []
  for await (const one of files.items()) {
    if (!('kind' in one)) items.push(one)
    else if (one.kind === 'fault') faults.push(one)
  }
  if (items.length === 0)
    throw new UserError({
      code: 'nothing-to-read',
      message: `no ${what} among the files given${faults[0] === undefined ? '' : `: ${basename(faults[0].where.file)}: ${faults[0].what}`}`,
      hint: faults[0]?.todo ?? 'check the path; "breachline COMMAND --help" says what is read',
    })
  return { items, faults }
}

/** A `catch` that names the file which may not be read; other errors pass. */
function unreadable(name: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new UserError({
      code: 'path-unreadable',
      message: `${name} cannot be read: permission denied`,
      hint: 'let this user read it, or run as one who may',
      exitCode: 4,
      cause: error,
    })
  }
}
