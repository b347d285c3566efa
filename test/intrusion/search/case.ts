import { isoMicros } from '../../../src/base/index.ts'
import type { Cite } from '../../../src/evidence/index.ts'
import type { Edge, EdgeKind } from '../../../src/intrusion/graph/edge.ts'
import { memoryGraph } from '../../../src/intrusion/graph/memory-graph.ts'
import { hostOf } from '../../../src/intrusion/graph/node.ts'
import { hostsOf } from '../../../src/intrusion/search/hosts.ts'
import { searchStories, type SearchAnswer, type SearchInput } from '../../../src/intrusion/search/search-stories.ts'
import type { Tree } from '../../../src/intrusion/search/tree.ts'
import type { Level, Sighting } from '../../../src/intrusion/sighting.ts'

/** A case in lines, all invented: edges and the detections on their records. */
export interface Case {
  readonly edges: readonly Edge[]
  readonly sightings: readonly Sighting[]
}

/**
 * Reads lines of the form `[day/]hh:mm[:ss] SRC > DST kind [key=value ...] [!level[:tactic] ...]`.
 * Keys: `until`, `bits` (2 unless said), `sure` (1), `by` (account), `bytes`, `in` (detail). `!high:lateral-movement` is a detection on that record.
 * A line `hh:mm @HOST !high:tactic` is a detection whose record made no edge. The record of a line is its own text.
 */
export function caseOf(...texts: readonly string[]): Case {
  const edges: Edge[] = []
  const sightings: Sighting[] = []
  const lines = texts.flatMap((text) => text.split('\n')).map((line) => line.trim())
  for (const line of lines.filter((one) => one !== '')) {
    const words = line.split(/[ \t]+/)
    const time = timeOf(words[0] as string)
    const cite: Cite = {
      kind: 'exhibit',
      sha256: 'a'.repeat(64),
      file: 'invented.evtx',
      at: { kind: 'record', n: numberOf(line) },
    }
    const alone = (words[1] as string).startsWith('@')
    const said = new Map(words.flatMap((word) => (/^\w+=/.test(word) ? [word.split('=') as [string, string]] : [])))
    if (!alone) {
      const edge: Edge = {
        src: words[1] as string,
        dst: words[3] as string,
        t0: time,
        t1: said.has('until') ? timeOf(said.get('until') as string) : time,
        kind: words[4] as EdgeKind,
        account: said.get('by') ?? '',
        certainty: Number(said.get('sure') ?? 1),
        bits: Number(said.get('bits') ?? 2),
        bytes: Number(said.get('bytes') ?? -1),
        detail: (said.get('in') ?? '').replaceAll('\u00a0', ' '),
        cite,
      }
      edges.push(edge)
    }
    for (const mark of words.filter((word) => word.startsWith('!'))) {
      const [level, tactic = 'execution'] = mark.slice(1).split(':') as [Level, string?]
      const host = alone ? (words[1] as string).slice(1) : hostOf(words[3] as string) || hostOf(words[1] as string)
      sightings.push(sightingOf({ time, host, level, tactic, account: said.get('by') ?? '', cite, from: said.get('from') ?? '' }))
    }
  }
  return { edges, sightings }
}

function sightingOf(given: {
  readonly time: string
  readonly host: string
  readonly level: Level
  readonly tactic: string
  readonly account: string
  readonly cite: Cite
  readonly from: string
}): Sighting {
  return {
    time: given.time,
    host: given.host,
    account: given.account,
    sourceIp: given.from,
    rule: `${given.level} ${given.tactic}`,
    title: `Invented ${given.tactic}`,
    level: given.level,
    tactics: [given.tactic],
    techniques: [],
    eventClass: 'process',
    process: '',
    commandLine: '',
    parentProcess: '',
    bytesOut: -1,
    cite: given.cite,
  }
}

/** `3/09:15:20` is the fourth day of March 2026 at that time, `09:15` the first. */
function timeOf(text: string): string {
  const [clock, day = '0'] = text.split('/').toReversed() as [string, string?]
  const [hours, minutes, seconds = '0'] = clock.split(':') as [string, string, string?]
  const second = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return isoMicros(Date.UTC(2026, 2, 1 + Number(day)) + Math.round(second * 1000))
}

function numberOf(line: string): number {
  let hash = 7
  for (const letter of line) hash = (hash * 31 + (letter.codePointAt(0) as number)) % 2_147_483_647
  return hash
}

/** Stories of a case in memory. */
export function search(of: Case, more: Omit<Partial<SearchInput>, 'graph' | 'sightings'> = {}): Promise<SearchAnswer> {
  return searchStories({ graph: memoryGraph(of.edges), sightings: of.sightings, ...more })
}

/** Hosts of a story with one label, or all with theirs. */
export function hosts(tree: Tree | undefined, label: 'compromised' | 'touched' | 'suspected'): string[] {
  return tree === undefined ? [] : hostsOf(tree).flatMap(({ name, status }) => (status === label ? [name] : []))
}

/** `from -> to` of all edges of a story, in their order. */
export function steps(tree: Tree | undefined): string[] {
  return (tree?.edges ?? []).map((edge) => `${edge.src} -> ${edge.dst}`)
}
