// The doors to disk: the engine (ClickHouse, embedded or by URL), SQLite, loads, the workspace lock.
// How the embedded engine and a server differ stays inside `embedded-engine.ts`, `server-engine.ts` and, for files of rows, `saved-rows.ts`.
export { openDb, type Db } from './db.ts'
export { type Engine, type Params, type RowBatches } from './engine.ts'
export type { RawBatch } from './raw-text.ts'
export { MapColumn, NumberColumn, nativeRows, TextColumn, WordColumn, type NativeRows } from './native-block.ts'
export { openLake, type Lake, type LoadWriter } from './lake.ts'
export { lockWorkspace, type WorkspaceLock } from './lock.ts'
export { savedRows } from './saved-rows.ts'
export type { Table } from './table.ts'
export { liveAddressText, parseLiveAddress } from './live-address.ts'
export { openLiveTable, type LiveTable } from './live-table.ts'
