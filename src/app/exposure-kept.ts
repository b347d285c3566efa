import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { AdvisorySource, Exposure } from '../exposure/index.ts'
import type { Workspace } from './workspace.ts'

type Place = Pick<Workspace, 'path'>

/** Holes kept, and of each list beside them; the most pressing come first. */
const mostKept = 500

/** What stood open when the estate was last held against all advisories at hand; all but `open` is absent in what was kept before it was told. */
export type KeptExposure = Pick<Exposure, 'open'> &
  Partial<Omit<Exposure, 'open'>> & {
    /** ISO 8601 UTC. */
    readonly at?: string
    readonly sources?: readonly AdvisorySource[]
    /** How many were found; more than are kept. */
    readonly found?: { readonly open: number; readonly excluded: number; readonly unmatched: number; readonly unnamed: number }
  }

/** Keeps what stands open, so that assessments can say what was possible and the page can show it. */
export function keepExposure(
  workspace: Place,
  answer: Exposure & { readonly at: string; readonly sources: readonly AdvisorySource[] },
): void {
  const { open, excluded, unmatched, unnamed, ...rest } = answer
  const kept: KeptExposure = {
    ...rest,
    open: open.slice(0, mostKept),
    excluded: excluded.slice(0, mostKept),
    unmatched: unmatched.slice(0, mostKept),
    unnamed: unnamed.slice(0, mostKept),
    found: { open: open.length, excluded: excluded.length, unmatched: unmatched.length, unnamed: unnamed.length },
  }
  writeFileSync(workspace.path('exposure.json'), JSON.stringify(kept), { mode: 0o600 })
}

/** What was kept last; undefined when it was never asked. */
export function keptExposure(workspace: Place): KeptExposure | undefined {
  const file = workspace.path('exposure.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptExposure) : undefined
}

/** What stood open then, as assessments weigh it; empty when it was never asked. */
export function whatStandsOpen(workspace: Place): { readonly exposure?: Pick<Exposure, 'open'> } {
  const kept = keptExposure(workspace)
  return kept === undefined ? {} : { exposure: { open: kept.open } }
}
