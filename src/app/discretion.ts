import { existsSync } from 'node:fs'
import { discretionMigrations, namedDesk, released, tokensOf, type DeskCard } from '../disclosure/index.ts'
import { openDb, type Db } from '../store/index.ts'
import type { Workspace } from './workspace.ts'

/** What a review may show: all of it without a desk, what the desk released with one. Reads of decoys are always shown. */
export interface Discretion {
  readonly desk?: DeskCard
  readonly released: ReadonlySet<string>
  readonly decoys: readonly string[]
}

/** Works on what the workspace keeps about discretion. */
export function withDiscretion<T>(workspace: Pick<Workspace, 'path'>, work: (db: Db) => T): T {
  const db = openDb(workspace.path('discretion.db'), { disclosure: discretionMigrations })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** What was agreed on in this workspace; nothing is written where nothing was. */
export function discretionOf(workspace: Pick<Workspace, 'path'>): Discretion {
  if (!existsSync(workspace.path('discretion.db'))) return { released: new Set(), decoys: [] }
  return withDiscretion(workspace, (db) => {
    const desk = namedDesk(db)
    return { ...(desk === undefined ? {} : { desk }), released: released(db), decoys: tokensOf(db, 'decoys') }
  })
}
