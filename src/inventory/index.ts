export type { Copy, Entry, EntryKind, Leaver, LogSource, Registered, SubscriberBase, System, Vendor } from './entry.ts'
export { hostsOfObject, namesObject, type DataObject, type Sensitivity } from './data-object.ts'
export { inventoryToml, readInventoryToml } from './read-toml.ts'
export { readInventoryTables } from './read-tables.ts'
export { isNmap, readNmap } from './read-nmap.ts'
export { readSbom } from './read-sbom.ts'
export {
  entryRevision,
  importInventory,
  inventoryMigrations,
  listInventory,
  type EntryRevision,
  type Imported,
  type ImportOptions,
} from './register.ts'
export { losing, type Days, type Losing } from './losing.ts'
export type { CheckedEntries } from './schema.ts'
export type { Endpoint, Product } from './product.ts'
