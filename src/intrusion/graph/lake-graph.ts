import type { Engine } from '../../store/index.ts'
import { citeOf, isoOf } from '../cited.ts'
import type { Edge, EdgeKind, GraphReader } from './edge.ts'

interface EdgeRow {
  readonly src: string
  readonly dst: string
  readonly began: string
  readonly ended: string
  readonly kind: EdgeKind
  readonly account: string
  readonly certainty: number
  readonly bits: number
  readonly volume: string
  readonly detail: string
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly ordinal: string
}

const selected =
  'src, dst, toString(t0) AS began, toString(t1) AS ended, kind, account, certainty, bits, toString(bytes) AS volume, detail, exhibit, member, unit, toString(n) AS ordinal'
const walked = "load_id IN ({loads:Array(UInt64)}) AND kind != 'seen-with'"
/** Nodes that one statement asks for. */
const nodesAtOnce = 1_000

/**
 * The edges of some loads of the lake, read by hops; one statement for a thousand nodes, each with its own bound. `fileOf` gives the
 * path of an exhibit for cites; without, the hash stands there.
 */
export function lakeGraph(
  engine: Engine,
  loads: readonly string[],
  fileOf: (sha256: string) => string = (sha256) => sha256,
): GraphReader {
  const read = (row: EdgeRow): Edge => ({
    src: row.src,
    dst: row.dst,
    t0: isoOf(row.began),
    t1: isoOf(row.ended),
    kind: row.kind,
    account: row.account,
    certainty: rounded(row.certainty),
    bits: rounded(row.bits),
    bytes: Number(row.volume),
    detail: row.detail,
    cite: citeOf({ ...row, at_n: Number(row.ordinal) }, fileOf),
  })
  const hop = async (options: {
    readonly frontier: ReadonlyMap<string, string>
    readonly perNode: number
    readonly table: string
    readonly end: 'src' | 'dst'
    readonly bound: string
    readonly order: string
    /** The same order of one node's edges, along the table's own, so that reading ends with the last edge wanted. */
    readonly alone: string
  }): Promise<readonly Edge[]> => {
    const { end, perNode } = options
    const found = new Map<string, Edge[]>()
    for (const part of parts([...options.frontier])) {
      const rows = await engine.rows<EdgeRow>(
        `SELECT ${selected} FROM ${options.table}
WHERE ${walked} AND ${end} IN ({nodes:Array(String)}) AND ${options.bound}
${part.length === 1 ? `ORDER BY ${options.alone} LIMIT {perNode:UInt32}` : `ORDER BY ${options.order} LIMIT {perNode:UInt32} BY ${end}`}`,
        {
          loads,
          perNode,
          nodes: part.map(([node]) => node),
          bounds: part.map(([, time]) => microsOf(time)),
          latest: part.reduce((latest, [, time]) => (time > latest ? time : latest), ''),
        },
      )
      for (const edge of rows.map(read)) {
        const list = found.get(edge[end])
        if (list === undefined) found.set(edge[end], [edge])
        else list.push(edge)
      }
    }
    return [...options.frontier.keys()].flatMap((node) => found.get(node) ?? [])
  }
  return {
    into: (frontier, perNode) =>
      hop({
        frontier,
        perNode,
        table: 'edges_into',
        end: 'dst',
        bound: `t0 <= parseDateTime64BestEffort({latest:String}, 6, 'UTC') AND toUnixTimestamp64Micro(t0) <= transform(dst, {nodes:Array(String)}, {bounds:Array(Int64)}, toInt64(0))`,
        order: 'dst, t0 DESC, src DESC, kind DESC, account DESC, detail DESC',
        alone: 'dst DESC, t0 DESC, src DESC, kind DESC, account DESC, detail DESC',
      }),
    outOf: (frontier, perNode) =>
      hop({
        frontier,
        perNode,
        table: 'edges_out',
        end: 'src',
        bound: 'toUnixTimestamp64Micro(t1) >= transform(src, {nodes:Array(String)}, {bounds:Array(Int64)}, toInt64(0))',
        order: 'src, t0, dst, kind, account, detail',
        alone: 'src, t0, dst, kind, account, detail',
      }),
  }
}

function parts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / nodesAtOnce) }, (_, index) =>
    all.slice(index * nodesAtOnce, (index + 1) * nodesAtOnce),
  )
}

/** Microseconds since 1970 of a fixed-width time. */
function microsOf(time: string): bigint {
  return BigInt(Date.parse(`${time.slice(0, 23)}Z`)) * 1000n + BigInt(time.slice(23, 26))
}

/** What 32 bits keep of a share, without the digits they make up. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
