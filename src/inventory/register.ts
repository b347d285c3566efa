import { canonicalJson, invariant, type Canonical, type Fault } from '../base/index.ts'
import { appendOnly } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'
import { entryName, type Entry, type EntryKind, type Registered } from './entry.ts'
import { entryKinds, type CheckedEntries } from './schema.ts'

/** Tables of `inventory.db`. */
export const inventoryMigrations: readonly string[] = [
  `CREATE TABLE entries (
     seq INTEGER PRIMARY KEY,
     entry TEXT NOT NULL,
     revision INTEGER NOT NULL,
     kind TEXT NOT NULL,
     at TEXT NOT NULL,
     by TEXT NOT NULL,
     source TEXT NOT NULL,
     body TEXT,
     UNIQUE (entry, revision)
   ) STRICT;
   ${appendOnly('entries')}`,
]

export interface ImportOptions {
  /** Now, ISO 8601 UTC. */
  readonly at: string
  /** Name of the person who imports. */
  readonly by: string
  /** Name of the file, or its hash. */
  readonly source: string
  /** True: entries of the kinds given that are not in the import are marked removed. */
  readonly replace?: boolean
}

/** What an import did, by entry name; with faults nothing was written. */
export interface Imported {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
  readonly faults: readonly Fault[]
  readonly remarks: readonly Fault[]
}

/**
 * Writes checked entries into the inventory, all or nothing: a new or changed entry gets its next revision, an unchanged
 * one keeps its own, so that importing the same file again changes no cite. Old revisions stay readable.
 */
export function importInventory(db: Db, checked: CheckedEntries, options: ImportOptions): Imported {
  const { faults, remarks, entries } = checked
  const result = { added: [] as string[], changed: [] as string[], removed: [] as string[], unchanged: 0, faults, remarks }
  if (faults.length > 0) return result
  db.transaction(() => {
    for (const one of entries) {
      const name = entryName(one)
      const last = lastRow(db, name)
      const body = canonicalJson(one as unknown as Canonical)
      if (last?.body === body) {
        result.unchanged += 1
        continue
      }
      write(db, { name, kind: one.kind, revision: (last?.revision ?? 0) + 1, body, options })
      ;(last === undefined || last.body === null ? result.added : result.changed).push(name)
    }
    if (options.replace === true) result.removed.push(...removeOthers(db, entries, options))
  })
  return result
}

/** The inventory as it stands, by kind and id; removed entries left out. */
export function listInventory(db: Db): readonly Registered[]
export function listInventory<K extends EntryKind>(db: Db, kind: K): readonly Registered<Extract<Entry, { kind: K }>>[]
export function listInventory(db: Db, kind?: EntryKind): readonly Registered[] {
  const rows = db.all<Row>(
    `SELECT e.entry, e.revision, e.body, e.at, e.by FROM entries AS e
     JOIN (SELECT entry, max(revision) AS revision FROM entries GROUP BY entry) AS last USING (entry, revision)
     WHERE e.body IS NOT NULL ORDER BY e.entry`,
  )
  const all = rows.map(registered)
  return entryKinds.flatMap((each) => (kind === undefined || kind === each ? all.filter((one) => one.kind === each) : []))
}

/** An entry with who wrote it when. */
export interface EntryRevision {
  readonly entry: Registered
  readonly at: string
  readonly by: string
  /** A later revision exists, or the entry was removed since. */
  readonly superseded: boolean
}

/**
 * One entry by name (`system:crm`): the given revision, or the newest. Undefined when there is none (or the newest is a removal).
 * This is what an inventory cite resolves to.
 */
export function entryRevision(db: Db, name: string, revision?: number): EntryRevision | undefined {
  const last = lastRow(db, name)
  if (last === undefined) return undefined
  const row =
    revision === undefined
      ? last
      : db.get<Row>('SELECT entry, revision, body, at, by FROM entries WHERE entry = ? AND revision = ?', name, revision)
  if (row === undefined || row.body === null) return undefined
  return { entry: registered(row), at: row.at, by: row.by, superseded: row.revision < last.revision }
}

interface Row {
  readonly entry: string
  readonly revision: number
  readonly body: string | null
  readonly at: string
  readonly by: string
}

function lastRow(db: Db, name: string): Row | undefined {
  return db.get<Row>('SELECT entry, revision, body, at, by FROM entries WHERE entry = ? ORDER BY revision DESC LIMIT 1', name)
}

function registered(row: Row): Registered {
  invariant(row.body !== null, 'a removed entry is not listed')
  return { ...(JSON.parse(row.body) as Entry), entry: row.entry, revision: row.revision }
}

interface NewRow {
  readonly name: string
  readonly kind: EntryKind
  readonly revision: number
  readonly body: string | null
  readonly options: ImportOptions
}

function write(db: Db, { name, kind, revision, body, options }: NewRow): void {
  db.run(
    'INSERT INTO entries (entry, revision, kind, at, by, source, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    name,
    revision,
    kind,
    options.at,
    options.by,
    options.source,
    body,
  )
}

function removeOthers(db: Db, entries: readonly Entry[], options: ImportOptions): string[] {
  const kinds = new Set(entries.map((one) => one.kind))
  const kept = new Set(entries.map(entryName))
  const gone = listInventory(db).filter((one) => kinds.has(one.kind) && !kept.has(one.entry))
  for (const one of gone) write(db, { name: one.entry, kind: one.kind, revision: one.revision + 1, body: null, options })
  return gone.map((one) => one.entry)
}
