import { existsSync } from 'node:fs'
import { fileSource, UserError, type ByteSource } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { acquisitionOf, type AcquiredAs, type Acquisition, type AcquisitionKnown, type Exhibit } from './exhibit.ts'
import { copyPath } from './vault.ts'

/** Where a case keeps its evidence: the open `case.db` and the folder of its copies. */
export interface EvidenceStore {
  readonly db: Db
  /** The case's `evidence/` folder. Nobody outside this room opens anything in it. */
  readonly directory: string
}

/** All exhibits of the case in order of number. */
export function exhibits(db: Db): readonly Exhibit[] {
  return db.all<ExhibitRow>(`SELECT ${columns} FROM exhibits ORDER BY number`).map((row) => exhibitOf(db, row))
}

/** The exhibit with this number (`E3`) or SHA-256; undefined when the case has none. */
export function exhibit(db: Db, name: string): Exhibit | undefined {
  const number = /^E(\d{1,9})$/i.exec(name)?.[1]
  const row =
    number === undefined
      ? db.get<ExhibitRow>(`SELECT ${columns} FROM exhibits WHERE sha256 = ?`, name.toLowerCase())
      : db.get<ExhibitRow>(`SELECT ${columns} FROM exhibits WHERE number = ?`, Number(number))
  return row === undefined ? undefined : exhibitOf(db, row)
}

/**
 * The bytes of an exhibit: the case's copy, else the referenced original at the first path that still has its size.
 * Throws a UserError when neither can be opened. The bytes are not hashed on the way: `verify` does that.
 */
export async function openExhibit(store: EvidenceStore, one: Exhibit): Promise<ByteSource> {
  const copy = copyPath(store.directory, one.sha256)
  if (one.mode === 'copied' && existsSync(copy)) return fileSource(copy, one.name)
  for (const path of referencedPaths(one)) {
    if (!existsSync(path)) continue
    const source = await fileSource(path, one.name)
    if (source.size === one.size) return source
  }
  throw new UserError({
    code: 'exhibit-unavailable',
    message: `The bytes of ${one.number} are not where the case file says.`,
    hint:
      one.mode === 'copied'
        ? 'Run `breachline verify` on the case; adding the same file again restores the copy.'
        : 'Bring the referenced file back to its place unchanged, or add it again from where it is now.',
  })
}

/** The distinct paths at which an exhibit's original was referenced, first one first. */
export function referencedPaths(one: Exhibit): readonly string[] {
  return [...new Set(one.acquisitions.flatMap((acquired) => (acquired.path === undefined ? [] : [acquired.path])))]
}

const columns = 'number, sha256, size, name, kind, role'

interface ExhibitRow {
  readonly number: number
  readonly sha256: string
  readonly size: number
  readonly name: string
  readonly kind: string
  readonly role: string
}

/** One row of the table of acquisitions. */
export interface AcquisitionRow {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly role: string
  readonly mode: 'copied' | 'referenced'
  readonly path: string | null
  readonly record: string
}

/** The acquisition a row holds; a record that was tampered with past reading shows as unknown, and `verify` names it. */
export function acquiredOf(row: AcquisitionRow): AcquiredAs {
  return {
    ...recordOf(row.record),
    name: row.name,
    role: row.role,
    mode: row.mode,
    ...(row.path === null ? {} : { path: row.path }),
  }
}

function recordOf(json: string): Acquisition {
  try {
    const known = JSON.parse(json) as AcquisitionKnown | null
    return { ...acquisitionOf({}), ...known, how: { ...acquisitionOf({}).how, ...known?.how } }
  } catch {
    return acquisitionOf({})
  }
}

function exhibitOf(db: Db, row: ExhibitRow): Exhibit {
  const acquisitions = db
    .all<AcquisitionRow>(
      'SELECT id, sha256, name, role, mode, path, record FROM acquisitions WHERE sha256 = ? ORDER BY seq',
      row.sha256,
    )
    .map(acquiredOf)
  return {
    number: `E${row.number}`,
    sha256: row.sha256,
    size: row.size,
    name: row.name,
    kind: row.kind,
    role: row.role,
    mode: acquisitions.some((acquired) => acquired.mode === 'copied') ? 'copied' : 'referenced',
    acquisitions,
  }
}
