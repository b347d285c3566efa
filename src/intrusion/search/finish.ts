import { contentId } from '../../base/index.ts'
import { citeKey } from '../../evidence/index.ts'
import { nodeOf } from '../graph/node.ts'
import type { Sighting } from '../sighting.ts'
import type { Alert } from './alerts.ts'
import type { Terrain } from './backward.ts'
import { atMicros, slack } from './clock.ts'
import { fromRoot, type Branch, type Grown } from './connect.ts'
import { bit } from './cost.ts'
import type { Draft } from './draft.ts'
import type { Gate } from './entries.ts'
import { labelled } from './labels.ts'
import { scoreOf } from './score.ts'
import type { Entry, Sink, Tree } from './tree.ts'

/** How sure a start is of which only the first step is seen. */
const firstSeen = 0.3

/** A draft as the story that is handed out: labels, score, way in, sinks, what the search could not tell. */
export function finished(terrain: Terrain, draft: Draft): Tree {
  const { grown, alerts, from, instead } = draft
  const byNode = new Map<string, Alert[]>()
  for (const alert of alerts) byNode.set(alert.node, [...(byNode.get(alert.node) ?? []), alert])
  const nodes = labelled(grown, { alerts: byNode, from })
  const place = new Map(fromRoot(grown).map((node, index) => [node, index]))
  const rank = ({ link }: Branch): number => place.get(link.edge.dst) ?? 0
  const branches = [...grown.branches.values()].sort((a, b) => a.arrived - b.arrived || rank(a) - rank(b))
  const sightings = new Map<string, readonly Sighting[]>(
    [...byNode].sort(([a], [b]) => (a < b ? -1 : 1)).map(([node, all]) => [node, all.map((alert) => alert.sighting)]),
  )
  const stopped = stopOf(terrain, draft)
  return {
    id: contentId('S', {
      root: grown.root,
      alerts: alerts.map(({ sighting }) => ({ rule: sighting.rule, cite: citeKey(sighting.cite) })),
    }),
    nodes,
    edges: branches.map(({ link }) => link.edge),
    entry: entryOf(grown, from),
    waves: draft.waves
      .map(({ root, gate }) => waveOf(grown, { root, gate, from }))
      .sort((a, b) => (`${a.time} ${a.node}` < `${b.time} ${b.node}` ? -1 : 1)),
    sinks: branches.flatMap(({ link }) => sinkOf(terrain, { link, grown })),
    sightings,
    score: scoreOf(grown, { nodes, alerts }),
    ...(instead === undefined
      ? {}
      : {
          alternative: {
            entry: entryOf(instead.grown, from),
            costDifference: instead.worse / bit,
            onlyHere: instead.onlyHere.map((link) => link.edge),
            onlyThere: instead.onlyThere.map((link) => link.edge),
          },
        }),
    ...(stopped === undefined ? {} : { stopped }),
  }
}

function entryOf(grown: Grown, from: number): Entry {
  return waveOf(grown, { root: grown.root, gate: grown.gate, from })
}

function waveOf(
  grown: Grown,
  { root, gate, from }: { readonly root: string; readonly gate: Gate | undefined; readonly from: number },
): Entry {
  const leaving = [...grown.branches.values()]
    .filter(({ link }) => link.edge.src === root)
    .sort((a, b) => (a.link.key < b.link.key ? -1 : 1))
  const first = leaving[0]
  const time =
    first === undefined ? (grown.reached.get(root)?.at ?? from) : Math.max(first.link.from, Number.isFinite(from) ? from : 0)
  return {
    node: root,
    kind: gate?.kind ?? 'first-seen',
    time: atMicros(time),
    certainty: gate === undefined ? firstSeen : Math.round(1000 * gate.certainty * sureness(grown, root)) / 1000,
    ...(first === undefined ? {} : { edge: first.link.edge }),
  }
}

/** Product of certainties from a way in to the nearest terminal below it, without its first edge. */
function sureness(grown: Grown, root: string): number {
  const ways = [...grown.reached.values()]
    .filter(({ node }) => node !== root)
    .sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : 1))
  for (const { node } of ways) {
    let product = 1
    for (let at = node; ;) {
      const link = grown.branches.get(at)?.link
      if (link === undefined) break
      if (link.edge.src === root) return product
      product *= link.edge.certainty
      at = link.edge.src
    }
  }
  return 1
}

function sinkOf(
  { roles }: Terrain,
  { link, grown }: { readonly link: { readonly edge: Sink['edge'] }; readonly grown: Grown },
): Sink[] {
  const { edge } = link
  const { kind } = nodeOf(edge.dst)
  const crown = roles.isJewel(edge.dst)
  if (kind === 'object' || (crown && (kind === 'share' || kind === 'file')))
    return [{ kind: 'object', node: edge.dst, edge, crown }]
  const leaves = (edge.kind === 'sends' || edge.kind === 'exports') && (kind === 'address' || kind === 'domain')
  return leaves && grown.reached.has(edge.dst) ? [{ kind: 'transfer', node: edge.dst, edge, crown }] : []
}

/** Why nothing before the root is told: the logs show nothing, or what they show costs more than it tells. */
function stopOf({ read, links }: Terrain, { grown, from }: Draft): Tree['stopped'] {
  if (grown.gate !== undefined) return undefined
  const silent = read.get(grown.root)?.whole === true && !links.into(grown.root).some((link) => link.from <= from + slack)
  return { why: silent ? 'silence' : 'budget', where: grown.root }
}
