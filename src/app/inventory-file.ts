import { fileSource, limits, UserError, type ByteSource } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  importInventory,
  inventoryToml,
  isNmap,
  listInventory,
  readInventoryTables,
  readInventoryToml,
  readNmap,
  readSbom,
  type CheckedEntries,
  type Imported,
  type Registered,
} from '../inventory/index.ts'
import { openInventory } from './estate.ts'
import { wholeBytes } from './items.ts'
import { sha256Of } from '../base/index.ts'
import type { Workspace } from './workspace.ts'

/**
 * Imports `inventory.toml`; tables named `systems.csv`, `vendors.csv`, …; a bill of materials (CycloneDX or SPDX JSON), whose parts get `system` and
 * `host`; or a scan by nmap (XML). All or nothing.
 */
export async function importInventoryFiles(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly paths: readonly string[]
  readonly replace: boolean
  readonly system?: string
  readonly host?: string
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
  const document = documentKind(first.name)
  if (document !== undefined && sources.length > 1)
    throw new UserError({
      code: 'one-file',
      message: `more than one file beside ${first.name}`,
      hint: 'import one document at a time, or the tables together',
      exitCode: 2,
    })
  const checked = document === undefined ? await readInventoryTables(sources) : await readDocument(first, document, options)
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

type DocumentKind = 'toml' | 'json' | 'xml'

function documentKind(name: string): DocumentKind | undefined {
  return (['toml', 'json', 'xml'] as const).find((kind) => name.toLowerCase().endsWith(`.${kind}`))
}

async function readDocument(
  file: ByteSource,
  kind: DocumentKind,
  where: { readonly system?: string; readonly host?: string },
): Promise<CheckedEntries> {
  const text = Buffer.from(await wholeBytes(file, limits.documentBytes)).toString('utf8')
  if (kind === 'toml') return readInventoryToml(text, file.name)
  if (kind === 'xml' && isNmap(text)) return readNmap(text, file.name)
  const { system, host } = where
  const parts =
    kind === 'json'
      ? readSbom(text, { file: file.name, ...(system === undefined ? {} : { system }), ...(host === undefined ? {} : { host }) })
      : undefined
  if (parts !== undefined) return parts
  throw new UserError({
    code: 'inventory-document',
    message: `${file.name} is ${kind === 'json' ? 'neither CycloneDX nor SPDX 2 in JSON' : 'no scan by nmap (nmap -oX)'}`,
    hint: 'give inventory.toml, tables such as products.csv, a bill of materials in JSON, or the XML of nmap',
  })
}
