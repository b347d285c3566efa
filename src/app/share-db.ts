import { openDb, type Db } from '../store/index.ts'
import type { Workspace } from './workspace.ts'

const migrations = [
  `CREATE TABLE objects (
     seq INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, spec TEXT NOT NULL, version TEXT NOT NULL,
     added TEXT NOT NULL, peer TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (collection, id, version)) STRICT;
   CREATE INDEX objects_of ON objects (collection, seq);
   CREATE TABLE peers (name TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, at TEXT NOT NULL, by TEXT NOT NULL) STRICT;
   CREATE TABLE subscriptions (
     url TEXT PRIMARY KEY, collection TEXT NOT NULL, added_after TEXT NOT NULL, report TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL) STRICT;
   CREATE TABLE received (
     url TEXT NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, written TEXT NOT NULL, source TEXT NOT NULL,
     date TEXT NOT NULL, tlp TEXT NOT NULL, pap TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (url, object, kind, value)) STRICT;
   CREATE TABLE received_rules (
     url TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL, at TEXT NOT NULL,
     PRIMARY KEY (url, object)) STRICT;
   CREATE TABLE seen (url TEXT NOT NULL, object TEXT NOT NULL, act TEXT NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (url, object, act)) STRICT`,
  `ALTER TABLE received ADD COLUMN last TEXT NOT NULL DEFAULT ''`,
]

/** Works on `sharing.db` of a workspace: what was published, who may fetch it, what was subscribed to and received. */
export function withShareDb<T>(workspace: Pick<Workspace, 'path'>, work: (db: Db) => T): T {
  const db = openDb(workspace.path('sharing.db'), { sharing: migrations })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
