import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bytesSource, sha256, type Watch } from '../../../src/base/index.ts'
import { eventsTable, loadEvents, readEvents } from '../../../src/events/index.ts'
import { buildEdges, type BuiltEdges } from '../../../src/intrusion/graph/build-edges.ts'
import { edgeStagingTables, edgeTables } from '../../../src/intrusion/graph/edge-tables.ts'
import { openLake, type Lake } from '../../../src/store/index.ts'

export const casesFolder = path.resolve(import.meta.dirname, '../../cases/intrusion/edges')

/** What a case's `want.json` says of an edge. */
export interface WantedEdge {
  readonly kind: string
  readonly src: string
  readonly dst: string
  readonly t0: string
  readonly certainty: number
  readonly detail: string
  readonly account: string
}

export async function edgeLake(directory: string): Promise<Lake> {
  return openLake({ directory, tables: [eventsTable, ...edgeTables, ...edgeStagingTables] })
}

/** Loads the logs of a case (`name@host.ext` names the host of a log that does not), or some of its files, and builds its edges. */
export async function builtCase(
  lake: Lake,
  name: string,
  {
    key = name,
    only,
    watch = {},
    factsAtOnce,
  }: {
    readonly key?: string
    readonly only?: readonly string[]
    readonly watch?: Watch
    readonly factsAtOnce?: number
  } = {},
): Promise<BuiltEdges> {
  const folder = path.join(casesFolder, name)
  const loads: string[] = []
  for (const file of readdirSync(folder).sort()) {
    if (file === 'want.json' || only?.includes(file) === false) continue
    const bytes = readFileSync(path.join(folder, file))
    const host = /@([a-z0-9-]+)\./.exec(file)?.[1]
    const { id } = await lake.load({ key: `${key}/${file}`, tables: [eventsTable] }, async (writer) => {
      const batches = readEvents(bytesSource(file, bytes), { year: 2026, ...(host === undefined ? {} : { host }) })
      await loadEvents({ writer, batches, exhibit: { sha256: sha256(bytes) }, faultsKept: 0 })
    })
    loads.push(id)
  }
  return buildEdges({ lake, loads, watch, ...(factsAtOnce === undefined ? {} : { factsAtOnce }) })
}

/** All edges of a load, in order. */
export function edgesOf(lake: Lake, load: string): Promise<WantedEdge[]> {
  return lake.engine.rows<WantedEdge>(
    `SELECT kind, src, dst, concat(replaceOne(toString(t0), ' ', 'T'), 'Z') AS t0, round(certainty, 3) AS certainty, detail, account
     FROM edges_into WHERE load_id = {load:UInt64} ORDER BY edges_into.t0, kind, src, dst, detail`,
    { load },
  )
}
