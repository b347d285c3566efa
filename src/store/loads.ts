import type { Db } from './db.ts'

/** A load: one exhibit's (or copy's) rows in the lake, whole or not at all. */
export interface Load {
  readonly id: string
  readonly key: string
  readonly state: 'open' | 'committed' | 'dropped'
  readonly tables: readonly string[]
}

export const loadsMigrations = [
  `CREATE TABLE loads (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     key TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('open', 'committed', 'dropped')),
     tables TEXT NOT NULL,
     rows INTEGER NOT NULL DEFAULT 0
   );
   CREATE UNIQUE INDEX loads_committed ON loads (key) WHERE state = 'committed'`,
] as const

interface LoadRow {
  id: number
  key: string
  state: Load['state']
  tables: string
}

/** The ledger of loads in SQLite; which rows of the lake count is decided here and nowhere else. */
export function loadLedger(db: Db): {
  begin(key: string, tables: readonly string[]): Load
  commit(id: string, rows: number): void
  drop(id: string): void
  /** Takes commitment back, of several at once: their rows do not count from here on, and go with those of loads that never committed. Gives those that were committed. */
  reopen(ids: readonly string[]): Load[]
  committed(key: string): Load | undefined
  all(state: Load['state']): Load[]
  /** True while no load was ever begun. */
  isNew(): boolean
} {
  const read = (row: LoadRow): Load => ({
    id: String(row.id),
    key: row.key,
    state: row.state,
    tables: JSON.parse(row.tables) as string[],
  })
  return {
    begin(key, tables) {
      db.run(`INSERT INTO loads (key, state, tables) VALUES (?, 'open', ?)`, key, JSON.stringify(tables))
      const row = db.get<{ id: number }>('SELECT last_insert_rowid() AS id')
      return { id: String(row?.id), key, state: 'open', tables }
    },
    commit(id, rows) {
      db.run(`UPDATE loads SET state = 'committed', rows = ? WHERE id = ?`, rows, Number(id))
    },
    drop(id) {
      db.run(`UPDATE loads SET state = 'dropped' WHERE id = ?`, Number(id))
    },
    reopen(ids) {
      const loads = ids.flatMap((id) => db.all<LoadRow>(`SELECT * FROM loads WHERE id = ? AND state = 'committed'`, Number(id)))
      db.transaction(() => {
        for (const { id } of loads) db.run(`UPDATE loads SET state = 'open' WHERE id = ?`, id)
      })
      return loads.map((row) => read({ ...row, state: 'open' }))
    },
    committed(key) {
      const row = db.get<LoadRow>(`SELECT * FROM loads WHERE key = ? AND state = 'committed'`, key)
      return row === undefined ? undefined : read(row)
    },
    isNew: () => db.get('SELECT id FROM loads LIMIT 1') === undefined,
    all: (state) => db.all<LoadRow>('SELECT * FROM loads WHERE state = ? ORDER BY id', state).map(read),
  }
}
