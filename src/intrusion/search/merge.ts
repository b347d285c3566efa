import type { Cite } from '../../evidence/index.ts'
import { hostOf } from '../graph/node.ts'
import { atMicros, slack } from './clock.ts'
import type { Branch, Grown } from './connect.ts'
import { bit } from './cost.ts'
import { inTime, type Draft } from './draft.ts'
import { queue } from './heap.ts'
import { linkOf, type Link } from './links.ts'

/** What a merge joined two stories by; a `seen-with` edge says it when no edge of evidence does. */
interface Tie {
  readonly node: string
  readonly reason: string
  readonly certainty: number
}

/** What joining by a hint costs, in thousandths of a bit. */
const hintCost = 2.5 * bit

/** Two stories as one: its root is the earlier one's, every node keeps its earliest way, what no edge joins hangs on a hint. */
export function merged(one: Draft, other: Draft, tie: Tie): Draft {
  const [first, second] =
    one.from < other.from || (one.from === other.from && one.grown.root < other.grown.root) ? [one, other] : [other, one]
  const links = [...first.grown.branches.values(), ...second.grown.branches.values()]
  const costs = new Map(links.map(({ link, cost }) => [link.key, cost]))
  const all = new Map(links.map(({ link }) => [link.key, link]))
  const { root } = first.grown
  const joins = second.grown.root === root || reaches({ all, root }, second.grown.root)
  if (!joins) {
    const hint = hintBetween({ first, second, tie })
    all.set(hint.key, hint)
    costs.set(hint.key, hintCost)
  }
  const reached = new Map([...first.grown.reached, ...second.grown.reached])
  const branches = earliest({ all, root, costs })
  const waves =
    second.grown.gate === undefined || second.grown.root === root ? [] : [{ root: second.grown.root, gate: second.grown.gate }]
  const { gate } = first.grown
  return {
    grown: {
      root,
      ...(gate === undefined ? {} : { gate }),
      branches,
      reached: new Map([...reached].filter(([node]) => node === root || branches.has(node))),
    },
    from: first.from,
    to: Math.max(one.to, other.to),
    alerts: inTime([...first.alerts, ...second.alerts]),
    waves: [...first.waves, ...second.waves, ...waves],
    ...(first.instead === undefined ? {} : { instead: first.instead }),
    left: [...new Set([...one.left, ...other.left])].sort(),
  }
}

function hintBetween({ first, second, tie }: { readonly first: Draft; readonly second: Draft; readonly tie: Tie }): Link {
  const has = (node: string): boolean => node === first.grown.root || first.grown.branches.has(node)
  const early = (node: string): boolean => (first.grown.branches.get(node)?.arrived ?? Number.NEGATIVE_INFINITY) <= second.from
  const near = [...first.grown.branches]
    .filter(
      ([node, branch]) => hostOf(node) !== '' && hostOf(node) === hostOf(second.grown.root) && branch.arrived <= second.from,
    )
    .sort(([a, one], [b, other]) => other.arrived - one.arrived || (a < b ? -1 : 1))[0]?.[0]
  const src = has(tie.node) && early(tie.node) ? tie.node : (near ?? first.grown.root)
  const t0 = atMicros(second.from)
  return linkOf({
    src,
    dst: second.grown.root,
    t0,
    t1: t0,
    kind: 'seen-with',
    account: '',
    certainty: tie.certainty,
    bits: 0,
    bytes: -1,
    detail: tie.reason,
    cite: second.alerts[0]?.sighting.cite ?? (firstCite(second.grown) as Cite),
  })
}

function firstCite(grown: Grown): Cite | undefined {
  return [...grown.branches.values()].map(({ link }) => link).sort((a, b) => (a.key < b.key ? -1 : 1))[0]?.edge.cite
}

function reaches({ all, root }: { readonly all: ReadonlyMap<string, Link>; readonly root: string }, node: string): boolean {
  return earliest({ all, root, costs: new Map() }).has(node)
}

/** The earliest way to every node, over these links alone. */
function earliest({
  all,
  root,
  costs,
}: {
  readonly all: ReadonlyMap<string, Link>
  readonly root: string
  readonly costs: ReadonlyMap<string, number>
}): Map<string, Branch> {
  const leaving = new Map<string, Link[]>()
  for (const link of [...all.values()].sort((a, b) => (a.key < b.key ? -1 : 1)))
    leaving.set(link.edge.src, [...(leaving.get(link.edge.src) ?? []), link])
  const branches = new Map<string, Branch>()
  const waiting = queue<{ readonly link: Link; readonly arrived: number }>((a, b) =>
    a.arrived === b.arrived ? a.link.key < b.link.key : a.arrived < b.arrived,
  )
  const leave = (node: string, at: number, crossed: boolean): void => {
    for (const link of leaving.get(node) ?? [])
      if (at <= link.until + (link.crosses || crossed ? slack : 0)) waiting.push({ link, arrived: Math.max(at, link.from) })
  }
  leave(root, Number.NEGATIVE_INFINITY, false)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { link, arrived } = next
    if (link.edge.dst === root || branches.has(link.edge.dst)) continue
    branches.set(link.edge.dst, { link, arrived, cost: costs.get(link.key) ?? 0 })
    leave(link.edge.dst, arrived, link.crosses)
  }
  return branches
}
