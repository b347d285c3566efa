import type { Cite } from '../../evidence/index.ts'

/** Why one node could have influenced another. Hints (`seen-with`) join for display and are never walked. */
export type EdgeKind =
  | 'starts' // process -> process
  | 'runs' // session -> process
  | 'loads' // file -> process (module, image, script)
  | 'injects' // process -> process
  | 'writes' // process, session -> file
  | 'content' // file -> content, content -> file
  | 'persists' // process, session -> persistence
  | 'triggers' // persistence -> process
  | 'connects' // process -> host or address, on a port
  | 'resolves' // process -> domain
  | 'logon' // host, address, access, session, process -> session
  | 'credential' // session or process -> account whose secret it used or could read
  | 'uses' // account -> session
  | 'relay' // session -> host and host -> session, where nothing tells which one went on
  | 'share' // session -> share or file over the network
  | 'web-request' // web client -> file or process behind a web server
  | 'access' // address -> access, access -> host
  | 'queries' // session, host, principal -> database object
  | 'exports' // object -> file or address
  | 'sends' // host or process -> address or domain, bytes counted
  | 'changes' // session -> account (made, put into a group, password set)
  | 'clears' // session -> host whose log it cleared
  | 'seen-with'

/** `src` could have influenced `dst` from `t0` on. */
export interface Edge {
  readonly src: string
  readonly dst: string
  /** Fixed-width UTC, corrected by what is known of the clocks; `t1` ends an interval, else equals `t0`. */
  readonly t0: string
  readonly t1: string
  readonly kind: EdgeKind
  /** Account it happened under, lower case; ''. */
  readonly account: string
  /** How sure it is that this edge is one, 0 to 1. */
  readonly certainty: number
  /** Rarity in bits against the estate's own history, else the shipped prior. */
  readonly bits: number
  /** Bytes that went along, -1 when not counted. */
  readonly bytes: number
  /** Port, logon type, access mask, share: what the sentence needs; short, no secrets. */
  readonly detail: string
  readonly cite: Cite
}

/** The edges of a case, read by hops. Every list is in order of time, then of names, the same for any engine. */
export interface GraphReader {
  /** Edges into each of `nodes` at or before its own bound, the latest first, at most `perNode` for each. */
  into(frontier: ReadonlyMap<string, string>, perNode: number): Promise<readonly Edge[]>
  /** Edges out of each of `nodes` at or after its own bound, the earliest first, at most `perNode` for each. */
  outOf(frontier: ReadonlyMap<string, string>, perNode: number): Promise<readonly Edge[]>
}
