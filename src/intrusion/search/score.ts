import { fixed } from '../../base/index.ts'
import { hostOf } from '../graph/node.ts'
import { mainTactic, orderedLength } from '../tactics.ts'
import type { Alert } from './alerts.ts'
import type { Grown } from './connect.ts'
import { bit } from './cost.ts'
import { hostsOf } from './hosts.ts'
import type { TreeNode, TreeScore } from './tree.ts'

/** Bits for each further tactic in order, and for each further compromised host. */
const orderBits = 3
const hostBits = 5

/** What a story counts for (rule S17). */
export function scoreOf(
  grown: Grown,
  { nodes, alerts }: { readonly nodes: readonly TreeNode[]; readonly alerts: readonly Alert[] },
): TreeScore {
  const best = new Map<string, number>()
  for (const { sighting, bits, node } of alerts) {
    const key = `${mainTactic(sighting.tactics)} ${hostOf(node)}`
    best.set(key, Math.max(best.get(key) ?? 0, bits))
  }
  const seen = [...best.values()].reduce((sum, bits) => sum + bits, 0)
  const compromised = hostsOf({ nodes }).filter((host) => host.status === 'compromised').length
  const order = orderBits * Math.max(0, orderedLength(alerts.map((alert) => mainTactic(alert.sighting.tactics))) - 1)
  const hosts = hostBits * Math.max(0, compromised - 1)
  const connecting = [...grown.branches.values()].reduce((sum, { cost }) => sum + cost, 0) / bit
  return {
    total: rounded(seen + order + hosts - connecting),
    alerts: rounded(seen),
    order,
    hosts,
    connecting: rounded(connecting),
    dearest: rounded(dearestOf(grown) / bit),
  }
}

function rounded(bits: number): number {
  return Number(fixed(bits, 2))
}

function dearestOf(grown: Grown): number {
  return Math.max(
    0,
    ...[...grown.reached.keys()].map((node) => {
      let cost = 0
      for (let at = node; ;) {
        const branch = grown.branches.get(at)
        if (branch === undefined) return cost
        cost += branch.cost
        at = branch.link.edge.src
        if (grown.reached.has(at)) return cost
      }
    }),
  )
}
