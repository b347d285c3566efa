import type { Edge, GraphReader } from '../graph/edge.ts'
import { nodeId, nodeOf, type NodeKind } from '../graph/node.ts'
import { bitsOf, type Sighting } from '../sighting.ts'
import { micros } from './clock.ts'
import { addressOf, isOutside } from './estate.ts'
import { recordOf } from './links.ts'

/** A detection put on the node that acted. */
export interface Alert {
  readonly sighting: Sighting
  readonly bits: number
  readonly at: number
  readonly node: string
  readonly record: string
  /** All nodes of the edges made of its record. */
  readonly beside: readonly string[]
  /** Addresses of the world outside that its record names. */
  readonly outside: readonly string[]
}

/** From this many bits on an alert starts a search. */
export const seedBits = 8

/** From this many bits on an alert marks what it lies on. */
export const markBits = 4

const recordsAtOnce = 2_000

/** Puts detections on nodes (rule S1); those that name neither record nor host of the graph are `nowhere`. In order of time. */
export async function placeAlerts({
  graph,
  sightings,
  bits = (one) => bitsOf(one.level),
}: {
  readonly graph: GraphReader
  readonly sightings: readonly Sighting[]
  readonly bits?: ((sighting: Sighting) => number) | undefined
}): Promise<{ readonly alerts: readonly Alert[]; readonly nowhere: readonly Sighting[] }> {
  const byRecord = new Map<string, Edge[]>()
  const records = [...new Map(sightings.map((one) => [recordOf(one.cite), one.cite])).entries()].sort((a, b) => order(a[0], b[0]))
  for (let from = 0; from < records.length; from += recordsAtOnce) {
    const cites = records.slice(from, from + recordsAtOnce).map(([, cite]) => cite)
    for (const edge of await graph.ofRecords(cites)) {
      const record = recordOf(edge.cite)
      const known = byRecord.get(record)
      if (known === undefined) byRecord.set(record, [edge])
      else known.push(edge)
    }
  }
  const alerts: Alert[] = []
  const nowhere: Sighting[] = []
  for (const sighting of sightings) {
    const record = recordOf(sighting.cite)
    const edges = byRecord.get(record) ?? []
    const node = actorOf(edges) ?? (sighting.host === '' ? undefined : nodeId('host', sighting.host))
    if (node === undefined || sighting.time === '') {
      nowhere.push(sighting)
      continue
    }
    const beside = [...new Set(edges.flatMap((edge) => [edge.src, edge.dst]))].sort()
    const outside = [...new Set([sighting.sourceIp.toLowerCase(), ...beside.map(addressOf)])].filter(isOutside).sort()
    const strength = Math.min(16, Math.max(0, bits(sighting)))
    alerts.push({ sighting, bits: strength, at: micros(sighting.time), node, record, beside, outside })
  }
  return { alerts: alerts.sort(inOrder), nowhere: nowhere.sort((a, b) => order(a.time, b.time) || order(a.rule, b.rule)) }
}

/** Which end of an edge acted, or came to be, when its record was written. */
function actorsOf(edge: Edge): string {
  switch (edge.kind) {
    case 'starts':
    case 'runs':
    case 'loads':
    case 'triggers':
    case 'logon':
    case 'web-request':
    case 'uses':
    case 'access':
    case 'relay':
    case 'content':
      return edge.dst
    default:
      return edge.src
  }
}

const likeliest: readonly NodeKind[] = ['process', 'session', 'persistence', 'access', 'principal', 'file', 'web-client', 'host']

function actorOf(edges: readonly Edge[]): string | undefined {
  return edges.map(actorsOf).sort((a, b) => rank(a) - rank(b) || order(a, b))[0]
}

function rank(node: string): number {
  const at = likeliest.indexOf(nodeOf(node).kind)
  return at < 0 ? likeliest.length : at
}

/** Order of texts by code units. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function inOrder(a: Alert, b: Alert): number {
  return a.at - b.at || order(a.node, b.node) || order(a.sighting.rule, b.sighting.rule) || order(a.record, b.record)
}
