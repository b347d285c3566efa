import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileSource, invariant, sha256Of, UserError } from '../base/index.ts'
import { savedRows, type Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { copyTables, holdingsTable, indexHoldings } from './holdings.ts'
import { tokenFileColumns } from './token-files.ts'

/**
 * The registered copies and leaks of a registry folder, by id. A folder without a manifest is no copy (an interrupted registration);
 * a copy that was being replaced when the process ended is put back first.
 */
export function listCopies(registry: string): readonly Copy[] {
  if (!existsSync(registry)) return []
  for (const name of readdirSync(registry)) {
    const id = /^\.([a-z0-9][a-z0-9-]{0,63})\.former$/.exec(name)?.[1]
    if (id !== undefined && !existsSync(join(registry, id))) renameSync(join(registry, name), join(registry, id))
  }
  return readdirSync(registry)
    .filter((id) => !id.startsWith('.') && existsSync(join(registry, id, 'manifest.json')))
    .sort()
    .map((id) => JSON.parse(readFileSync(join(registry, id, 'manifest.json'), 'utf8')) as Copy)
}

/** Do all token files of a copy have the bytes they had when it was registered? Those of an earlier release do not count. */
export async function isWhole(registry: string, copy: Copy): Promise<boolean> {
  return (await changedFile(registry, copy)) === undefined
}

/** The first token file that is not the one that was registered, or that this release cannot read. */
async function changedFile(registry: string, copy: Copy): Promise<string | undefined> {
  for (const { file, sha256 } of copy.parts) {
    const path = join(registry, copy.id, file)
    if (!file.endsWith(savedRows) || !existsSync(path) || (await sha256Of(await fileSource(path))) !== sha256) return file
  }
  return undefined
}

/** The folder in which a copy is made before it takes its place. */
export function copyInMaking(registry: string, id: string): string {
  return join(registry, `.${id}.part`)
}

/** Puts a copy in its place, whose token files stand in the folder in which it was made; last its manifest. */
export function writeCopy(registry: string, copy: Copy): void {
  const fresh = copyInMaking(registry, copy.id)
  writeFileSync(join(fresh, 'manifest.json'), `${JSON.stringify(copy, undefined, 2)}\n`, { mode: 0o600, flush: true })
  const home = join(registry, copy.id)
  const former = join(registry, `.${copy.id}.former`)
  rmSync(former, { recursive: true, force: true })
  if (existsSync(home)) renameSync(home, former)
  renameSync(fresh, home)
  rmSync(former, { recursive: true, force: true })
}

/**
 * Makes sure that the copy's tokens are in the lake, from the registry when they are not (the lake is a cache).
 * Gives the load's id; throws a `UserError` when a token file is missing or was changed.
 */
export async function ensureHoldings(options: {
  readonly registry: string
  readonly lake: Lake
  readonly copy: Copy
}): Promise<string> {
  const { registry, lake, copy } = options
  const known = lake.committed(copy.loadKey)
  if (known !== undefined) return known
  const changed = await changedFile(registry, copy)
  if (changed !== undefined) throw tokensChanged(copy, changed)
  return loadHoldings({ registry, lake, copy })
}

/** Puts the tokens of a copy into the lake, whose files are known to be whole. Gives the load's id. */
export async function loadHoldings(options: {
  readonly registry: string
  readonly lake: Lake
  readonly copy: Copy
}): Promise<string> {
  const { registry, lake, copy } = options
  const columns = Object.keys(tokenFileColumns)
  const { id } = await lake.load({ key: copy.loadKey, tables: copyTables }, async (writer) => {
    await writer.insertSaved({
      into: holdingsTable,
      columns,
      select: columns,
      saved: tokenFileColumns,
      files: copy.parts.map(({ file }) => join(registry, copy.id, file)),
    })
    const [stored] = await lake.engine.rows<{ rows: string }>(
      'SELECT count() AS rows FROM holdings WHERE load_id = {load:UInt64}',
      { load: writer.loadId },
    )
    invariant(Number(stored?.rows) === copy.rows, 'the token files of a copy hold its rows')
    await indexHoldings(lake, writer.loadId)
  })
  return id
}

function tokensChanged(copy: Copy, file: string): UserError {
  const old = !file.endsWith(savedRows)
  return new UserError({
    code: old ? 'copy-tokens-old' : 'copy-tokens-changed',
    message: old
      ? `the token files of copy ${copy.id} are of an earlier release and cannot be read any more`
      : `the token file ${file} of copy ${copy.id} is missing, or not the one that was registered`,
    hint: old
      ? 'register the copy again from its original file'
      : 'register the copy again from its original file, or restore the registry from a backup',
  })
}
