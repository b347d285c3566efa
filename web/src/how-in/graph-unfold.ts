import type { Story } from '../../../src/server/api.ts'
import { short, withoutDomain, type GraphEdge, type GraphNode } from './graph-shape.ts'
import { tacticName } from './tactics.ts'

const most = 24

/** What a host unfolds to: accounts used to reach it or from it, tactics of its steps, data that was reached on it. */
export function unfolded(
  story: Story,
  host: string,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const add = (node: GraphNode, edge: Pick<GraphEdge, 'from' | 'to' | 'label' | 'times'>): void => {
    nodes.push(node)
    edges.push({ id: `edge:${edge.from} ${edge.to}`, path: false, ...edge })
  }
  const self = `host:${host}`
  for (const [account, times] of accountsOf(story, host)) {
    const id = `account:${account}`
    add(
      { id, label: short(withoutDomain(account)), shape: 'account', folds: false, times },
      { from: id, to: self, label: 'used', times },
    )
  }
  const own = story.steps.map((step, n) => ({ step, n: n + 1 })).filter(({ step }) => step.host === host)
  for (const [tactic, steps] of Map.groupBy(own, ({ step }) => step.tactic)) {
    const id = `tactic:${JSON.stringify([host, tactic])}`
    const times = steps.map(({ step }) => step.time)
    const label = `${tacticName(tactic)} (${steps.length})`
    add({ id, label, shape: 'tactic', host, folds: false, times }, { from: self, to: id, label: '', times })
  }
  story.reached.forEach((one, n) => {
    if (one.data?.host !== host || nodes.length >= most) return
    const id = `data:${n}`
    const times = one.data.first === undefined ? [] : [one.data.first]
    const label = short(one.what.replace(` on ${host}`, '').replace(` from ${host}`, ''))
    add({ id, label, shape: 'data', host, folds: false, times }, { from: self, to: id, label: one.data.certainty, times })
  })
  return { nodes, edges }
}

function accountsOf(story: Story, host: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const add = (account: string, time: string): void => {
    if (account !== '' && found.size < most) found.set(account, [...(found.get(account) ?? []), time])
  }
  for (const hop of story.lateralMovement) if (hop.to === host || hop.from === host) add(hop.account, hop.time)
  for (const { data } of story.reached)
    if (data?.host === host) for (const account of data.accounts) add(account, data.first ?? story.from)
  return found
}
