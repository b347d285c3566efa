import { UserError } from '../base/index.ts'
import { exhibit } from '../evidence/index.ts'
import { caseIds, openCase } from './case-store.ts'
import type { Workspace } from './workspace.ts'

/** Which events of the lake are searched: loads by id, and the names under which their exhibits were given. */
export interface HuntScope {
  readonly loads: readonly string[]
  /** Where an exhibit stands, by SHA-256: the file as given, and its number in the (first) case that has it. */
  readonly exhibits: ReadonlyMap<string, { readonly file: string; readonly caseId: string; readonly number: string }>
}

/**
 * The newest load of every log of a case, or of all cases of the workspace. An exercise's logs are searched only when its case is
 * named. A `UserError` when the lake holds none of them, unless that is asked for (`orNone`).
 */
export async function huntScope(
  workspace: Workspace,
  caseId: string | undefined,
  { orNone = false }: { readonly orNone?: boolean } = {},
): Promise<HuntScope> {
  const exhibits: Map<string, { file: string; caseId: string; number: string }> = new Map()
  for (const id of caseId === undefined ? caseIds(workspace) : [caseId]) {
    const store = openCase(workspace, id)
    try {
      if (caseId === undefined && store.info().generated) continue
      for (const { sha256, name } of store.given()) {
        if (exhibits.has(sha256)) continue
        exhibits.set(sha256, { file: name, caseId: id, number: exhibit(store.db, sha256)?.number ?? '' })
      }
    } finally {
      store.close()
    }
  }
  const { engine } = await workspace.lake()
  // Rows of loads that never committed are gone since the lake was opened.
  const rows = await engine.rows<{ exhibit: string; load: string }>(
    'SELECT exhibit, member, toString(max(load_id)) AS load FROM events GROUP BY exhibit, member ORDER BY exhibit, member',
  )
  const loads = new Set(rows.filter((row) => exhibits.has(row.exhibit)).map((row) => row.load))
  if (loads.size === 0 && !orNone)
    throw new UserError({
      code: 'nothing-to-search',
      message:
        caseId === undefined ? 'the lake of this workspace holds no logs' : `the lake holds no logs of the case "${caseId}"`,
      hint: 'run "breachline investigate FOLDER" first; it loads the logs. The logs of an exercise are searched with --case',
    })
  return { loads: [...loads].sort((a, b) => Number(a) - Number(b)), exhibits }
}
