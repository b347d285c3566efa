import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Exposure } from '../exposure/index.ts'
import type { Workspace } from './workspace.ts'

type Place = Pick<Workspace, 'path'>

/** Holes kept; the most pressing come first. */
const mostKept = 500

/** Keeps what stood open in the estate when it was last held against all advisories at hand, so that assessments can say what was possible. */
export function keepExposure(workspace: Place, { open }: Pick<Exposure, 'open'>): void {
  writeFileSync(workspace.path('exposure.json'), JSON.stringify({ open: open.slice(0, mostKept) }), { mode: 0o600 })
}

/** What stood open then; empty when it was never asked. */
export function whatStandsOpen(workspace: Place): { readonly exposure?: Pick<Exposure, 'open'> } {
  const file = workspace.path('exposure.json')
  return existsSync(file) ? { exposure: JSON.parse(readFileSync(file, 'utf8')) as Pick<Exposure, 'open'> } : {}
}
