import { canonicalJson, contentId, limits, UserError, type Canonical, type Fault, type Watch } from '../base/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { Lake, RawBatch } from '../store/index.ts'
import { alignColumns } from './align.ts'
import { meaningText, type Column } from './columns.ts'
import type { Copy, CopyManifest } from './copy.ts'
import type { HeldCopy } from './align-cells.ts'
import { copyInMaking, ensureHoldings, isWhole, listCopies, loadHoldings, writeCopy } from './registry.ts'
import { profiled, type TableProfile } from './profile.ts'
import { peeked, type RecordBatch, type RecordRow, type RecordTable } from './record-table.ts'
import { writeTokenFiles } from './token-files.ts'
import { rawCells, tokenPlan } from './tokenise.ts'

/** A file to be registered, opened as a table (`openRecords` of `formats`), and where it goes. */
export interface Registration {
  readonly table: RecordTable
  /** SHA-256 of the file's bytes and the name it is known by. */
  readonly sha256: string
  readonly source: string
  readonly manifest: CopyManifest
  readonly key: TokenKey
  readonly lake: Lake
  /** Folder of the registry. */
  readonly registry: string
  readonly country?: string
  /** Column meanings by column name that override the inferred ones (`meaningText`). */
  readonly map?: Readonly<Record<string, string>>
  readonly watch?: Watch
}

/**
 * Registers a copy or leak: column meanings, keyed tokens computed in the engine (raw values never land on disk), a token file
 * and manifest in the registry. Registering the same bytes with the same manifest again changes nothing.
 * Throws a `UserError` for a manifest that does not fit the table.
 */
export async function registerCopy(registration: Registration): Promise<Copy> {
  const { manifest, sha256, source, key, lake, registry, country } = registration
  checkManifest(manifest)
  const passing = profiled(registration.table, { key, ...(country === undefined ? {} : { country }) })
  const { first, rows, close } = await peeked<RecordBatch>({ rows: passing.table.plain ?? passing.table.rows })
  const options = country === undefined ? {} : { country }
  const registered = listCopies(registry)
  const before = registered.find((copy) => copy.id === manifest.id)
  const same =
    before !== undefined &&
    before.sha256 === sha256 &&
    before.keyId === key.id &&
    registration.map === undefined &&
    before.columns.every((column) => column.basis?.kind !== 'map')
  const columns = same ? before.columns : await columnsOf(registration, first, registered)
  checkColumns(manifest, columns)
  const loadKey = contentId('copy', {
    sha256,
    manifest: { ...manifest },
    columns: columns.map((column) => [column.name, meaningText(column.meaning)]),
    key: key.id,
    ...options,
  })
  if (before !== undefined && before.loadKey === loadKey && before.source === source && (await isWhole(registry, before))) {
    await close()
    return before
  }
  const plan = tokenPlan(columns, first, options)
  const faults: Fault[] = []
  let faultCount = 0
  let count = 0
  let profile: TableProfile | undefined
  const feed = async function* (): AsyncGenerator<RawBatch> {
    for await (const batch of rows) {
      registration.watch?.signal?.throwIfAborted()
      faultCount += batch.faults.length
      for (const fault of batch.faults.slice(0, Math.max(0, limits.faultsKept - faults.length))) faults.push(fault)
      count += batch.plain?.rows ?? batch.records.length
      registration.watch?.report?.({ step: `registering ${manifest.id}`, done: count, unit: 'rows' })
      if (batch.plain === undefined) yield batch.records.map((row) => rawCells(row, plan.at))
      else yield { ...batch.plain, at: plan.at }
    }
    // What was looked at is described while the engine computes the last rows.
    profile = passing.profile()
  }
  const parts = await writeTokenFiles({ folder: copyInMaking(registry, manifest.id), lake, plan, key, rows: feed() })
  const copy: Copy = {
    ...manifest,
    sha256,
    source,
    keyId: key.id,
    ...options,
    rows: count,
    columns,
    faults,
    faultCount,
    loadKey,
    profile: profile ?? passing.profile(),
    parts,
  }
  writeCopy(registry, copy)
  await loadHoldings({ registry, lake, copy })
  return copy
}

async function columnsOf(
  registration: Registration,
  rows: readonly RecordRow[],
  registered: readonly Copy[],
): Promise<readonly Column[]> {
  const { table, lake, key, country, map } = registration
  return alignColumns({
    columns: table.columns,
    rows,
    copies: await vocabulary(registration, registered),
    lake,
    key,
    ...(country === undefined ? {} : { country }),
    ...(map === undefined ? {} : { map }),
  })
}

/** Copies of other ids that say what columns hold (rule P2): the own systems, else the first few. */
async function vocabulary(
  { registry, lake, key, manifest }: Registration,
  registered: readonly Copy[],
): Promise<readonly HeldCopy[]> {
  const known = registered.filter((copy) => copy.id !== manifest.id && copy.keyId === key.id && copy.kind !== 'leak')
  const own = known.filter((copy) => copy.kind === 'own')
  const held: HeldCopy[] = []
  for (const copy of (own.length > 0 ? own : known).slice(0, 5))
    held.push({ copy, loadId: await ensureHoldings({ registry, lake, copy }) })
  return held
}

function checkManifest(manifest: CopyManifest): void {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(manifest.id) && /^\d{4}-\d{2}-\d{2}$/.test(manifest.asOf)) return
  throw new UserError({
    code: 'copy-manifest-invalid',
    message: `the copy ${JSON.stringify(manifest.id)} cannot be registered: its id or its as-of day is not well formed`,
    hint: 'an id is 1-64 of a-z, 0-9 and "-"; an as-of day is YYYY-MM-DD',
  })
}

function checkColumns(manifest: CopyManifest, columns: readonly Column[]): void {
  const has = (kind: Column['meaning']['kind']): boolean => columns.some(({ meaning }) => meaning.kind === kind)
  const names = canonicalJson(columns.map((column) => column.name) as Canonical)
  if (!has('identifier')) {
    throw new UserError({
      code: 'copy-without-identifier',
      message: `no column of copy ${manifest.id} holds an identifier (columns: ${names})`,
      hint: 'give the meaning of the identifier column with --map, for instance {"cust_ref": "contract"}',
    })
  }
  if (manifest.history && !has('valid-from')) {
    throw new UserError({
      code: 'copy-without-history',
      message: `copy ${manifest.id} is declared with history but has no column valid_from (columns: ${names})`,
      hint: 'name the columns valid_from and valid_to, map them with --map, or register without --history',
    })
  }
}
