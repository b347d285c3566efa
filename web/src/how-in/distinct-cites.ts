import type { Cite } from '../../../src/server/api.ts'

/** Each cite once, in the order in which they first come. */
export function distinctCites(cites: readonly Cite[]): Cite[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(cite), cite])).values()]
}
