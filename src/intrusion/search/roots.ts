import { closureOf, type Closure } from './closure.ts'
import { connect, worthOf, type Grown } from './connect.ts'
import type { Terrain } from './backward.ts'
import { bit } from './cost.ts'
import type { Gate } from './entries.ts'
import { hostOf, nodeOf } from '../graph/node.ts'
import type { State } from './walk.ts'

/** A tree grown from one root, and what it is worth. */
export interface Rooted {
  readonly grown: Grown
  readonly worth: number
}

/** What a way in that the logs show is worth, in bits: less when it is unsure. */
const gateBits = 8
/** Roots tried of each sort. */
const tried = 32
/** How far a story without a way in is told back beyond its first alerts, in bits; and how rare a move between hosts must be for that. */
const climbBits = 6
const rareBits = 3

/** Trees from the likeliest roots, the best first (rule S12). */
export function rootedTrees({ passage }: Terrain, closures: readonly Closure[]): Rooted[] {
  const below = terminalsBelow(closures)
  const gates = new Map<string, Gate>()
  const plain = new Map<string, { worth: number; cost: number }>()
  const shown = new Map<string, { worth: number; cost: number }>()
  const direct = new Map<string, { index: number; cost: number }[]>()
  for (const [index, { ways, gates: met, terminal }] of closures.entries()) {
    for (const [node, { gate }] of met) {
      const known = gates.get(node)
      if (known === undefined || gate.certainty > known.certainty) gates.set(node, gate)
    }
    for (const [node, states] of ways) {
      const free = states.filter((state) => state.mode === 'free' || met.has(node))
      const cost = Math.min(...free.map((state) => state.cost))
      if (free.length === 0) continue
      const known = direct.get(node)
      if (known === undefined) direct.set(node, [{ index, cost }])
      else known.push({ index, cost })
    }
    plain.set(terminal.node, { worth: 0, cost: 0 })
  }
  for (const [node, reached] of direct) {
    const isGate = gates.has(node)
    if (!isGate && reached.length < 2 && !plain.has(node)) continue
    const all = new Set(reached.flatMap(({ index }) => [index, ...(below[index] ?? [])]))
    const worth = [...all].reduce((sum, index) => sum + (closures[index] as Closure).terminal.prize, 0)
    const cost = Math.min(...reached.map((one) => one.cost))
    ;(isGate ? shown : plain).set(node, { worth, cost })
  }
  const roots = [...likeliest(shown), ...likeliest(plain)]
  return roots
    .map((root): Rooted => {
      const gate = gates.get(root)
      const start: Grown = { root, ...(gate === undefined ? {} : { gate }), branches: new Map(), reached: new Map() }
      const grown = connect(start, closures, passage)
      const bonus = gate === undefined ? 0 : Math.round(bit * (gateBits + Math.log2(Math.max(gate.certainty, 1 / 256))))
      return { grown, worth: grown.reached.size === 0 ? 0 : worthOf(grown) + bonus }
    })
    .filter(({ worth, grown }) => worth > 0 && grown.reached.size > 0)
    .sort((a, b) => b.worth - a.worth || (a.grown.root < b.grown.root ? -1 : 1))
}

function likeliest(roots: ReadonlyMap<string, { readonly worth: number; readonly cost: number }>): string[] {
  return [...roots]
    .sort(([a, one], [b, other]) => other.worth - other.cost - (one.worth - one.cost) || (a < b ? -1 : 1))
    .slice(0, tried)
    .map(([node]) => node)
}

/** For every terminal, the terminals that can be reached from it, directly or over others. */
function terminalsBelow(closures: readonly Closure[]): ReadonlySet<number>[] {
  const at = new Map(closures.map(({ terminal }, index) => [terminal.node, index]))
  const below = closures.map(() => new Set<number>())
  for (const [index, { ways, terminal }] of closures.entries())
    for (const node of ways.keys()) {
      const above = at.get(node)
      if (above !== undefined && node !== terminal.node) below[above]?.add(index)
    }
  return closures.map((_, from) => {
    const found = new Set<number>()
    const waiting = [from]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const one of below[next] ?? [])
        if (!found.has(one)) {
          found.add(one)
          waiting.push(one)
        }
    return found
  })
}

/** A story without a way in, told back as far as sure and rare links lead (rule S13). */
export function climb(terrain: Terrain, grown: Grown): Grown {
  if (grown.gate !== undefined) return grown
  const leaving = [...grown.branches.values()].filter(({ link }) => link.edge.src === grown.root).map(({ link }) => link.from)
  const at = Math.min(...leaving, grown.reached.get(grown.root)?.at ?? Number.POSITIVE_INFINITY)
  if (!Number.isFinite(at)) return grown
  const { ways } = closureOf(terrain, { node: grown.root, at, prize: 0, alerts: [] })
  const open = [...ways.values()].flat().filter((state) => state.next !== undefined && mayClimb(grown, state))
  const best = open
    .map((state) => ({ state, crossings: crossingsOf(state) }))
    .filter(({ state, crossings }) => crossings > 0 || nodeOf(state.node).kind === 'session')
    .sort((a, b) => b.crossings - a.crossings || a.state.cost - b.state.cost || (a.state.node < b.state.node ? -1 : 1))[0]
  if (best === undefined) return grown
  const branches = new Map(grown.branches)
  let arrived = Number.NEGATIVE_INFINITY
  for (let state = best.state; state.next !== undefined && state.link !== undefined; state = state.next) {
    arrived = Math.max(arrived, state.link.from)
    branches.set(state.next.node, { link: state.link, arrived, cost: state.cost - state.next.cost })
  }
  return { root: best.state.node, branches, reached: grown.reached }
}

function mayClimb(grown: Grown, way: State): boolean {
  if (way.mode !== 'free' || way.cost > climbBits * bit || grown.branches.has(way.node)) return false
  for (let state = way; state.next !== undefined && state.link !== undefined; state = state.next) {
    const { edge } = state.link
    if (edge.certainty < 0.5 || (leavesHost(state) && edge.bits < rareBits)) return false
    if (state !== way && grown.branches.has(state.node)) return false
  }
  return true
}

function leavesHost({ node, next }: State): boolean {
  return next !== undefined && hostOf(node) !== hostOf(next.node)
}

function crossingsOf(way: State): number {
  let count = 0
  for (let state: State | undefined = way; state?.next !== undefined; state = state.next) if (leavesHost(state)) count += 1
  return count
}
