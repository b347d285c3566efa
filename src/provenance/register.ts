import { canonicalJson, contentId, limits, UserError, type Canonical, type Fault, type Watch } from '../base/index.ts'
import { tokenParams, type TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { inferColumns, meaningText, type Column } from './columns.ts'
import type { Copy, CopyManifest } from './copy.ts'
import { holdingsTable } from './holdings.ts'
import { isWhole, listCopies, writeCopy } from './registry.ts'
import { peeked, type RecordTable } from './record-table.ts'
import { holdingsSelect } from './tokenise.ts'

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
  const { first, rows, close } = await peeked(registration.table)
  const options = country === undefined ? {} : { country }
  const columns = inferColumns({
    columns: registration.table.columns,
    rows: first,
    ...options,
    ...(registration.map === undefined ? {} : { map: registration.map }),
  })
  checkColumns(manifest, columns)
  const loadKey = contentId('copy', {
    sha256,
    manifest: { ...manifest },
    columns: columns.map((column) => [column.name, meaningText(column.meaning)]),
    key: key.id,
    ...options,
  })
  const known = listCopies(registry).find((copy) => copy.id === manifest.id)
  if (known !== undefined && known.loadKey === loadKey && known.source === source && isWhole(registry, known)) {
    await close()
    return known
  }
  const plan = holdingsSelect(columns, options)
  const faults: Fault[] = []
  let faultCount = 0
  let count = 0
  const feed = async function* (): AsyncGenerator<readonly object[]> {
    for await (const batch of rows) {
      registration.watch?.signal?.throwIfAborted()
      faultCount += batch.faults.length
      for (const fault of batch.faults.slice(0, Math.max(0, limits.faultsKept - faults.length))) faults.push(fault)
      count += batch.records.length
      registration.watch?.report?.({ step: `registering ${manifest.id}`, done: count, unit: 'rows' })
      yield batch.records.map((row) => rawRow(row, plan.at))
    }
  }
  const { id } = await lake.load({ key: loadKey, tables: [holdingsTable] }, async (writer) => {
    await writer.insertSelect({
      into: holdingsTable,
      columns: ['n', 'ids', 'fields', 'valid_from', 'valid_to'],
      raw: plan.raw,
      select: plan.select,
      params: tokenParams(key),
      rows: feed(),
    })
  })
  // A reused load did not read the rows again: they are read for counts and faults.
  if (count === 0 && faultCount === 0) for await (const _ of feed()) void _
  const copy = { ...manifest, sha256, source, keyId: key.id, ...options, rows: count, columns, faults, faultCount, loadKey }
  return writeCopy({ registry, lake, loadId: id, copy })
}

function rawRow(row: { readonly n: number; readonly values: readonly string[] }, at: readonly number[]): object {
  const raw: Record<string, string | number> = { n: row.n }
  for (const index of at) raw[`c${index}`] = (row.values[index] ?? '').toWellFormed()
  return raw
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
