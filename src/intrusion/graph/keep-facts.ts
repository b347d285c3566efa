import { sha256, type Watch } from '../../base/index.ts'
import type { Lake } from '../../store/index.ts'
import { edgeFactsTable, factSetsTable, keptFactsTable } from './edge-tables.ts'
import { factsSql, foundSql } from './fact.ts'
import { serverFacts } from './server-facts.ts'
import { sysmonFacts } from './sysmon-facts.ts'
import { unixFacts } from './unix-facts.ts'
import { windowsFacts } from './windows-facts.ts'

/** Events that one statement reads, so that work can be stopped between. */
const eventsAtOnce = 4_000_000

const kinds = [...sysmonFacts, ...windowsFacts, ...unixFacts, ...serverFacts]
/** The statement that reads events for what edges are made of. */
export const readFactsSql = factsSql(kinds)
const whichSql = foundSql(kinds)
const version = sha256(Buffer.from(readFactsSql))
const columns = Object.keys(edgeFactsTable.columns).join(', ')

/** Puts the facts of some loads of events, as kept, before a build of edges. Parameters: `load`, `loads`, `sets`. */
export const takeFactsSql = `INSERT INTO edge_facts (load_id, ${columns})
SELECT {load:UInt64}, ${columns} FROM kept_facts WHERE of_load IN ({loads:Array(UInt64)}) AND load_id IN ({sets:Array(UInt64)})`

/**
 * Reads loads of events for facts, each of them once: those read before, for this or another case, are left as they are. Gives the loads that hold the facts.
 * Throws what the engine throws, and on the watch's signal; what was read until then is kept.
 */
export async function keepFacts({
  lake,
  loads,
  watch,
}: {
  readonly lake: Lake
  readonly loads: readonly string[]
  readonly watch: Watch
}): Promise<readonly string[]> {
  const known = await setsOf(lake, loads)
  const missing = loads.filter((load) => !known.has(load))
  const batches = await batchesOf(lake, missing)
  for (const [done, batch] of batches.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'reading what joins hosts, accounts and processes', done, total: batches.length, unit: 'steps' })
    const key = `facts:${version}:${sha256(Buffer.from(batch.join(',')))}`
    const { id } = await lake.load({ key, tables: [keptFactsTable, factSetsTable] }, async (writer) => {
      // Kinds of which there is nothing are left out: a shorter statement is read and run sooner.
      const [found = {}] = await lake.engine.rows<Record<string, boolean | number>>(whichSql, { loads: batch })
      const there = kinds.filter((_, index) => Boolean(found[`k${index}`]))
      if (there.length > 0) await lake.engine.run(factsSql(there), { loads: batch, load: writer.loadId })
      await writer.insert(factSetsTable, [batch.map((load) => ({ of_load: load, version }))])
    })
    for (const load of batch) known.set(load, id)
  }
  return [...new Set(known.values())].sort()
}

/** The load that holds the facts of each load of events that was read. */
async function setsOf({ engine }: Lake, loads: readonly string[]): Promise<Map<string, string>> {
  const rows = await engine.rows<{ of_load: string; id: string }>(
    'SELECT of_load, min(load_id) AS id FROM fact_sets WHERE of_load IN ({loads:Array(UInt64)}) AND version = {version:String} GROUP BY of_load ORDER BY of_load',
    { loads, version },
  )
  return new Map(rows.map((row) => [row.of_load, row.id]))
}

/** Loads in groups that hold about `eventsAtOnce` events; those without events too. */
async function batchesOf({ engine }: Lake, loads: readonly string[]): Promise<string[][]> {
  if (loads.length === 0) return []
  const counts = await engine.rows<{ load_id: string; c: string }>(
    'SELECT load_id, count() AS c FROM events WHERE load_id IN ({loads:Array(UInt64)}) GROUP BY load_id ORDER BY load_id',
    { loads },
  )
  const events = new Map(counts.map((row) => [row.load_id, Number(row.c)]))
  const batches: string[][] = []
  let held = Number.POSITIVE_INFINITY
  for (const load of loads) {
    const count = events.get(load) ?? 0
    if (held + count > eventsAtOnce) {
      batches.push([])
      held = 0
    }
    batches.at(-1)?.push(load)
    held += count
  }
  return batches
}
