import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileSource, sha256Of } from '../base/index.ts'
import { tokenParams, type TokenKey } from '../persons/index.ts'
import { savedRows, type Lake, type RawBatch } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { holdingsTable } from './holdings.ts'
import type { TokenPlan } from './tokenise.ts'

/** The columns of a token file and their types: those of `holdings`. */
export const tokenFileColumns: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(holdingsTable.columns).map(([name, { type }]) => [name, type]),
)

/**
 * Computes the tokens of a copy's rows into files of a folder, which is emptied first and is gone when this fails. Gives the files in the order
 * in which they were made, each on the disk.
 */
export async function writeTokenFiles(options: {
  readonly folder: string
  readonly lake: Lake
  readonly plan: TokenPlan
  readonly key: TokenKey
  readonly rows: AsyncIterable<RawBatch>
}): Promise<Copy['parts']> {
  const { folder, lake, plan, key, rows } = options
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const of: Readonly<Record<string, string>> = {
    n: 'n',
    ids: plan.ids,
    fields: plan.fields,
    parts: plan.parts,
    valid_from: plan.validFrom,
    valid_to: plan.validTo,
  }
  const parts: Copy['parts'][number][] = []
  // A file is hashed and reaches the disk while the engine makes the next.
  let hashed = Promise.resolve()
  try {
    await lake.engine.saveSelect({
      raw: plan.raw,
      derived: plan.derived,
      repeating: plan.repeating,
      columns: Object.fromEntries(Object.entries(tokenFileColumns).map(([name, type]) => [name, { type, of: of[name] ?? '' }])),
      order: 'n',
      params: tokenParams(key),
      rows,
      file: (at) => join(folder, `tokens-${String(at).padStart(5, '0')}${savedRows}`),
      saved: (path, count) => {
        hashed = hashed.then(async () => {
          parts.push({ file: basename(path), sha256: await sha256Of(await fileSource(path)), rows: count })
          await toDisk(path)
        })
        hashed.catch(() => {})
      },
    })
    await hashed
    return parts
  } catch (error) {
    await hashed.catch(() => {})
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
