import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sha256 } from '../../src/base/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import {
  judge,
  listCopies,
  provenanceTables,
  registerCopy,
  type Copy,
  type CopyManifest,
  type Verdict,
} from '../../src/provenance/index.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { tableOf, type Cells } from './subscribers.ts'

/** A lake and a registry in a temporary folder, with shorthands for registering and judging. */
export interface Desk {
  readonly lake: Lake
  readonly registry: string
  register(records: readonly Cells[], columns: readonly string[], manifest: CopyManifest): Promise<Copy>
  judge(records: readonly Cells[], columns: readonly string[]): Promise<Verdict>
  /** Deletes the lake and opens an empty one. */
  dropLake(): Promise<void>
  close(): Promise<void>
}

export const key = tokenKey(Uint8Array.from({ length: 16 }, (_, at) => at * 7))

export async function openDesk(): Promise<Desk> {
  const home = mkdtempSync(path.join(tmpdir(), 'provenance-'))
  const registry = path.join(home, 'registry')
  const open = (): Promise<Lake> => openLake({ directory: path.join(home, 'lake'), tables: provenanceTables })
  let lake = await open()
  const hashOf = (records: readonly Cells[], columns: readonly string[]): string => sha256(JSON.stringify([columns, records]))
  const judged = (records: readonly Cells[], columns: readonly string[]): Promise<Verdict> =>
    judge({
      table: tableOf(records, columns),
      exhibit: { sha256: hashOf(records, columns), file: 'sample.csv' },
      lake,
      key,
      copies: listCopies(registry),
      registry,
      country: 'MY',
    })
  return {
    get lake() {
      return lake
    },
    registry,
    register: (records, columns, manifest) =>
      registerCopy({
        table: tableOf(records, columns),
        sha256: hashOf(records, columns),
        source: `${manifest.id}.csv`,
        manifest,
        key,
        lake,
        registry,
        country: 'MY',
      }),
    judge: judged,
    async dropLake() {
      await lake.close()
      rmSync(path.join(home, 'lake'), { recursive: true })
      lake = await open()
    },
    async close() {
      await lake.close()
      rmSync(home, { recursive: true })
    },
  }
}
