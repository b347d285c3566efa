import type { Alert } from './alerts.ts'
import { hour, slack } from './clock.ts'
import { arrivedAt, type Grown } from './connect.ts'
import type { Gate } from './entries.ts'
import type { Link } from './links.ts'

/** A story in the making. */
export interface Draft {
  readonly grown: Grown
  readonly from: number
  readonly to: number
  readonly alerts: readonly Alert[]
  /** Ways in of stories that were joined to this one. */
  readonly waves: readonly { readonly root: string; readonly gate: Gate }[]
  /** The next best tree for the same alerts: its root, by how many thousandths of a bit it is worse, the links that differ. */
  readonly instead?: {
    readonly grown: Grown
    readonly worse: number
    readonly onlyHere: readonly Link[]
    readonly onlyThere: readonly Link[]
  }
  /** Accounts, persistence and rare files that the story left behind. */
  readonly left: readonly string[]
}

/** What belongs to a story ends this long after its last step. */
const tail = 24 * hour

/**
 * First and last moment of a tree, and the alerts it tells: those it was made to reach, and all others on its nodes from their arrival on.
 */
export function spanOf(grown: Grown, byNode: ReadonlyMap<string, readonly Alert[]>): Pick<Draft, 'from' | 'to' | 'alerts'> {
  const certain = [...grown.reached.values()]
  const own = certain.flatMap((one) => one.alerts)
  const moments = [
    ...[...grown.branches.values()].map(({ arrived }) => arrived),
    ...certain.map((one) => one.at),
    ...own.map((one) => one.at),
  ]
  const [from, to] = [Math.min(...moments), Math.max(...moments)]
  const met = [grown.root, ...grown.branches.keys()].flatMap((node) => {
    const arrived = node === grown.root ? from - tail : (arrivedAt(grown, node) as number)
    return (byNode.get(node) ?? []).filter((alert) => alert.at >= arrived - slack && alert.at <= to + tail)
  })
  return { from, to, alerts: inTime([...own, ...met]) }
}

/** Alerts in order of time, each once. */
export function inTime(alerts: readonly Alert[]): Alert[] {
  const named = [...new Set(alerts)].map((alert) => ({ alert, name: `${alert.node} ${alert.sighting.rule} ${alert.record}` }))
  return named.sort((a, b) => a.alert.at - b.alert.at || (a.name < b.name ? -1 : 1)).map(({ alert }) => alert)
}

/** A written file counts as left behind from this rarity on; every program writes. */
const rareFile = 4

/** What nodes of the tree left behind after it reached them: accounts, persistence, rare files. */
export function leftBy(
  grown: Grown,
  { from, outOf }: { readonly from: number; readonly outOf: (node: string) => readonly Link[] },
): string[] {
  const left = [grown.root, ...grown.branches.keys()].flatMap((node) => {
    const arrived = arrivedAt(grown, node) ?? from
    const since = Number.isFinite(arrived) ? arrived : from
    return outOf(node).filter(({ edge, from: at }) => {
      const lasts = edge.kind === 'changes' || edge.kind === 'persists' || (edge.kind === 'writes' && edge.bits >= rareFile)
      return lasts && at >= since - slack
    })
  })
  return [...new Set(left.map((link) => link.edge.dst))].sort()
}
