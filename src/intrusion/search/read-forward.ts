import { nodeOf } from '../graph/node.ts'
import type { Terrain } from './backward.ts'
import { atMicros, slack } from './clock.ts'
import { queue } from './heap.ts'
import { nearer, stepOn, type Reach } from './reach.ts'

/** Edges read of every node of the trees themselves. */
const fromTrees = 500

/** Reads the part of the graph that can be reached from the given nodes (rule S14); says whether the budget ended it. */
export async function readForward(
  terrain: Terrain,
  starts: readonly { readonly node: string; readonly at: number }[],
): Promise<boolean> {
  const { budget, links } = terrain
  const known = new Map<string, Reach[]>()
  const waiting = queue<Reach>(nearer)
  const offer = (reach: Reach): void => {
    const all = known.get(reach.node) ?? []
    if (all.some((one) => one.cost <= reach.cost && one.at <= reach.at)) return
    known.set(reach.node, [...all.filter((one) => one.cost < reach.cost || one.at < reach.at), reach])
    waiting.push(reach)
  }
  for (const { node, at } of starts) offer({ node, at, cost: 0, mode: 'free' })
  let looked = 0
  for (let round = 0; round < budget.rounds; round += 1) {
    const frontier: Reach[] = []
    const nodes = new Map<string, number>()
    while (nodes.size < budget.frontier && looked < budget.states) {
      const reach = waiting.pop()
      if (reach === undefined) break
      if (!(known.get(reach.node) ?? []).includes(reach)) continue
      looked += 1
      frontier.push(reach)
      nodes.set(reach.node, Math.min(nodes.get(reach.node) ?? reach.at, reach.at))
    }
    if (frontier.length === 0) return looked >= budget.states && waiting.pop() !== undefined
    const own = frontier.filter((reach) => reach.cost === 0).map((reach) => reach.node)
    await readOut(terrain, { nodes, own: new Set(own) })
    for (const reach of frontier)
      for (const link of links.outOf(reach.node)) {
        const next = stepOn(terrain, reach, link)
        if (next !== undefined && (next.mode === 'free' || next.mode === 'alone')) offer(next)
      }
  }
  return waiting.pop() !== undefined
}

async function readOut(
  { graph, links, passage, budget }: Terrain,
  { nodes, own }: { readonly nodes: ReadonlyMap<string, number>; readonly own: ReadonlySet<string> },
): Promise<void> {
  const names = [...nodes.keys()].sort()
  const since = (some: readonly string[]): Map<string, string> =>
    new Map(some.map((node) => [node, atMicros((nodes.get(node) as number) - slack)]))
  for (const [some, most] of [
    [names.filter((node) => own.has(node)), fromTrees],
    [names.filter((node) => !own.has(node)), budget.fanOut],
  ] as const)
    if (some.length > 0) links.add(await graph.outOf(since(some), most))
  const hosts = names.filter((node) => nodeOf(node).kind === 'host')
  const until = new Map(hosts.map((node) => [node, atMicros((nodes.get(node) as number) + slack)]))
  if (hosts.length > 0) links.add(await graph.into(until, budget.fanOut))
  const degrees = await graph.degrees(names)
  for (const node of names) {
    const degree = degrees.get(node)
    passage.learn(node, {
      ...(degree === undefined ? {} : { degree: Math.max(degree.into, degree.outOf) }),
      links: [...links.outOf(node), ...links.into(node)],
    })
  }
}
