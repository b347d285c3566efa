import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileSource, sha256, sha256Of, UserError, type ByteSource } from '../src/base/index.ts'
import { identify, unpackArchive, type FormatKind } from '../src/formats/index.ts'
import { readCaseRules, settingsName, type CaseRules, type FileSettings } from './case-rules.ts'

/** Logs of a folder; Windows event logs alone; a generated case; or nothing, when the run makes its own. */
export type Needs = 'logs' | 'evtx' | 'case' | 'nothing'

/** A file that is read. `path` is where its bytes are, `name` what it is called in the corpus (`archive.zip/member.json`). */
export interface CorpusFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly kind: FormatKind
  readonly settings: FileSettings
}

/** The files a measure reads, in the order of their names. */
export interface Corpus {
  readonly folder: string
  readonly files: readonly CorpusFile[]
  readonly bytes: number
  /** Files and members of archives that the measure does not read, and faults met while unpacking. */
  readonly leftOut: number
  readonly unpackFaults: number
  /** SHA-256 of the files' hashes, sorted, one per line: what `sha256sum | cut -c1-64 | sort | sha256sum` gives. */
  readonly sha256: string
  readonly country: string
  readonly zone: string
}

/**
 * The files of a folder that a measure reads. Archives are unpacked under `scratch` first, outside every timing.
 * A drill's folder (`case/` with its settings inside) is read with those settings. Throws a `UserError` when nothing is left.
 */
export async function openCorpus(options: {
  readonly folder: string
  readonly label?: string
  readonly needs: Needs
  readonly scratch: string
}): Promise<Corpus> {
  const given = resolve(options.folder)
  if (!existsSync(given))
    throw new UserError({
      code: 'no-such-path',
      message: `${options.folder} does not exist`,
      hint: 'give a folder with --corpus',
    })
  const inner = join(given, 'case')
  const root = existsSync(join(inner, settingsName)) ? inner : given
  const rules = await readCaseRules(root)
  const files: CorpusFile[] = []
  let leftOut = 0
  let unpackFaults = 0
  for (const name of (await filesUnder(root)).filter((one) => one !== settingsName)) {
    const path = join(root, name)
    const { found, faults } = await pieces({ source: await fileSource(path, name), path, scratch: options.scratch })
    unpackFaults += faults
    for (const piece of found) {
      const file = await corpusFile({ ...piece, rules })
      if (isRead(file, options.needs)) files.push(file)
      else leftOut += 1
    }
  }
  if (files.length === 0)
    throw new UserError({
      code: 'nothing-to-read',
      message: `${options.folder} holds nothing that this measure reads`,
      hint: 'docs/measuring.md says what each measure reads',
    })
  return {
    folder: options.label ?? options.folder,
    files,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    leftOut,
    unpackFaults,
    sha256: digest(files),
    country: rules.country,
    zone: rules.zone,
  }
}

function digest(files: readonly CorpusFile[]): string {
  return sha256(
    files
      .map((file) => `${file.sha256}\n`)
      .sort()
      .join(''),
  )
}

async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

interface Piece {
  readonly path: string
  readonly source: ByteSource
}

async function pieces({
  source,
  path,
  scratch,
}: Piece & { readonly scratch: string }): Promise<{ readonly found: readonly Piece[]; readonly faults: number }> {
  const { kind } = await identify(source)
  if (kind !== 'zip' && kind !== 'gzip') return { found: [{ path, source }], faults: 0 }
  const directory = join(scratch, sha256(source.name))
  await mkdir(directory, { recursive: true })
  const { members, faults } = await unpackArchive(source, { kind, directory })
  const found: Piece[] = []
  for (const [index, member] of members.entries()) {
    const at = join(directory, `member-${index}`)
    await pipeline(member.source.stream(), createWriteStream(at))
    found.push({ path: at, source: await fileSource(at, `${source.name}/${member.path}`) })
  }
  return { found, faults: faults.length }
}

async function corpusFile({ path, source, rules }: Piece & { readonly rules: CaseRules }): Promise<CorpusFile> {
  return {
    path,
    name: source.name,
    bytes: source.size,
    sha256: await sha256Of(source),
    kind: (await identify(source)).kind,
    settings: rules.of(source.name),
  }
}

const logs: ReadonlySet<FormatKind> = new Set(['evtx', 'jsonl', 'access-log', 'pgaudit'])

function isRead(file: CorpusFile, needs: Needs): boolean {
  const { role } = file.settings
  switch (needs) {
    case 'evtx':
      return file.kind === 'evtx'
    case 'logs':
      return logs.has(file.kind) && (role === undefined || role === 'logs' || (role === 'audit' && file.kind === 'pgaudit'))
    case 'case':
    case 'nothing':
      return role !== undefined
  }
}
