import type { GraphReader } from '../graph/edge.ts'
import { nodeId, nodeOf } from '../graph/node.ts'
import { markBits } from './alerts.ts'
import { isServiceSession } from './clusters.ts'
import type { Draft } from './draft.ts'
import { addressOf, isOutside, type Roles } from './estate.ts'
import { merged } from './merge.ts'
import { groups, members } from './groups.ts'

/** Names a story stands for, and names it only uses; with the node at which it does. */
interface Ties {
  readonly holds: ReadonlyMap<string, string>
  readonly uses: ReadonlyMap<string, string>
}

/** Neighbours from which on an address, a domain or a process is everybody's. */
const commonDegree = 20

/**
 * Joins stories that are one however far apart (rule S15): the same session, process, persistence or access on both, a file that one wrote and
 * the other used, an address or domain of the world outside that few others have, an account that one made and the other used.
 */
export async function uniteLasting(
  drafts: readonly Draft[],
  { graph, roles }: { readonly graph: GraphReader; readonly roles: Roles },
): Promise<Draft[]> {
  const degrees = await graph.degrees(nodesAsked(drafts))
  const common = (node: string): boolean => {
    const degree = degrees.get(node)
    const web = nodeOf(node).kind === 'web-client'
    return (
      degree !== undefined && (web ? degree.into : nodeOf(node).kind === 'process' ? degree.outOf : degree.into) >= commonDegree
    )
  }
  const ties = drafts.map((draft) => tiesOf(draft, { common, roles }))
  const joined = groups(drafts.length)
  const holder = new Map<string, number>()
  for (const [index, { holds }] of ties.entries())
    for (const name of holds.keys()) {
      const known = holder.get(name)
      if (known === undefined) holder.set(name, index)
      else joined.join(known, index)
    }
  for (const [index, { uses }] of ties.entries())
    for (const name of uses.keys()) {
      const known = holder.get(name)
      if (known !== undefined) joined.join(known, index)
    }
  const numbered = drafts.map((draft, index) => ({ draft, ties: ties[index] as Ties }))
  return members(numbered, joined).map((group) => folded(group))
}

/** Joins a group one by one, each to what it shares a name with. */
function folded(group: readonly { readonly draft: Draft; readonly ties: Ties }[]): Draft {
  const [first, ...others] = group as [(typeof group)[number], ...typeof group]
  let { draft } = first
  const [holds, uses] = [new Map(first.ties.holds), new Map(first.ties.uses)]
  for (let left = others; left.length > 0;) {
    const at = Math.max(
      0,
      left.findIndex((one) => sharedName({ holds, uses }, one.ties) !== undefined),
    )
    const next = left[at] as (typeof group)[number]
    const name = sharedName({ holds, uses }, next.ties) ?? ''
    const node = holds.get(name) ?? uses.get(name) ?? draft.grown.root
    draft = merged(draft, next.draft, { node, reason: name, certainty: 0.5 })
    for (const [one, where] of next.ties.holds) if (!holds.has(one)) holds.set(one, where)
    for (const [one, where] of next.ties.uses) if (!uses.has(one)) uses.set(one, where)
    left = left.filter((one) => one !== next)
  }
  return draft
}

function sharedName(one: Ties, other: Ties): string | undefined {
  const both = [...one.holds.keys()].filter((name) => other.holds.has(name) || other.uses.has(name))
  const used = [...one.uses.keys()].filter((name) => other.holds.has(name))
  return [...both, ...used].sort()[0]
}

function nodesAsked(drafts: readonly Draft[]): string[] {
  const asked = new Set<string>()
  for (const { grown, alerts } of drafts) {
    for (const node of [grown.root, ...grown.branches.keys(), ...alerts.flatMap((alert) => alert.beside)])
      if (['process', 'domain', 'address', 'web-client'].includes(nodeOf(node).kind)) asked.add(node)
    for (const address of alerts.flatMap((alert) => alert.outside)) asked.add(nodeId('address', address))
  }
  return [...asked].sort()
}

function tiesOf(
  { grown, alerts, left }: Draft,
  { common, roles }: { readonly common: (node: string) => boolean; readonly roles: Roles },
): Ties {
  const [holds, uses] = [new Map<string, string>(), new Map<string, string>()]
  const marked = alerts.filter((alert) => alert.bits >= markBits)
  const accused = new Set(marked.map((alert) => alert.node))
  const note = (names: Map<string, string>, name: string, node: string): void => void (names.has(name) || names.set(name, node))
  const outside = (node: string, at: string): void => {
    const address = addressOf(node)
    if (nodeOf(node).kind === 'domain' && !common(node)) note(holds, node, at)
    if (isOutside(address) && !common(node)) note(holds, `address ${address}`, at)
  }
  for (const node of [grown.root, ...grown.branches.keys()]) {
    const { kind, parts } = nodeOf(node)
    const edge = grown.branches.get(node)?.link.edge
    outside(node, node)
    if (kind === 'persistence' || kind === 'access') note(holds, node, node)
    if (kind === 'process' && !common(node)) note(holds, node, node)
    if (kind === 'session' && !isServiceSession(parts[1])) note(holds, node, node)
    if (kind === 'account' && !roles.isShared(parts.join('|'))) note(holds, node, node)
    if (kind === 'file') note(accused.has(node) ? holds : uses, node, node)
    if (edge !== undefined && edge.account !== '') note(uses, nodeId('account', edge.account), node)
  }
  for (const alert of marked) {
    for (const address of alert.outside) outside(nodeId('address', address), alert.node)
    for (const node of alert.beside) {
      outside(node, alert.node)
      if (nodeOf(node).kind === 'persistence') note(uses, node, alert.node)
    }
  }
  for (const node of left) note(holds, node, grown.root)
  return { holds, uses }
}
