import { appendOnly, evidenceMigrations } from '../evidence/index.ts'

const ledger = `
   CREATE TABLE runs (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE finding_rows (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     act TEXT NOT NULL CHECK (act IN ('proposed', 'restated', 'withdrawn')),
     kind TEXT NOT NULL,
     subject TEXT NOT NULL,
     run TEXT NOT NULL REFERENCES runs (id),
     at TEXT NOT NULL,
     supersedes TEXT,
     body TEXT
   ) STRICT;
   CREATE INDEX finding_rows_of ON finding_rows (id, seq);
   CREATE INDEX finding_rows_about ON finding_rows (kind, subject, seq);
   CREATE TABLE rulings (
     seq INTEGER PRIMARY KEY,
     finding TEXT NOT NULL,
     ruling TEXT NOT NULL CHECK (ruling IN ('adopt', 'reject', 'park', 'reopen')),
     at TEXT NOT NULL,
     by TEXT NOT NULL,
     reason TEXT NOT NULL,
     body TEXT NOT NULL,
     custody INTEGER NOT NULL REFERENCES custody (seq)
   ) STRICT;
   CREATE INDEX rulings_of ON rulings (finding, seq);
   CREATE TABLE acts (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('decision', 'note', 'task-opened', 'task-closed')),
     number INTEGER NOT NULL,
     at TEXT NOT NULL,
     by TEXT NOT NULL,
     body TEXT NOT NULL,
     custody INTEGER NOT NULL REFERENCES custody (seq),
     UNIQUE (kind, number)
   ) STRICT;
   ${['runs', 'finding_rows', 'rulings', 'acts'].map(appendOnly).join('\n')}`

/** The table of acts with the kinds that came later; rows keep their order. */
const furtherActs = `
   CREATE TABLE acts_wider (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('decision', 'note', 'task-opened', 'task-closed', 'loss-recorded', 'preservation-requested')),
     number INTEGER NOT NULL,
     at TEXT NOT NULL,
     by TEXT NOT NULL,
     body TEXT NOT NULL,
     custody INTEGER NOT NULL REFERENCES custody (seq),
     UNIQUE (kind, number)
   ) STRICT;
   INSERT INTO acts_wider SELECT seq, id, kind, number, at, by, body, custody FROM acts;
   DROP TRIGGER acts_no_update;
   DROP TRIGGER acts_no_delete;
   DROP TABLE acts;
   ALTER TABLE acts_wider RENAME TO acts;
   ${appendOnly('acts')}`

/** Everything `case.db` holds, in the one order in which it grew: give this list to `openDb`. New migrations go at the end. */
export const caseMigrations: readonly string[] = [...evidenceMigrations.slice(0, 1), ledger, furtherActs]
