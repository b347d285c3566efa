import { UserError } from '../base/index.ts'
import type { Engine } from '../store/index.ts'
import type { CaseStore } from './case-store.ts'

/** The events of a case in the lake: their loads, and the file that each exhibit was given as. */
export interface CaseLoads {
  readonly loads: readonly string[]
  fileOf(sha256: string): string
}

/**
 * The newest load of every log of a case. One pass over the numbers of loads: a load holds the events of one exhibit and member. A `UserError` when the
 * lake holds none.
 */
export async function caseLoads(engine: Engine, given: ReturnType<CaseStore['given']>): Promise<CaseLoads> {
  const files = new Map(given.map(({ sha256, name }) => [sha256, name]))
  const rows = await engine.rows<{ load: string; exhibit: string; member: string }>(
    'SELECT toString(load_id) AS load, any(exhibit) AS exhibit, any(member) AS member FROM events GROUP BY load_id',
  )
  const newest = new Map<string, string>()
  for (const { load, exhibit, member } of rows.toSorted((a, b) => Number(a.load) - Number(b.load)))
    if (files.has(exhibit)) newest.set(JSON.stringify([exhibit, member]), load)
  if (newest.size === 0)
    throw new UserError({
      code: 'nothing-to-search',
      message: 'the lake holds no events of this case',
      hint: 'investigate the case again: "breachline rebuild" or "breachline investigate FOLDER" loads its logs',
    })
  return { loads: [...newest.values()], fileOf: (sha256) => files.get(sha256) ?? sha256 }
}
