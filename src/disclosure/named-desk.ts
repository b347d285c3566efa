import type { z } from 'zod'
import type { Db } from '../store/index.ts'
import { readCard, type deskCardSchema } from './desk-card.ts'

/** A disclosure desk as others know it. */
export type DeskCard = z.infer<typeof deskCardSchema>

/** What an ordinary workspace keeps about discretion: its desk, what was released, decoys, protected persons, requests to re-identify. */
export const discretionMigrations = [
  `CREATE TABLE desk (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, card TEXT NOT NULL) STRICT;
   CREATE TABLE released (token TEXT PRIMARY KEY) STRICT;
   CREATE TABLE marked (list TEXT NOT NULL, token TEXT NOT NULL, PRIMARY KEY (list, token)) STRICT;
   CREATE TABLE reidentify (
     n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, by TEXT NOT NULL, fingerprint TEXT NOT NULL, purpose TEXT NOT NULL, scope TEXT NOT NULL,
     subjects TEXT NOT NULL, approved_at TEXT, approved_by TEXT, approver TEXT, reason TEXT, used_at TEXT
   ) STRICT`,
] as const

/** The desk that releases for this workspace; undefined = none was named, and everything flagged is shown. */
export function namedDesk(db: Db): DeskCard | undefined {
  const row = db.get<{ card: string }>('SELECT card FROM desk ORDER BY seq DESC LIMIT 1')
  return row === undefined ? undefined : readCard(row.card)
}

/** Names the desk; from now on nothing flagged is shown that it has not released. */
export function nameDesk(db: Db, card: DeskCard, at: string): void {
  db.transaction(() => {
    db.run('INSERT INTO desk (at, card) VALUES (?, ?)', at, JSON.stringify(card))
    db.run('DELETE FROM released')
  })
}

/** What the desk has released, in place of what it released before. */
export function keepReleased(db: Db, tokens: readonly string[]): void {
  db.transaction(() => {
    db.run('DELETE FROM released')
    for (const token of tokens) db.run('INSERT OR IGNORE INTO released (token) VALUES (?)', token)
  })
}

/** Tokens that may be shown. */
export function released(db: Db): ReadonlySet<string> {
  return new Set(db.all<{ token: string }>('SELECT token FROM released').map((row) => row.token))
}
