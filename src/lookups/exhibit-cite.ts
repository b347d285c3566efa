import { invariant, type Locator } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** What cites of this room are built from: the exhibits by their hash. */
export type CiteOf = (source: string, n: number) => Cite

/** A source as its cites name it. */
export interface CitedSource {
  readonly sha256: string
  readonly member?: string
  readonly file: string
  readonly unit: 'row' | 'record' | 'line'
}

/** A cite of a row or entry of an exhibit. */
export function citesOf(sources: ReadonlyMap<string, CitedSource>): CiteOf {
  return (key, n) => {
    const source = sources.get(key)
    invariant(source !== undefined, 'rows come from the sources that were loaded')
    const { sha256, file, member, unit } = source
    const at: Locator = { kind: unit, n }
    return { kind: 'exhibit', sha256, file, ...(member === undefined ? {} : { member }), at }
  }
}
