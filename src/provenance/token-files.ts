import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { sha256 } from '../base/index.ts'
import { hasParts } from '../persons/index.ts'
import { savedRows, type Lake } from '../store/index.ts'
import type { Copy } from './copy.ts'
import { tokenColumns } from './tokenise.ts'

/** Row numbers of one token file: it is written, hashed and read as a whole. */
const fileRows = 250_000

/** The token files of a copy that is being registered: each is made as soon as its rows are in the lake. */
export interface TokenFiles {
  /** The load that the rows go into. */
  begin(loadId: string): void
  /** Rows `n` to `n + rows - 1` are on their way into the lake. */
  passed(n: number, rows: number): void
  /** Makes what is left; gives the files once they are on the disk. */
  finish(loadId: string): Promise<Copy['parts']>
  /** Ends what goes on behind; nothing is left of the files. */
  drop(): Promise<void>
}

type TokenFile = Copy['parts'][number]

/** Token files in an empty folder of their own. */
export function tokenFiles(options: {
  readonly folder: string
  readonly lake: Lake
  readonly columns: Copy['columns']
}): TokenFiles {
  const { folder, lake, columns } = options
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const sql = `SELECT ${tokenFileColumns(columns)
    .map((column) => `${column.of} AS ${column.name}`)
    .join(', ')}
    FROM holdings WHERE load_id = {load:UInt64} AND n > {from:UInt32} AND n <= {to:UInt32} ORDER BY n`
  /** Rows that passed, by file, and the file of the last ones: those before it wait for no more. */
  const passing = new Map<number, number>()
  let last = 0
  const made = new Map<number, TokenFile>()
  let load: string | undefined
  let pump: Promise<void> | undefined
  let synced = Promise.resolve()
  let dropped = false

  const save = async (file: number, rows: number, loadId: string): Promise<void> => {
    const name = `tokens-${String(file + 1).padStart(5, '0')}${savedRows}`
    const path = join(folder, name)
    await lake.engine.save(sql, path, { load: loadId, from: file * fileRows, to: (file + 1) * fileRows })
    made.set(file, { file: name, sha256: sha256(readFileSync(path)), rows })
    // A file reaches the disk while the engine makes the next.
    synced = synced.then(() => toDisk(path))
    synced.catch(() => {})
  }
  const inLake = async (loadId: string, from: number): Promise<{ file: number; rows: number }[]> => {
    const counts = await lake.engine.rows<{ file: number; rows: string }>(
      `SELECT toUInt32(intDiv(n - 1, ${fileRows})) AS file, count() AS rows FROM holdings
       WHERE load_id = {load:UInt64} AND n > {from:UInt32} GROUP BY file ORDER BY file`,
      { load: loadId, from: from * fileRows },
    )
    return counts.map(({ file, rows }) => ({ file, rows: Number(rows) }))
  }
  const saveWhole = async (loadId: string): Promise<void> => {
    const first = made.size
    for (const { file, rows } of await inLake(loadId, first)) {
      if (dropped || file >= last) return
      if (made.has(file) || passing.get(file) !== rows) continue
      await save(file, rows, loadId)
      await setImmediate()
    }
  }
  return {
    begin(loadId) {
      load = loadId
    },
    passed(n, rows) {
      for (let from = n; from < n + rows;) {
        const file = Math.floor((from - 1) / fileRows)
        const to = Math.min(n + rows, (file + 1) * fileRows + 1)
        passing.set(file, (passing.get(file) ?? 0) + to - from)
        from = to
        if (file <= last) continue
        last = file
        if (load === undefined || pump !== undefined) continue
        pump = saveWhole(load).finally(() => (pump = undefined))
        pump.catch(() => {})
      }
    },
    async finish(loadId) {
      await pump
      for (const { file, rows } of await inLake(loadId, 0)) if (made.get(file)?.rows !== rows) await save(file, rows, loadId)
      await synced
      return [...made].toSorted(([one], [other]) => one - other).map(([, file]) => file)
    },
    async drop() {
      dropped = true
      await Promise.allSettled([pump, synced])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The columns of a token file: name, type and what of `holdings` they hold. Fields whose forms have no parts have no column of them. */
export function tokenFileColumns(
  columns: Copy['columns'],
): readonly { readonly name: string; readonly type: string; readonly of: string }[] {
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

async function toDisk(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
