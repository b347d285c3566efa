import type { Closure } from './closure.ts'
import type { Gate } from './entries.ts'
import { slack } from './clock.ts'
import type { Link } from './links.ts'
import type { Passage } from './passage.ts'
import type { Terminal } from './terminals.ts'
import { sooner, type State } from './walk.ts'

/** How a node hangs on a tree. */
export interface Branch {
  readonly link: Link
  readonly arrived: number
  /** Thousandths of a bit. */
  readonly cost: number
}

/** A tree while it grows; the root has no branch. */
export interface Grown {
  readonly root: string
  /** The way in that the root is; absent when how it was reached is not shown. */
  readonly gate?: Gate
  readonly branches: Map<string, Branch>
  readonly reached: Map<string, Terminal>
}

/** When the tree has a node: from ever for its root, undefined for what it has not. */
export function arrivedAt(grown: Grown, node: string): number | undefined {
  return node === grown.root ? Number.NEGATIVE_INFINITY : grown.branches.get(node)?.arrived
}

/** Joins every terminal, the earliest first, by its cheapest way from any node the tree has by then (rule S10); then prunes. */
export function connect(grown: Grown, closures: readonly Closure[], passage: Passage): Grown {
  for (const closure of closures.toSorted(inTime)) {
    const { terminal } = closure
    if (grown.reached.has(terminal.node)) continue
    if (arrivedAt(grown, terminal.node) === undefined) {
      const way = cheapest(grown, closure, passage)
      if (way === undefined || !attach(grown, way)) continue
    }
    grown.reached.set(terminal.node, terminal)
  }
  return prune(grown)
}

function inTime(a: Closure, b: Closure): number {
  return a.terminal.at - b.terminal.at || b.terminal.prize - a.terminal.prize || (a.terminal.node < b.terminal.node ? -1 : 1)
}

function cheapest(grown: Grown, { ways }: Closure, passage: Passage): State | undefined {
  let best: State | undefined
  const look = (node: string): void => {
    const at = arrivedAt(grown, node)
    const above = grown.branches.get(node)?.link
    if (at === undefined) return
    for (const state of ways.get(node) ?? []) {
      const inTimeFor = at <= state.bound + (above?.crosses === true || state.link?.crosses === true ? slack : 0)
      const passes = state.mode === 'free' || (above === undefined ? grown.gate !== undefined : passage.takes(state.mode, above))
      if (inTimeFor && passes && (best === undefined || sooner(state, best))) best = state
    }
  }
  if (grown.branches.size < ways.size) for (const node of [grown.root, ...grown.branches.keys()]) look(node)
  else for (const node of ways.keys()) look(node)
  return best
}

/** Hangs a way onto the tree. A node that the way reaches earlier than the tree did moves over, unless the way starts below it. */
function attach(grown: Grown, way: State): boolean {
  const steps: { node: string; branch: Branch }[] = []
  let arrived = arrivedAt(grown, way.node) as number
  for (let state = way; state.next !== undefined && state.link !== undefined; state = state.next) {
    const node = state.next.node
    arrived = Math.max(arrived, state.link.from)
    const known = arrivedAt(grown, node)
    if (known !== undefined && known <= arrived) {
      arrived = known
      continue
    }
    if (known !== undefined && isBelow(grown, way.node, node)) return false
    steps.push({ node, branch: { link: state.link, arrived, cost: state.cost - state.next.cost } })
  }
  for (const { node, branch } of steps) grown.branches.set(node, branch)
  return true
}

function isBelow(grown: Grown, node: string, above: string): boolean {
  for (let at: string | undefined = node; at !== undefined; at = grown.branches.get(at)?.link.edge.src)
    if (at === above) return true
  return false
}

/** Nodes of a tree, every one after what it hangs on. */
export function fromRoot(grown: Grown): string[] {
  const below = new Map<string, string[]>()
  for (const [node, { link }] of [...grown.branches].sort((a, b) => (a[1].link.key < b[1].link.key ? -1 : 1))) {
    const known = below.get(link.edge.src)
    if (known === undefined) below.set(link.edge.src, [node])
    else known.push(node)
  }
  const listed = [grown.root]
  for (let at = 0; at < listed.length; at += 1) listed.push(...(below.get(listed[at] as string) ?? []))
  return listed
}

/** Takes off every limb that is worth less than what joins it, from the leaves on (rule S11). */
function prune(grown: Grown): Grown {
  const worth = new Map<string, number>()
  const dropped = new Set<string>()
  const listed = fromRoot(grown)
  for (const node of listed.toReversed()) {
    const branch = grown.branches.get(node)
    const own = (grown.reached.get(node)?.prize ?? 0) + (worth.get(node) ?? 0)
    if (branch === undefined) continue
    if (own <= branch.cost && !(own === branch.cost && own > 0)) dropped.add(node)
    else worth.set(branch.link.edge.src, (worth.get(branch.link.edge.src) ?? 0) + own - branch.cost)
  }
  for (const node of listed) {
    const above = grown.branches.get(node)?.link.edge.src
    if (above !== undefined && dropped.has(above)) dropped.add(node)
  }
  for (const node of dropped) {
    grown.branches.delete(node)
    grown.reached.delete(node)
  }
  return grown
}

/** Thousandths of a bit by which what a tree reaches is worth more than what joins it. */
export function worthOf(grown: Grown): number {
  const prizes = [...grown.reached.values()].reduce((sum, terminal) => sum + terminal.prize, 0)
  return prizes - [...grown.branches.values()].reduce((sum, branch) => sum + branch.cost, 0)
}
