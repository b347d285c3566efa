/**
 * Tables of the evidence room inside `case.db`. Every table is append-only: the triggers stop a slip of our own code;
 * what stops somebody with the file in hand is the signed chain, checked by `verify`.
 */
export const evidenceMigrations: readonly string[] = [
  `CREATE TABLE persons (
     fingerprint TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     role TEXT NOT NULL,
     public_key TEXT NOT NULL,
     at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE exhibits (
     number INTEGER PRIMARY KEY,
     sha256 TEXT NOT NULL UNIQUE,
     size INTEGER NOT NULL,
     name TEXT NOT NULL,
     kind TEXT NOT NULL,
     role TEXT NOT NULL,
     block_bytes INTEGER NOT NULL,
     blocks BLOB NOT NULL
   ) STRICT;
   CREATE TABLE acquisitions (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     sha256 TEXT NOT NULL REFERENCES exhibits (sha256),
     name TEXT NOT NULL,
     role TEXT NOT NULL,
     mode TEXT NOT NULL CHECK (mode IN ('copied', 'referenced')),
     path TEXT,
     record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX acquisitions_of ON acquisitions (sha256);
   CREATE TABLE custody (
     seq INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     act TEXT NOT NULL,
     exhibit TEXT,
     by TEXT NOT NULL,
     detail TEXT NOT NULL,
     prev_hash TEXT NOT NULL,
     hash TEXT NOT NULL UNIQUE,
     signatures TEXT NOT NULL
   ) STRICT;
   CREATE INDEX custody_of ON custody (exhibit);
   ${['persons', 'exhibits', 'acquisitions', 'custody'].map(appendOnly).join('\n')}`,
]

/** SQL text of the two triggers that forbid changing or deleting rows of `table`. */
export function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (act) => `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
       BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n')
}
