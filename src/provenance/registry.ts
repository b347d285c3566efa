import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { sha256, UserError } from '../base/index.ts'
import { hasParts } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { copyTables, holdingsTable, indexHoldings } from './holdings.ts'
import { tokenColumns } from './tokenise.ts'

/** Rows of one token file: it is written, hashed and read as a whole. */
const partRows = 250_000

/** How token files are written: no value of theirs is looked up in place, and most tokens are as good as random, so that a quick compression does. */
const partSettings = {
  output_format_parquet_write_page_index: 0,
  output_format_parquet_write_bloom_filter: 0,
  output_format_parquet_compression_method: "'lz4'",
  // Beyond 32,768 different tokens a column gains nothing by a dictionary; trying costs as much as writing them.
  output_format_parquet_max_dictionary_size: 524_288,
} as const

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
  if (!part.file.endsWith('.parquet')) return undefined
  const path = join(registry, copy.id, part.file)
  const bytes = existsSync(path) ? readFileSync(path) : undefined
  return bytes !== undefined && sha256(bytes) === part.sha256 ? bytes : undefined
}

/** Writes a copy's tokens and, last, its manifest. The tokens come from the committed load `loadId`. */
export async function writeCopy(options: {
  readonly registry: string
  readonly lake: Lake
  readonly loadId: string
  readonly copy: Omit<Copy, 'parts'>
}): Promise<Copy> {
  const { registry, lake, loadId, copy } = options
  const fresh = join(registry, `.${copy.id}.part`)
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const counts = await lake.engine.rows<{ part: number; rows: string }>(
    `SELECT toUInt32(intDiv(n - 1, ${partRows})) AS part, count() AS rows FROM holdings WHERE load_id = {load:UInt64} GROUP BY part ORDER BY part`,
    { load: loadId },
  )
  const columns = partColumns(copy.columns)
  const parts: Copy['parts'][number][] = []
  const sql = `SELECT ${columns.map((column) => `${column.of} AS ${column.name}`).join(', ')}
    FROM holdings WHERE load_id = {load:UInt64} AND n > {from:UInt32} AND n <= {to:UInt32} ORDER BY n
    SETTINGS ${Object.entries(partSettings)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')}`
  const tokensOf = async (part: number | undefined): Promise<Uint8Array> =>
    part === undefined
      ? new Uint8Array()
      : lake.engine.bytes(sql, 'Parquet', { load: loadId, from: part * partRows, to: (part + 1) * partRows })
  // While one file is hashed and written, the engine makes the next.
  let coming = tokensOf(counts[0]?.part)
  let written = Promise.resolve()
  for (const [at, { rows }] of counts.entries()) {
    const bytes = await coming
    coming = tokensOf(counts[at + 1]?.part)
    coming.catch(() => {})
    await setImmediate()
    const file = `tokens-${String(parts.length + 1).padStart(5, '0')}.parquet`
    // A file is on the disk before the one after it is begun; till then it is hashed, and the engine makes the next.
    await written
    written = writeFile(join(fresh, file), bytes, { mode: 0o600, flush: true })
    written.catch(() => {})
    parts.push({ file, sha256: sha256(bytes), rows: Number(rows) })
  }
  await written
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
  const columns = partColumns(copy.columns)
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
      await writer.insertParquet({
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
        bytes,
      })
    }
    await indexHoldings(lake, writer.loadId)
  })
  return id
}

/** The columns of a token file: name, type and what of `holdings` they hold. Fields whose forms have no parts have no column of them. */
function partColumns(columns: Copy['columns']): readonly { readonly name: string; readonly type: string; readonly of: string }[] {
  const { ids, fields } = tokenColumns(columns)
  return [
    { name: 'n', type: 'UInt32', of: 'n' },
    { name: 'first', type: 'Int32', of: 'valid_from' },
    { name: 'last', type: 'Int32', of: 'valid_to' },
    ...ids.map((_, at) => ({ name: `id${at + 1}`, type: 'FixedString(16)', of: `ids[${at + 1}]` })),
    ...fields.map((_, at) => ({ name: `field${at + 1}`, type: 'FixedString(16)', of: `fields[${at + 1}]` })),
    ...fields.flatMap(({ meaning }, at) =>
      hasParts(meaning.form) ? [{ name: `part${at + 1}`, type: 'Array(FixedString(8))', of: `parts[${at + 1}]` }] : [],
    ),
  ]
}

function tokensChanged(copy: Copy, file: string): UserError {
  const old = !file.endsWith('.parquet')
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
