import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256, UserError } from '../base/index.ts'
import { isStoredRows, type Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { copyTables, holdingsTable, indexHoldings } from './holdings.ts'
import { tokenFileColumns, type TokenFiles } from './token-files.ts'
import { tokenColumns } from './tokenise.ts'

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
export function isWhole(registry: string, copy: Copy): boolean {
  return copy.parts.every((part) => readPart(registry, copy, part) !== undefined)
}

function readPart(registry: string, copy: Copy, part: Copy['parts'][number]): Buffer | undefined {
  if (!isStoredRows(part.file)) return undefined
  const path = join(registry, copy.id, part.file)
  const bytes = existsSync(path) ? readFileSync(path) : undefined
  return bytes !== undefined && sha256(bytes) === part.sha256 ? bytes : undefined
}

/** The folder in which a copy is made before it takes its place. */
export function copyInMaking(registry: string, id: string): string {
  return join(registry, `.${id}.part`)
}

/** Puts a copy in its place: the token files, of the committed load `loadId`, and last its manifest. */
export async function writeCopy(options: {
  readonly registry: string
  readonly files: TokenFiles
  readonly loadId: string
  readonly copy: Omit<Copy, 'parts'>
}): Promise<Copy> {
  const { registry, files, loadId, copy } = options
  const parts = await files.finish(loadId)
  const fresh = copyInMaking(registry, copy.id)
  const whole: Copy = { ...copy, parts }
  writeFileSync(join(fresh, 'manifest.json'), `${JSON.stringify(whole, undefined, 2)}\n`, { mode: 0o600, flush: true })
  const home = join(registry, copy.id)
  const former = join(registry, `.${copy.id}.former`)
  rmSync(former, { recursive: true, force: true })
  if (existsSync(home)) renameSync(home, former)
  renameSync(fresh, home)
  rmSync(former, { recursive: true, force: true })
  return whole
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
  const columns = tokenFileColumns(copy.columns)
  const { ids, fields } = tokenColumns(copy.columns)
  const list = (prefix: string, of: readonly unknown[], type: string): string => {
    const names = of.map((_, at) => `${prefix}${at + 1}`)
    const stored = names.map((name) => (columns.some((column) => column.name === name) ? name : '[]'))
    return `CAST([${stored.join(', ')}], 'Array(${type})')`
  }
  const { id } = await lake.load({ key: copy.loadKey, tables: copyTables }, async (writer) => {
    for (const part of copy.parts) {
      const bytes = readPart(registry, copy, part)
      if (bytes === undefined) throw tokensChanged(copy, part.file)
      await writer.insertStored({
        into: holdingsTable,
        columns: ['n', 'ids', 'fields', 'parts', 'valid_from', 'valid_to'],
        raw: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
        select: [
          'n',
          list('id', ids, 'FixedString(16)'),
          list('field', fields, 'FixedString(16)'),
          list('part', fields, 'Array(FixedString(8))'),
          'first',
          'last',
        ],
        name: part.file,
        bytes,
      })
    }
    await indexHoldings(lake, writer.loadId)
  })
  return id
}

function tokensChanged(copy: Copy, file: string): UserError {
  const old = !isStoredRows(file)
  return new UserError({
    code: old ? 'copy-tokens-old' : 'copy-tokens-changed',
    message: old
      ? `the token files of copy ${copy.id} are of an earlier release and lack what comparing needs now`
      : `the token file ${file} of copy ${copy.id} is missing, or not the one that was registered`,
    hint: old
      ? 'register the copy again from its original file'
      : 'register the copy again from its original file, or restore the registry from a backup',
  })
}
