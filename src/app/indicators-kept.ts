import { openDb, type Db } from '../store/index.ts'
import { indicatorKinds, type Indicator, type IndicatorKind } from './indicators.ts'
import type { Workspace } from './workspace.ts'

const migrations = [
  `CREATE TABLE indicators (
     kind TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL, written TEXT NOT NULL, date TEXT NOT NULL, tlp TEXT NOT NULL,
     pap TEXT NOT NULL, kept_at TEXT NOT NULL, kept_by TEXT NOT NULL, PRIMARY KEY (kind, value, source)) STRICT`,
]

interface Row {
  readonly kind: string
  readonly value: string
  readonly source: string
  readonly written: string
  readonly date: string
  readonly tlp: string
  readonly pap: string
}

function withDb<T>(workspace: Pick<Workspace, 'path'>, work: (db: Db) => T): T {
  const db = openDb(workspace.path('indicators.db'), { indicators: migrations })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Keeps indicators with the workspace, so that they are looked for in what arrives later; gives how many were new. */
export function keepIndicators(
  workspace: Pick<Workspace, 'path' | 'world'>,
  indicators: readonly Indicator[],
  by: string,
): number {
  const at = workspace.world.now()
  return withDb(workspace, (db) =>
    db.transaction(() => {
      let kept = 0
      for (const { kind, value, source, written, date = '', tlp = '', pap = '' } of indicators)
        kept += db.run(
          'INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, value, source) DO NOTHING',
          kind,
          value,
          source,
          written,
          date,
          tlp,
          pap,
          at,
          by,
        )
      return kept
    }),
  )
}

/** The indicators kept with the workspace, sorted by kind, value and source. */
export function keptIndicators(workspace: Pick<Workspace, 'path'>): readonly Indicator[] {
  return withDb(workspace, (db) =>
    db
      .all<Row>('SELECT kind, value, source, written, date, tlp, pap FROM indicators ORDER BY kind, value, source')
      .flatMap((row) => {
        const kind = indicatorKinds.find((one): one is IndicatorKind => one === row.kind)
        if (kind === undefined) return []
        const { value, source, written, date, tlp, pap } = row
        const origin = Object.fromEntries(Object.entries({ date, tlp, pap }).filter(([, text]) => text !== ''))
        return [{ kind, value, source, written, ...origin }]
      }),
  )
}
