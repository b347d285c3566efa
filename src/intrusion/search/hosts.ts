import { hostOf } from '../graph/node.ts'
import type { HostStatus } from '../story.ts'
import type { Tree, TreeNode } from './tree.ts'

const strength: Readonly<Record<HostStatus, number>> = { touched: 0, suspected: 1, compromised: 2 }

/** The hosts of a story by what happened on them: the strongest label among their nodes. In order of name. */
export function hostsOf({
  nodes,
}: Pick<Tree, 'nodes'>): { readonly name: string; readonly status: HostStatus; readonly nodes: readonly TreeNode[] }[] {
  const found = new Map<string, TreeNode[]>()
  for (const node of nodes) {
    const name = hostOf(node.id)
    if (name !== '') found.set(name, [...(found.get(name) ?? []), node])
  }
  return [...found]
    .map(([name, all]) => ({
      name,
      status: all.map((node) => node.label).reduce((most, label) => (strength[label] > strength[most] ? label : most)),
      nodes: all,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
