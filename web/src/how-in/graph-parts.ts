import type { Story } from '../../../src/server/api.ts'
import { short, withoutDomain, type Drawing, type GraphEdge, type GraphNode, type Ways } from './graph-shape.ts'
import { unfolded } from './graph-unfold.ts'
import { lanesOf } from './lanes.ts'
import { statusOf } from './host-shape.ts'

const [nodesDrawn, hostsAtFirst, edgesByAccount] = [500, 60, 400]
const outside = 'outside'

/**
 * Hosts and moves of a story, at most 500 nodes. Of a story of many hosts first those on the ways to the data and the compromised ones; the others
 * stand folded at the host they were reached from. `open` names what is unfolded: a host shows its accounts, tactics and data.
 */
export function graphOf(
  story: Story,
  { paths = [], links = [], open = [] }: Partial<Ways> & { readonly open?: readonly string[] } = {},
): Drawing {
  const shown = new Set(open)
  const { drawn, folded } = chosen(story, { paths, open: shown })
  const onPath = new Set(paths.flatMap((path) => path.slice(1).map((host, n) => pair(path[n] ?? '', host))))
  const nodes: GraphNode[] = [...drawn].map((host) => ({
    id: `host:${host}`,
    label: short(host),
    shape: statusOf(story, host),
    host,
    folds: true,
  }))
  const edges: GraphEdge[] = []
  const entry = story.initialAccess
  const idOf = (name: string): string | undefined =>
    drawn.has(name) ? `host:${name}` : name === entry?.where ? outside : undefined
  if (entry !== undefined) {
    // An address outside is the outside itself; a host was reached from there.
    const label = drawn.has(entry.where) ? outside : short(entry.where)
    nodes.unshift({ id: outside, label, shape: 'outside', folds: false, times: [entry.time] })
    const path = paths[0]?.[0] === entry.where
    if (drawn.has(entry.where))
      edges.push({
        id: 'edge:outside',
        from: outside,
        to: `host:${entry.where}`,
        label: entry.kind.replaceAll('-', ' '),
        times: [entry.time],
        path,
      })
  }
  edges.push(...movesBetween(story, drawn, onPath))
  const tied = new Set(edges.map((one) => pair(one.from, one.to)))
  for (const link of links) {
    const [from, to] = [idOf(link.from), idOf(link.to)]
    if (from === undefined || to === undefined || tied.has(pair(from, to))) continue
    const path = onPath.has(pair(link.from, link.to))
    edges.push({ id: `edge:link ${pair(from, to)}`, from, to, label: short(link.means), times: [link.time], path })
  }
  for (const [from, hosts] of folded) {
    const id = `more:${from}`
    nodes.push({ id, label: `${hosts.length} more ${hosts.length === 1 ? 'host' : 'hosts'}`, shape: 'more', folds: true })
    if (drawn.has(from))
      edges.push({ id: `edge:${id}`, from: `host:${from}`, to: id, label: '', times: [story.from], path: false })
  }
  for (const host of drawn) {
    if (!shown.has(`host:${host}`)) continue
    const more = unfolded(story, host)
    const known = new Set(nodes.map((one) => one.id))
    const room = nodes.filter((one) => !known.has(one.id)).length + nodesDrawn - nodes.length
    const added = more.nodes.filter((one) => !known.has(one.id)).slice(0, Math.max(0, room))
    nodes.push(...added)
    for (const { id } of added) known.add(id)
    edges.push(...more.edges.filter((one) => known.has(one.from) && known.has(one.to)))
  }
  const hidden = [...folded.values()].reduce((sum, hosts) => sum + hosts.length, 0)
  return { nodes, edges, left: lanesOf(story).length - drawn.size - hidden }
}

/** The hosts that are drawn, and the others by the host they were first reached from ('' when by none that is drawn). */
function chosen(
  story: Story,
  { paths, open }: { readonly paths: readonly (readonly string[])[]; readonly open: ReadonlySet<string> },
): { readonly drawn: ReadonlySet<string>; readonly folded: ReadonlyMap<string, readonly string[]> } {
  const hosts = lanesOf(story)
  const drawn = new Set(hosts.length <= hostsAtFirst ? hosts : [])
  const entry = story.initialAccess?.where
  const first = [...(entry === undefined ? [] : [entry]), ...paths.flat()].filter((host) => hosts.includes(host))
  const compromised = hosts.filter((host) => statusOf(story, host) === 'compromised')
  for (const host of [...first, ...compromised, ...hosts]) if (drawn.size < hostsAtFirst) drawn.add(host)
  const folded = new Map<string, string[]>()
  const from = new Map<string, string>()
  for (const hop of story.lateralMovement) if (drawn.has(hop.from) && !from.has(hop.to)) from.set(hop.to, hop.from)
  for (const host of hosts) {
    if (drawn.has(host)) continue
    const near = from.get(host) ?? ''
    const group = folded.get(near)
    if (group === undefined) folded.set(near, [host])
    else group.push(host)
  }
  for (const [near, group] of folded) {
    if (!open.has(`more:${near}`)) continue
    const room = nodesDrawn - 2 - drawn.size - folded.size
    for (const host of group.splice(0, Math.max(0, room))) drawn.add(host)
    if (group.length === 0) folded.delete(near)
  }
  return { drawn, folded }
}

/** Moves between drawn hosts: one edge an account, or one for all accounts where that would be too many. */
function movesBetween(story: Story, drawn: ReadonlySet<string>, onPath: ReadonlySet<string>): GraphEdge[] {
  const moves = story.lateralMovement.filter((one) => drawn.has(one.from) && drawn.has(one.to) && one.from !== one.to)
  const byAccount = Map.groupBy(moves, (one) => JSON.stringify([one.from, one.to, one.account]))
  const merged = byAccount.size > edgesByAccount
  const groups = merged ? Map.groupBy(moves, (one) => pair(one.from, one.to)) : byAccount
  return [...groups].flatMap(([key, own]) => {
    const [first] = own
    if (first === undefined) return []
    const accounts = new Set(own.map((one) => one.account)).size
    const label = accounts > 1 ? `${accounts} accounts` : short(withoutDomain(first.account))
    return {
      id: `edge:${key}`,
      from: `host:${first.from}`,
      to: `host:${first.to}`,
      label: own.length > 1 ? `${label} (${own.length})` : label,
      times: own.map((one) => one.time),
      path: onPath.has(pair(first.from, first.to)),
    }
  })
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to])
}
