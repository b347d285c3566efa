import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { limits, sha256, UserError } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { holdingsTable } from './holdings.ts'
import { tokenColumns } from './tokenise.ts'

const partRows = 100_000
const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** One row of a token file: row number, validity, all tokens of the row in one base64 text (identifiers first). */
interface PartRow {
  readonly n: number
  readonly f: number
  readonly t: number
  readonly k: string
}

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

/** Do all token files of a copy have the bytes they had when it was registered? */
export function isWhole(registry: string, copy: Copy): boolean {
  return copy.parts.every((part) => readPart(registry, copy, part) !== undefined)
}

function readPart(registry: string, copy: Copy, part: Copy['parts'][number]): Buffer | undefined {
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
  const [top] = await lake.engine.rows<{ n: number }>('SELECT max(n) AS n FROM holdings WHERE load_id = {load:UInt64}', {
    load: loadId,
  })
  const parts: Copy['parts'][number][] = []
  for (let from = 0; from < (top?.n ?? 0); from += partRows) {
    const sql = `SELECT n, valid_from AS f, valid_to AS t, base64Encode(unhex(arrayStringConcat(arrayMap(x -> hex(x), arrayConcat(ids, fields))))) AS k
      FROM holdings WHERE load_id = {load:UInt64} AND n > {from:UInt32} AND n <= {to:UInt32} ORDER BY n`
    const text = await lake.engine.bytes(sql, 'JSONEachRow', { load: loadId, from, to: from + partRows })
    const bytes = await pack(text, { level: 1 })
    const file = `tokens-${String(parts.length + 1).padStart(5, '0')}.jsonl.gz`
    writeFileSync(join(fresh, file), bytes, { mode: 0o600, flush: true })
    parts.push({ file, sha256: sha256(bytes), rows: text.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0) })
  }
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
  const { ids, fields } = tokenColumns(copy.columns)
  const { id } = await lake.load({ key: copy.loadKey, tables: [holdingsTable] }, async (writer) => {
    await writer.insertSelect({
      into: holdingsTable,
      columns: ['n', 'ids', 'fields', 'valid_from', 'valid_to'],
      raw: { n: 'UInt32', f: 'Int32', t: 'Int32', k: 'String' },
      select: ['n', tokensOf(0, ids.length), tokensOf(ids.length, fields.length), 'f', 't'],
      rows: partRowsOf(registry, copy),
    })
  })
  return id
}

function tokensOf(from: number, count: number): string {
  return `CAST(arrayMap(i -> toFixedString(substring(base64Decode(k), i * 16 + 1, 16), 16), range(${from}, ${from + count})), 'Array(FixedString(16))')`
}

async function* partRowsOf(registry: string, copy: Copy): AsyncGenerator<readonly PartRow[]> {
  for (const part of copy.parts) {
    const bytes = readPart(registry, copy, part)
    if (bytes === undefined) {
      throw new UserError({
        code: 'copy-tokens-changed',
        message: `the token file ${part.file} of copy ${copy.id} is missing, or not the one that was registered`,
        hint: 'register the copy again from its original file, or restore the registry from a backup',
      })
    }
    const text = await unpack(bytes, { maxOutputLength: limits.archiveBytes })
    yield text
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PartRow)
  }
}
