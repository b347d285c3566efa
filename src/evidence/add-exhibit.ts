import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  canonicalJson,
  fault,
  fileSource,
  invariant,
  sha256,
  UserError,
  type ByteSource,
  type Fault,
  type Watch,
} from '../base/index.ts'
import { blockBytes, hashBlocks, type BlockHashes } from './block-hash.ts'
import { appendCustody } from './custody.ts'
import {
  acquisitionId,
  acquisitionOf,
  type AcquiredAs,
  type AcquisitionKnown,
  type Exhibit,
  type ExhibitMode,
} from './exhibit.ts'
import { exhibit, type EvidenceStore } from './exhibits.ts'
import type { Signer } from './signing-key.ts'
import { storeCopy } from './vault.ts'

export interface NewExhibit {
  /** Path of a file, or bytes with a name (those can only be copied). */
  readonly file: string | ByteSource
  /** Name in messages and cites; the path or the source's name when absent. */
  readonly name?: string
  /** Format, by content. */
  readonly kind: string
  readonly role: string
  readonly mode: ExhibitMode
  readonly acquisition: AcquisitionKnown
  /** Who adds it; signs the custody entry. */
  readonly by: Signer
  /** Now, ISO 8601 UTC. */
  readonly at: string
  /** The same bytes in the same role from the same place are not recorded again, whatever the time: for runs that are resumed. */
  readonly once?: boolean
  readonly watch?: Watch
}

export interface AddedExhibit {
  readonly exhibit: Exhibit
  /** `new`, `again` (known bytes, a further acquisition recorded), `known` (nothing recorded). */
  readonly outcome: 'new' | 'again' | 'known'
  /** The hash told by the source differs, or the file changed while it was read. */
  readonly faults: readonly Fault[]
}

/**
 * Takes a file into the case: hashes it, copies or references it, and records acquisition and custody in one transaction.
 * The same bytes are one exhibit however often they come; every differing acquisition is kept. Killed at any moment, the case
 * either has the exhibit or does not. Throws a UserError when the file cannot be read.
 */
export async function addExhibit(store: EvidenceStore, options: NewExhibit): Promise<AddedExhibit> {
  const path = typeof options.file === 'string' ? resolve(options.file) : undefined
  invariant(path !== undefined || options.mode === 'copied', 'only files can be referenced')
  const { source, changed } = await openFile(options.file)
  const hashes =
    options.mode === 'copied'
      ? await storeCopy(store.directory, source, options.watch)
      : await hashBlocks(source, { step: 'hashing evidence', ...(options.watch === undefined ? {} : { watch: options.watch }) })
  const acquired: AcquiredAs = {
    ...acquisitionOf(options.acquisition),
    name: (options.name ?? source.name).toWellFormed(),
    role: options.role,
    mode: options.mode,
    ...(options.mode === 'referenced' && path !== undefined ? { path } : {}),
  }
  const faults = acquisitionFaults({ acquired, hash: hashes.sha256, changed: await changed() })
  const outcome = store.db.transaction(() => record(store, { options, hashes, acquired }))
  const added = exhibit(store.db, hashes.sha256)
  invariant(added !== undefined, 'an exhibit just recorded is there')
  return { exhibit: added, outcome, faults }
}

interface Recorded {
  readonly options: NewExhibit
  readonly hashes: BlockHashes & { readonly outcome?: string }
  readonly acquired: AcquiredAs
}

function record({ db }: EvidenceStore, { options, hashes, acquired: now }: Recorded): AddedExhibit['outcome'] {
  const known = exhibit(db, hashes.sha256)
  const restored = hashes.outcome === 'restored'
  const before = known?.acquisitions.find(
    (one) =>
      acquisitionId(hashes.sha256, one) === acquisitionId(hashes.sha256, now) || (options.once === true && sameButTime(one, now)),
  )
  if (before !== undefined && !restored) return 'known'
  // A restored copy is told of in the chain, under the acquisition that stands on record.
  const acquired = before ?? now
  const id = acquisitionId(hashes.sha256, acquired)
  if (known === undefined) insertExhibit(db, { hashes, acquired, kind: options.kind })
  if (before === undefined) insertAcquisition(db, { id, hash: hashes.sha256, acquired })
  const number = known?.number ?? exhibit(db, hashes.sha256)?.number
  const { name, role, mode, path, ...how } = acquired
  appendCustody(db, {
    at: options.at,
    act: known === undefined ? 'exhibit-acquired' : 'exhibit-acquired-again',
    ...(number === undefined ? {} : { exhibit: number }),
    by: [options.by],
    detail: {
      acquisitionId: id,
      sha256: hashes.sha256,
      size: hashes.size,
      blocks: sha256(hashes.blocks),
      kind: known?.kind ?? options.kind,
      name,
      role,
      mode,
      path,
      acquisition: { ...how, how: { ...how.how } },
      ...(restored ? { restored: true } : {}),
    },
  })
  return known === undefined ? 'new' : 'again'
}

function insertExhibit(
  db: EvidenceStore['db'],
  { hashes, acquired, kind }: { hashes: BlockHashes; acquired: AcquiredAs; kind: string },
): void {
  db.run(
    `INSERT INTO exhibits (number, sha256, size, name, kind, role, block_bytes, blocks)
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM exhibits), ?, ?, ?, ?, ?, ?, ?)`,
    hashes.sha256,
    hashes.size,
    acquired.name,
    kind,
    acquired.role,
    blockBytes,
    hashes.blocks,
  )
}

function insertAcquisition(
  db: EvidenceStore['db'],
  { id, hash, acquired }: { id: string; hash: string; acquired: AcquiredAs },
): void {
  const { name, role, mode, path, ...how } = acquired
  db.run(
    'INSERT INTO acquisitions (id, sha256, name, role, mode, path, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    hash,
    name,
    role,
    mode,
    path ?? null,
    canonicalJson({ ...how, how: { ...how.how } }),
  )
}

/** Same place, person, method, role, mode and name; times and offsets left aside. */
function sameButTime(a: AcquiredAs, b: AcquiredAs): boolean {
  const key = (one: AcquiredAs): string => canonicalJson({ ...one, how: { ...one.how }, when: '', clockOffset: '' })
  return key(a) === key(b)
}

function acquisitionFaults(options: { acquired: AcquiredAs; hash: string; changed: boolean }): readonly Fault[] {
  const where = { file: options.acquired.name }
  const faults: Fault[] = []
  if (options.acquired.hashAtSource !== 'unknown' && options.acquired.hashAtSource !== options.hash)
    faults.push(
      fault(
        'hash-at-source-differs',
        'the SHA-256 told by the source is not the SHA-256 of these bytes',
        where,
        'ask the source for the file again and compare; until then treat the exhibit as altered on the way',
      ),
    )
  if (options.changed)
    faults.push(
      fault(
        'changed-while-reading',
        'the file changed while it was read',
        where,
        'stop the program that writes it, or add a closed copy; the exhibit holds what was read',
      ),
    )
  return faults
}

async function openFile(file: string | ByteSource): Promise<{ source: ByteSource; changed: () => Promise<boolean> }> {
  if (typeof file !== 'string') return { source: file, changed: () => Promise.resolve(false) }
  const before = await stat(file).catch((cause: unknown) => {
    throw new UserError({
      code: 'file-unreadable',
      message: `${file} cannot be read.`,
      hint: 'Check the path and that you may read the file.',
      cause,
    })
  })
  if (!before.isFile())
    throw new UserError({
      code: 'file-not-regular',
      message: `${file} is no regular file.`,
      hint: 'Give a file; folders are walked by the command, devices and pipes cannot be evidence.',
    })
  return {
    source: await fileSource(file),
    changed: async () => {
      const after = await stat(file).catch(() => undefined)
      return after?.size !== before.size || after.mtimeMs !== before.mtimeMs
    },
  }
}
