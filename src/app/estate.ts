import { limits, type Fault } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import { importInventory, inventoryMigrations, listInventory, readInventoryToml, type Entry } from '../inventory/index.ts'
import { openDb, type Db } from '../store/index.ts'
import { faultOf } from './fault-of.ts'
import { itemsOf, wholeBytes, type Item } from './items.ts'
import { inventoryFile } from './registry.ts'
import type { CaseInfo } from './case-store.ts'
import type { Workspace } from './workspace.ts'

/** The inventory of the workspace, or of an exercise. */
export function openInventory(workspace: Pick<Workspace, 'path'>, of?: Pick<CaseInfo, 'id' | 'generated'>): Db {
  return openDb(inventoryFile(workspace, of), { inventory: inventoryMigrations })
}

/** Imports the inventory files of a case; unchanged entries keep their revision. */
export async function importEstate(options: {
  readonly db: Db
  readonly items: readonly Item[]
  readonly by: string
  readonly now: string
}): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for await (const { item, checked, fault } of inventoryFiles(options.items)) {
    if (fault !== undefined) faults.push(fault)
    if (checked === undefined) continue
    const imported = importInventory(options.db, checked, { at: options.now, by: options.by, source: item.sha256 })
    faults.push(...imported.faults, ...imported.remarks)
  }
  return faults
}

/** The entries of the inventory files among some items, without keeping them. */
export async function readEstate(
  items: readonly Item[],
): Promise<{ readonly entries: readonly Entry[]; readonly faults: readonly Fault[] }> {
  const entries: Entry[] = []
  const faults: Fault[] = []
  for await (const { checked, fault } of inventoryFiles(items)) {
    if (fault !== undefined) faults.push(fault)
    if (checked === undefined) continue
    entries.push(...checked.entries)
    faults.push(...checked.faults, ...checked.remarks)
  }
  return { entries, faults }
}

/** The inventory files among some items as they are read, or why one is not. */
async function* inventoryFiles(items: readonly Item[]): AsyncGenerator<{
  readonly item: Item
  readonly checked?: ReturnType<typeof readInventoryToml>
  readonly fault?: Fault
}> {
  for (const item of itemsOf(items, 'inventory')) {
    let text: string
    try {
      text = Buffer.from(await wholeBytes(item.source, limits.documentBytes)).toString('utf8')
    } catch (error) {
      yield { item, fault: faultOf(error, { file: item.file }) }
      continue
    }
    yield { item, checked: readInventoryToml(text, item.file) }
  }
}

/** The number of subscribers, when the inventory states it. */
export function subscriberBase(db: Db): { readonly count: number; readonly sentence: Sentence } | undefined {
  const base = listInventory(db, 'subscriber_base').at(-1)
  if (base === undefined) return undefined
  return {
    count: base.count,
    sentence: {
      text: `The inventory states ${base.count.toLocaleString('en-US')} subscribers.`,
      cites: [{ kind: 'inventory', entry: base.entry, revision: base.revision }],
    },
  }
}
