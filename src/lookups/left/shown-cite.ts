import type { Cite } from '../../evidence/index.ts'

/** The place in the file; the file alone where the place names a person who is not among `only`, those who may be told. */
export function shownCite(cite: Cite, tokens: readonly string[], only: ReadonlySet<string> | undefined): Cite {
  if (cite.kind !== 'exhibit' || only === undefined || tokens.every((token) => only.has(token))) return cite
  return { ...cite, at: { kind: 'whole' } }
}
