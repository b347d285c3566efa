import { canonicalJson, UserError } from '../base/index.ts'
import { citeKey, type Cite, type Resolved } from '../evidence/index.ts'
import type { CaseStore } from './case-store.ts'
import { discretionOf } from './discretion.ts'
import type { Workspace } from './workspace.ts'

/**
 * Where a disclosure desk releases, rows of access logs, of recorded reasons and of what was left behind are seen only as the review cites them: the rows of what was released, without their
 * neighbours; of the whole file only what is said of it. Throws a `UserError` for another row.
 */
export function releasedRows(options: {
  readonly workspace: Pick<Workspace, 'path'>
  readonly store: Pick<CaseStore, 'lastAnswer'>
  readonly cite: Cite
  readonly resolved: Resolved
}): Resolved {
  const { workspace, store, cite, resolved } = options
  if (resolved.kind !== 'exhibit' || !/^(?:audit|explain|left-behind)$/.test(resolved.exhibit.role)) return resolved
  if (discretionOf(workspace).desk === undefined) return resolved
  const { excerpt, ...without } = resolved
  if (cite.kind !== 'exhibit' || cite.at.kind === 'whole') return without
  if (!citedKeys(store.lastAnswer()?.json ?? '{}').has(canonicalJson(citeKey(cite))))
    throw new UserError({
      code: 'row-not-released',
      message: 'this row belongs to nothing that the disclosure desk has released',
      hint: 'open the rows that findings cite; for another one ask the disclosure desk',
    })
  if (excerpt?.kind !== 'pieces') return resolved
  const { before: _before, after: _after, ...alone } = excerpt
  return { ...resolved, excerpt: alone }
}

/** Keys of all single rows and records that the last answer cites. */
function citedKeys(json: string): ReadonlySet<string> {
  const keys = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one)
    else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && value.kind === 'exhibit' && 'sha256' in value && 'at' in value && isPlace(value.at))
        keys.add(canonicalJson(citeKey(value as Cite)))
      else for (const one of Object.values(value)) visit(one)
    }
  }
  visit(JSON.parse(json))
  return keys
}

function isPlace(at: unknown): boolean {
  return typeof at === 'object' && at !== null && 'kind' in at && at.kind !== 'whole'
}
