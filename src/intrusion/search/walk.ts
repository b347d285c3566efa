import { hostOf } from '../graph/node.ts'
import { slack } from './clock.ts'
import { linkCost } from './cost.ts'
import type { Link } from './links.ts'
import type { Mode, Passage } from './passage.ts'

/** Standing on a node with a way onward to what the search started from. */
export interface State {
  readonly node: string
  /** Thousandths of a bit from here to there. */
  readonly cost: number
  /** Latest moment at which an influence may leave this node and still arrive in time. */
  readonly bound: number
  readonly mode: Mode
  /** The link from here, and the state it leads to; absent at the start. */
  readonly link?: Link
  readonly next?: State
}

/** The state before `state` on the way of `link`; undefined when time, the hub rules or the ceiling forbid it (rules S5 to S8). */
export function stepBack(
  state: State,
  link: Link,
  { passage, ceiling, through }: { readonly passage: Passage; readonly ceiling: number; readonly through: number },
): State | undefined {
  const crossing = link.crosses || state.link?.crosses === true
  if (link.from > state.bound + (crossing ? slack : 0) || !passage.takes(state.mode, link)) return undefined
  const cost = state.cost + through + linkCost(link, state.bound)
  if (cost > ceiling) return undefined
  const node = link.edge.src
  const bound = Math.min(state.bound, link.until)
  const own = passage.mode(node, bound)
  if (own === 'shut') return undefined
  const executedHere = own === 'executed' && hostOf(node) === hostOf(state.node) && state.next !== undefined
  const mode = executedHere && (state.mode === 'free' || state.mode === 'executed') ? 'free' : own
  return { node, cost, bound, mode, link, next: state }
}

/** Cheaper first, then later, then by names: a total order of states, whatever order they were found in. */
export function sooner(a: State, b: State): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost
  if (a.bound !== b.bound) return a.bound > b.bound
  if (a.node !== b.node) return a.node < b.node
  if (a.mode !== b.mode) return a.mode < b.mode
  const [one, other] = [a.link?.key ?? '', b.link?.key ?? '']
  if (one !== other) return one < other
  return (a.next?.node ?? '') < (b.next?.node ?? '')
}

/** States kept of one node: none that another beats in cost, time and freedom at once. */
const kept = 4

/** Takes a state in unless one known under the same name is as good in everything; says whether it was taken. */
export function admit(known: Map<string, State[]>, state: State, under: string = state.node): boolean {
  const all = known.get(under)
  if (all === undefined) {
    known.set(under, [state])
    return true
  }
  if (all.some((one) => beats(one, state))) return false
  const left = all.filter((one) => !beats(state, one))
  if (left.length >= kept) return false
  known.set(under, [...left, state])
  return true
}

function beats(a: State, b: State): boolean {
  return a.cost <= b.cost && a.bound >= b.bound && (a.mode === 'free' || a.mode === b.mode)
}
