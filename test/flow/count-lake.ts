// Prints how many rows each load has in each table of a lake. A process of its own: an engine has one folder for its life.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eventsTable } from '../../src/events/index.ts'
import { storyTables } from '../../src/intrusion/index.ts'
import { lookupTables } from '../../src/lookups/index.ts'
import { provenanceTables } from '../../src/provenance/index.ts'
import { openLake } from '../../src/store/index.ts'

const directory = process.argv[2] ?? ''
const tables = [eventsTable, ...provenanceTables, ...lookupTables, ...storyTables]
const lake = await openLake({ directory, tables })
const ledger = new DatabaseSync(join(directory, 'loads.db'), { readOnly: true })
const keys = new Map(
  ledger
    .prepare(`SELECT id, key FROM loads WHERE state = 'committed'`)
    .all()
    .map((row) => [String(row['id']), String(row['key'])]),
)
const byLoad: Record<string, Record<string, string>> = {}
const ofNobody: Record<string, string> = {}
for (const key of [...keys.values()].sort()) byLoad[key] = {}
for (const { name } of tables)
  for (const { load, rows } of await lake.engine.rows<{ load: string; rows: string }>(
    `SELECT toString(load_id) AS load, toString(count()) AS rows FROM ${name} GROUP BY load_id ORDER BY load_id`,
  )) {
    const key = keys.get(load)
    if (key === undefined) ofNobody[`${name} of load ${load}`] = rows
    else (byLoad[key] ??= {})[name] = rows
  }
process.stdout.write(JSON.stringify({ byLoad, ofNobody }), () => process.exit(0))
