import { fileSource, limits, UserError } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  importInventory,
  inventoryToml,
  listInventory,
  readInventoryTables,
  readInventoryToml,
  type Imported,
  type Registered,
} from '../inventory/index.ts'
import { openInventory } from './estate.ts'
import { wholeBytes } from './items.ts'
import { sha256Of } from '../base/index.ts'
import type { Workspace } from './workspace.ts'

/** Imports `inventory.toml`, or tables named `systems.csv`, `vendors.csv`, …; all or nothing. */
export async function importInventoryFiles(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly paths: readonly string[]
  readonly replace: boolean
}): Promise<Imported> {
  const { workspace, signer, paths, replace } = options
  const sources = await Promise.all(paths.map((path) => fileSource(path)))
  const [first] = sources
  if (first === undefined || first.size === 0)
    throw new UserError({
      code: 'file-empty',
      message: `${first?.name ?? 'the file'} is empty`,
      hint: 'give an inventory.toml or systems.csv, vendors.csv, …',
    })
  const isToml = /\.toml$/i.test(first.name)
  if (isToml && sources.length > 1)
    throw new UserError({
      code: 'one-file',
      message: 'more than one file beside a TOML file',
      hint: 'import one inventory.toml, or the tables together',
      exitCode: 2,
    })
  const checked = isToml
    ? readInventoryToml(Buffer.from(await wholeBytes(first, limits.documentBytes)).toString('utf8'), first.name)
    : await readInventoryTables(sources)
  const db = openInventory(workspace)
  try {
    const source = await sha256Of(first)
    return importInventory(db, checked, { at: workspace.world.now(), by: signer.name, source, replace })
  } finally {
    db.close()
  }
}

/** The estate as it stands, by kind and id. */
export function inventoryEntries(workspace: Pick<Workspace, 'path'>): readonly Registered[] {
  const db = openInventory(workspace)
  try {
    return listInventory(db)
  } finally {
    db.close()
  }
}

/** The estate as an `inventory.toml` that imports to the same. */
export function inventoryText(workspace: Pick<Workspace, 'path'>): string {
  return inventoryToml(inventoryEntries(workspace))
}
