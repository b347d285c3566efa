import type { Locator } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'

/** What cites of this room are built from: the exhibits by their hash. */
export type CiteOf = (source: string, n: number) => Cite

/** A cite of a row or entry of an exhibit. */
export function citesOf(exhibits: ReadonlyMap<string, { readonly file: string; readonly unit: 'row' | 'record' }>): CiteOf {
  return (sha256, n) => {
    const exhibit = exhibits.get(sha256)
    const at: Locator = { kind: exhibit?.unit ?? 'record', n }
    return { kind: 'exhibit', sha256, file: exhibit?.file ?? sha256, at }
  }
}
