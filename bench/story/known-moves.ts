import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A move, attempt or act between two hosts of a public event set, as `README.md` describes it. */
export interface KnownMove {
  readonly from: string
  readonly to: string
  readonly accounts: readonly string[]
  readonly means: readonly string[]
  readonly at?: string
}

/** A public event set and what is true of it. */
export interface KnownSet {
  readonly set: string
  readonly folder: string
  readonly clock: { readonly stampToUtcSeconds: number }
  /** First and last event, UTC. */
  readonly period: { readonly from: string; readonly to: string }
  readonly records: number
  readonly hosts: readonly {
    readonly name: string
    readonly role: string
    readonly address: string | null
    readonly logs: boolean
  }[]
  readonly moves: readonly KnownMove[]
  readonly attempts: readonly KnownMove[]
  readonly acts: readonly KnownMove[]
}

/** The sets of the table, those of lateral movement first. */
export function knownSets(): readonly KnownSet[] {
  const table = JSON.parse(readFileSync(join(import.meta.dirname, 'otrf-moves.json'), 'utf8')) as {
    readonly sets: readonly KnownSet[]
  }
  const lateral = (one: KnownSet): boolean => one.folder.includes('/lateral_movement/')
  return [...table.sets.filter(lateral), ...table.sets.filter((one) => !lateral(one))]
}
