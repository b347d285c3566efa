import type { GraphReader } from '../graph/edge.ts'
import { nodeOf } from '../graph/node.ts'
import type { Budget } from './budget.ts'
import { atMicros, hour, slack } from './clock.ts'
import { bit, hubCost } from './cost.ts'
import { gateOf } from './entries.ts'
import type { Roles } from './estate.ts'
import { queue } from './heap.ts'
import type { Links } from './links.ts'
import type { Passage } from './passage.ts'
import { admit, sooner, stepBack, type State } from './walk.ts'

/** What a search walks on. */
export interface Terrain {
  readonly graph: GraphReader
  readonly links: Links
  readonly passage: Passage
  readonly roles: Roles
  readonly budget: Budget
  /** Up to which moment the links into a node were read, and whether those were all. */
  readonly read: Map<string, { readonly bound: number; readonly whole: boolean }>
}

/** Reads the part of the graph from which the given nodes can have been reached (rule S5); says whether the budget ended it. */
export async function readBackward(
  terrain: Terrain,
  starts: readonly { readonly node: string; readonly at: number }[],
): Promise<boolean> {
  const { links, passage, roles, budget } = terrain
  const ceiling = budget.ceiling * bit
  const known = new Map<string, State[]>()
  const waiting = queue(sooner)
  const offer = (state: State): void => {
    if (admit(known, state, dayOf(state))) waiting.push(state)
  }
  for (const { node, at } of starts) offer({ node, cost: 0, bound: at, mode: 'free' })
  let looked = 0
  for (let round = 0; round < budget.rounds; round += 1) {
    const frontier: State[] = []
    const later: State[] = []
    const nodes = new Set<string>()
    while (nodes.size < budget.frontier && looked + frontier.length < budget.states) {
      const state = waiting.pop()
      if (state === undefined) break
      if (!(known.get(dayOf(state)) ?? []).includes(state)) continue
      // Of a busy node one round reads what precedes one moment; other moments wait for the next.
      if (nodes.has(state.node) && !isRead(terrain, state)) {
        later.push(state)
        continue
      }
      frontier.push(state)
      nodes.add(state.node)
    }
    if (frontier.length === 0) return looked >= budget.states && waiting.pop() !== undefined
    await readInto(terrain, frontier)
    for (const state of later) waiting.push(state)
    for (const state of frontier) {
      looked += 1
      if (passage.mode(state.node, state.bound) === 'shut' && state.next !== undefined) continue
      const through = state.next === undefined ? 0 : hubCost(passage.degree(state.node))
      for (const link of links.into(state.node)) {
        const before = stepBack(state, link, { passage, ceiling, through })
        const onward = before !== undefined && (isAccess(before) || gateOf(link, { roles, links }) === undefined)
        if (onward) offer(before)
      }
    }
  }
  return waiting.pop() !== undefined
}

/** An access is read even though it may be a way in: what leads to it says from where. */
function isAccess({ node }: State): boolean {
  return nodeOf(node).kind === 'access'
}

function isRead({ read }: Terrain, { node, bound }: Pick<State, 'node' | 'bound'>): boolean {
  const known = read.get(node)
  return known !== undefined && known.whole && known.bound >= bound + slack
}

/** A node on one day: of busy nodes only the latest links are read, so what an earlier day needs is asked for apart. */
function dayOf({ node, bound }: State): string {
  return `${Math.floor(bound / (24 * hour))} ${node}`
}

/** One round of reading: links into every node of the frontier that are not all at hand, and how many neighbours it has. */
async function readInto(terrain: Terrain, frontier: readonly State[]): Promise<void> {
  const { graph, links, passage, budget, read } = terrain
  const wanted = new Map<string, number>()
  for (const { node, bound } of frontier) {
    if (!isRead(terrain, { node, bound })) wanted.set(node, bound + slack)
  }
  if (wanted.size === 0) return
  const nodes = [...wanted.keys()].sort()
  const unknown = nodes.filter((node) => !read.has(node))
  const edges = await graph.into(new Map(nodes.map((node) => [node, atMicros(wanted.get(node) as number)])), budget.fanOut)
  const degrees = unknown.length === 0 ? new Map() : await graph.degrees(unknown)
  links.add(edges)
  const counted = new Map<string, number>()
  for (const edge of edges) counted.set(edge.dst, (counted.get(edge.dst) ?? 0) + 1)
  for (const node of nodes) {
    const bound = wanted.get(node) as number
    const known = read.get(node)
    const whole = (counted.get(node) ?? 0) < budget.fanOut
    if (known === undefined || (whole && (!known.whole || bound > known.bound))) read.set(node, { bound, whole })
    const degree = degrees.get(node)
    passage.learn(node, {
      ...(degree === undefined ? {} : { degree: Math.max(degree.into, degree.outOf) }),
      links: links.into(node),
    })
  }
}
