import type { Engine } from './engine.ts'
import { quoted, type Table } from './table.ts'

/** Parts of a table that are as good as fewer larger ones. */
const fewParts = 400
/** ClickHouse's own bound. */
const wholeParts = 161_061_273_600

/** Loads after which parts are counted again: what a load adds is few. */
const loadsBetween = 32

/** Lets large parts of a table be merged as well once it has many; whoever loads tells of each load. */
export function manyParts(engine: Engine, few = fewParts): (table: Table) => Promise<void> {
  const merged = new Set<string>()
  let loads = 0
  return async (table) => {
    if (table.mergesUpTo === undefined || merged.has(table.name)) return
    loads += 1
    if (loads % loadsBetween !== 1) return
    const [found] = await engine.rows<{ c: string }>(
      'SELECT count() AS c FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active',
      { table: table.name },
    )
    if (Number(found?.c ?? 0) <= few) return
    await engine.run(`ALTER TABLE ${quoted(table.name)} MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = ${wholeParts}`)
    merged.add(table.name)
  }
}
