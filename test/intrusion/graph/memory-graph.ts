import type { Edge, GraphReader } from '../../../src/intrusion/graph/edge.ts'

/** A graph held in memory, for cases small enough and for tests; answers as the lake's does. */
export function memoryGraph(edges: readonly Edge[]): GraphReader {
  const walked = edges.filter((edge) => edge.kind !== 'seen-with')
  const byTarget = grouped(walked, (edge) => edge.dst)
  const bySource = grouped(walked, (edge) => edge.src)
  return {
    into: (frontier, perNode) =>
      Promise.resolve(
        [...frontier].flatMap(([node, before]) =>
          (byTarget.get(node) ?? [])
            .filter((edge) => edge.t0 <= before)
            .toReversed()
            .slice(0, perNode),
        ),
      ),
    outOf: (frontier, perNode) =>
      Promise.resolve(
        [...frontier].flatMap(([node, after]) => (bySource.get(node) ?? []).filter((edge) => edge.t1 >= after).slice(0, perNode)),
      ),
  }
}

function grouped(edges: readonly Edge[], key: (edge: Edge) => string): ReadonlyMap<string, readonly Edge[]> {
  const found = new Map<string, Edge[]>()
  for (const edge of edges.toSorted(inOrder)) {
    const of = key(edge)
    const known = found.get(of)
    if (known === undefined) found.set(of, [edge])
    else known.push(edge)
  }
  return found
}

/** Order of edges: time, then names. */
function inOrder(a: Edge, b: Edge): number {
  const [one, other] = [a, b].map((edge) => `${edge.t0}\n${edge.src}\n${edge.dst}\n${edge.kind}`) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}
