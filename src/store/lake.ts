import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDb } from './db.ts'
import type { Engine, InsertSaved, InsertSelect, RowBatches } from './engine.ts'
import { loadLedger, loadsMigrations, type Load } from './loads.ts'
import { manyParts } from './many-parts.ts'
import type { NativeRows } from './native-block.ts'
import { openEngine } from './open-engine.ts'
import { createTableSql, quoted, type Table } from './table.ts'

/** What fills a load: rows go to the tables the load named, `load_id` is added here. */
export interface LoadWriter {
  readonly loadId: string
  insert(table: Table, rows: RowBatches): Promise<number>
  insertNative(table: Table, blocks: AsyncIterable<NativeRows>): Promise<number>
  insertSelect(spec: Omit<InsertSelect, 'into'> & { readonly into: Table }): Promise<number>
  insertSaved(spec: Omit<InsertSaved, 'into'> & { readonly into: Table }): Promise<void>
}

/** The lake: a rebuildable cache of the evidence. Readers name the loads they read; only committed ones are given out. */
export interface Lake {
  readonly engine: Engine
  /**
   * Loads once: a committed load of the same key is reused. `fill` succeeds and everything counts, or it throws and nothing does.
   * `key` identifies content and reading: hash, kind, parameters.
   */
  load(
    spec: { readonly key: string; readonly tables: readonly Table[] },
    fill: (writer: LoadWriter) => Promise<void>,
  ): Promise<{ readonly id: string; readonly reused: boolean }>
  /** The committed load of a key. */
  committed(key: string): string | undefined
  /** Removes committed loads that nobody reads any more. They stop counting at once; rows that a kill leaves behind go when the lake is next opened. */
  clear(ids: readonly string[]): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the lake of a workspace: engine (embedded under `directory`, or the server at `url`), tables, and the ledger of
 * loads. Rows of loads that never committed (a killed process) are removed before anybody reads.
 */
export async function openLake(options: {
  readonly directory: string
  readonly tables: readonly Table[]
  readonly server?: { readonly url: string; readonly user?: string; readonly password?: string; readonly database: string }
}): Promise<Lake> {
  mkdirSync(options.directory, { recursive: true })
  const ledgerName = options.server === undefined ? 'loads.db' : `loads-${options.server.database}.db`
  const db = openDb(join(options.directory, ledgerName), loadsMigrations)
  const ledger = loadLedger(db)
  const engine = await openEngine(options.server ?? { directory: join(options.directory, 'engine') })
  for (const table of options.tables) {
    if (await isOtherwise(engine, table)) {
      // A cache in the form of another release is made anew: what it held is loaded again from the evidence.
      for (const load of ledger.all('committed')) if (load.tables.includes(table.name)) await undo(load)
      await engine.run(`DROP TABLE ${quoted(table.name)} SYNC`)
    }
    await engine.run(createTableSql(table))
  }
  // Rows that no ledger knows are rows of nobody: a new ledger begins with empty tables.
  if (ledger.isNew()) for (const table of options.tables) await engine.run(`TRUNCATE TABLE ${quoted(table.name)}`)
  for (const load of ledger.all('open')) await undo(load)

  async function undo(load: Load): Promise<void> {
    for (const table of load.tables)
      await engine.run(`DELETE FROM ${quoted(table)} WHERE load_id = {load:UInt64}`, { load: load.id })
    ledger.drop(load.id)
  }

  const loaded = manyParts(engine)
  const underWay = new Map<string, Promise<unknown>>()
  return {
    engine,
    async load(spec, fill) {
      // Of two loads of one key at a time the second waits: it is the first one's, unless that fails.
      for (let other = underWay.get(spec.key); other !== undefined; other = underWay.get(spec.key)) await other.catch(() => {})
      const known = ledger.committed(spec.key)
      if (known !== undefined) return { id: known.id, reused: true }
      const one = filled(spec, fill)
      underWay.set(spec.key, one)
      try {
        return { id: await one, reused: false }
      } finally {
        underWay.delete(spec.key)
      }
    },
    committed: (key) => ledger.committed(key)?.id,
    async clear(ids) {
      const loads = ledger.reopen(ids)
      for (const table of new Set(loads.flatMap((load) => load.tables)))
        await engine.run(`DELETE FROM ${quoted(table)} WHERE load_id IN ({loads:Array(UInt64)})`, {
          loads: loads.flatMap((load) => (load.tables.includes(table) ? load.id : [])),
        })
      for (const load of loads) ledger.drop(load.id)
    },
    async close() {
      await engine.close()
      db.close()
    },
  }

  async function filled({ key, tables }: Parameters<Lake['load']>[0], fill: Parameters<Lake['load']>[1]): Promise<string> {
    const load = ledger.begin(
      key,
      tables.map((table) => table.name),
    )
    let rows = 0
    const writer: LoadWriter = {
      loadId: load.id,
      async insert(table, batches) {
        const count = await engine.insert(table.name, withLoadId(batches, load.id))
        rows += count
        return count
      },
      async insertNative(table, blocks) {
        const count = await engine.insertNative({ into: table.name, loadId: load.id, blocks })
        rows += count
        return count
      },
      async insertSelect({ into, columns, select, ...rest }) {
        const count = await engine.insertSelect({
          ...rest,
          into: into.name,
          columns: ['load_id', ...columns],
          select: [`toUInt64(${BigInt(load.id)})`, ...select],
        })
        rows += count
        return count
      },
      async insertSaved({ into, columns, select, ...rest }) {
        await engine.insertSaved({
          ...rest,
          into: into.name,
          columns: ['load_id', ...columns],
          select: [`toUInt64(${BigInt(load.id)})`, ...select],
        })
      },
    }
    try {
      await fill(writer)
    } catch (error) {
      await undo(load)
      throw error
    }
    ledger.commit(load.id, rows)
    for (const table of tables) await loaded(table)
    return load.id
  }
}

/** Does the table stand there with other columns or in another order? */
async function isOtherwise(engine: Engine, table: Table): Promise<boolean> {
  const columns = await engine.rows<{ name: string; key: string }>(
    `SELECT name, (SELECT sorting_key FROM system.tables WHERE database = currentDatabase() AND name = {table:String}) AS key
     FROM system.columns WHERE database = currentDatabase() AND table = {table:String} ORDER BY position`,
    { table: table.name },
  )
  if (columns.length === 0) return false
  const names = ['load_id', ...Object.keys(table.columns)]
  return (
    columns.map((column) => column.name).join() !== names.join() ||
    columns[0]?.key.replace(/[()]/g, '') !== table.orderBy.join(', ')
  )
}

async function* withLoadId(batches: RowBatches, loadId: string): AsyncGenerator<readonly object[]> {
  for await (const batch of batches) yield batch.map((row) => ({ load_id: loadId, ...row }))
}
