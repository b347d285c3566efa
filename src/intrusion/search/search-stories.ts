import type { Watch } from '../../base/index.ts'
import type { GraphReader } from '../graph/edge.ts'
import { bitsOf, type Sighting } from '../sighting.ts'
import { tellingAccounts } from './accounts.ts'
import { placeAlerts, seedBits, type Alert } from './alerts.ts'
import type { Terrain } from './backward.ts'
import { usualBudget, type Budget } from './budget.ts'
import { clusterAlerts } from './clusters.ts'
import { draftOf, readToward, saplingsOf } from './drafts.ts'
import { rolesOf, type Estate } from './estate.ts'
import { finished } from './finish.ts'
import { uniteHinted } from './hints.ts'
import { noLinks } from './links.ts'
import { startsOf } from './meet.ts'
import { passageOf } from './passage.ts'
import { readForward } from './read-forward.ts'
import { terminalsOf, terminalsOfPaths, united, type LoginPath, type Terminal } from './terminals.ts'
import { uniteLasting } from './ties.ts'
import type { Tree } from './tree.ts'

/** What stories are searched in; everything in any order. */
export interface SearchInput {
  readonly graph: GraphReader
  readonly sightings: readonly Sighting[]
  readonly estate?: Estate
  readonly paths?: readonly LoginPath[]
  /** Bits of a detection where the estate's own history knows better than its rule's level. */
  readonly bits?: (sighting: Sighting) => number
  readonly budget?: Partial<Budget>
  readonly watch?: Watch
}

/** Stories, strongest first, and the detections that are in none. */
export interface SearchAnswer {
  readonly stories: readonly Tree[]
  readonly unjoined: readonly Sighting[]
  /** The budget ended the reading: dearer ways than those told may exist. */
  readonly exhausted: boolean
}

/** Bits that the hops of a clear login path to a new place are rarer than each alone. */
const pathBits = 6

/**
 * From detections on nodes to stories as trees (rules S1 to S18 of SPEC.md). Reads the graph in rounds; the same edges and detections in any order
 * give the same answer. Stops early when the signal of `watch` says so, by throwing its reason.
 */
export async function searchStories(input: SearchInput): Promise<SearchAnswer> {
  const { graph, sightings, watch } = input
  const paths = input.paths ?? []
  const budget: Budget = { ...usualBudget, ...input.budget }
  const roles = rolesOf(input.estate ?? {})
  const { alerts, nowhere } = await placeAlerts({ graph, sightings, bits: input.bits ?? ((one) => bitsOf(one.level)) })
  const byNode = Map.groupBy(alerts, (alert) => alert.node)
  const telling = await tellingAccounts({ graph, alerts, roles })
  const links = noLinks()
  for (const { hops, clear, newAccess } of paths)
    links.add(hops.map((edge) => (clear && newAccess ? { ...edge, bits: edge.bits + pathBits } : edge)))
  const terrain: Terrain = {
    graph,
    links,
    roles,
    budget,
    read: new Map(),
    passage: passageOf({ alerts, roles, hubDegree: budget.hubDegree }),
  }
  const clusters = clusterAlerts(
    alerts.filter((alert) => alert.bits >= seedBits),
    { telling, roles },
  )
  const searched = searches({ clusters, ends: terminalsOfPaths(paths), most: budget.terminals })
  const step = (name: string): void => {
    watch?.signal?.throwIfAborted()
    watch?.report?.({ step: name, done: 0, total: searched.length, unit: 'clusters' })
  }
  step('reading what led to alerts')
  const cutBefore = await readToward(terrain, searched.flat())
  step('joining alerts')
  const saplings = searched.flatMap((terminals) => saplingsOf(terrain, terminals))
  step('reading what followed')
  const cutAfter = await readForward(
    terrain,
    saplings.flatMap(({ grown }) => startsOf(grown)),
  )
  step('telling what was met')
  const drafts = saplings.map((sapling) => draftOf(terrain, sapling, byNode))
  const united = uniteHinted(await uniteLasting(drafts, { graph, roles }), { telling, roles })
  const stories = united.map((draft) => finished(terrain, draft))
  const told = new Set(united.flatMap((draft) => draft.alerts))
  const unjoined = [...nowhere, ...alerts.filter((alert) => !told.has(alert)).map((alert) => alert.sighting)]
  stories.sort((a, b) => b.score.total - a.score.total || (a.id < b.id ? -1 : 1))
  return { stories, unjoined, exhausted: cutBefore || cutAfter }
}

/** What is searched together: the terminals of each cluster, with the ends of login paths on the same nodes, or of their own. */
function searches({
  clusters,
  ends,
  most,
}: {
  readonly clusters: readonly (readonly Alert[])[]
  readonly ends: readonly Terminal[]
  readonly most: number
}): Terminal[][] {
  const lists = clusters.map((cluster) => terminalsOf(cluster))
  const alone: Terminal[] = []
  for (const end of ends) {
    const near = lists.find((list) => list.some((one) => one.node === end.node))
    if (near === undefined) alone.push(end)
    else near.push(end)
  }
  return [...lists.map((list) => united(list).slice(0, most)), ...united(alone).map((one) => [one])]
}
