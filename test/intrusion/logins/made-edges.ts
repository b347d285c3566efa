import type { Edge, EdgeKind } from '../../../src/intrusion/graph/edge.ts'
import { at } from '../made.ts'

let record = 0

/** An edge at `08:15` of the tests' day (to `until`, else the same moment), all else filled in. */
export function edge(
  src: string,
  kind: EdgeKind,
  dst: string,
  of: {
    readonly at: string
    readonly until?: string
    readonly account?: string
    readonly certainty?: number
    readonly detail?: string
  },
): Edge {
  record += 1
  return {
    src,
    dst,
    kind,
    t0: at(of.at),
    t1: at(of.until ?? of.at),
    account: of.account ?? '',
    certainty: of.certainty ?? 1,
    bits: 1,
    bytes: -1,
    detail: of.detail ?? '',
    cite: { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'edges.evtx', at: { kind: 'record', n: record } },
  }
}

/** A session of an account on a host from a source, alive from one moment to another: its logon, and that it may have gone on. */
export function session(
  name: string,
  of: {
    readonly from: string
    readonly account: string
    readonly at: string
    readonly until: string
    readonly detail?: string
    readonly share?: number
  },
): Edge[] {
  const [host] = name.split('|')
  const { account, share = 1 } = of
  return [
    edge(of.from, 'logon', `sess:${name}`, { at: of.at, account, certainty: 0.9, detail: of.detail ?? 'type 3' }),
    edge(`sess:${name}`, 'relay', `host:${host ?? ''}`, { at: of.at, until: of.until, account, certainty: share }),
  ]
}
