import type { IntrusionName, ScenarioName, ScenarioOptions } from './scenario.ts'

/** How an attack got in. */
export type EntryKind =
  | 'web-server'
  | 'vendor-session'
  | 'api'
  | 'insider'
  | 'router'
  | 'cloud-login'
  | 'mail'
  | 'removable-drive'

/** Hosts by their short name in lower case; times are ISO text, UTC, by a right clock. */
export interface AttackTruth {
  readonly scenario: IntrusionName
  readonly entry: {
    /** The first host that was reached: where the attack shows first inside. */
    readonly host: string
    readonly kind: EntryKind
    readonly at: string
    /** Account used to get in, as the logs write it. */
    readonly account?: string
    /** Addresses outside that it came from, first one first. */
    readonly addresses: readonly string[]
  }
  /** Hosts on which the attacker ran or controlled something, in order. */
  readonly compromised: readonly string[]
  /** Hosts that were only asked, read from or logged on to without running anything. */
  readonly touched: readonly string[]
  /** Accounts used or made by the attacker, in order of first use. */
  readonly accounts: readonly string[]
  /** Each gave code, control or a session on the target. */
  readonly moves: readonly {
    readonly from: string
    readonly to: string
    readonly account: string
    readonly at: string
    readonly means: string
  }[]
  /** What was done to another host without getting code, control or a session there: files read from a share, statements at a database. */
  readonly acts: readonly {
    readonly from: string
    readonly to: string
    readonly account: string
    readonly at: string
    readonly means: string
  }[]
  /** Tactics in order of time; `stage` is the short name that ATT&CK gives a tactic. */
  readonly stages: readonly { readonly stage: string; readonly host: string; readonly at: string }[]
  /** What was read or taken, and the categories of personal data in it (words of the inventory). */
  readonly objects: readonly { readonly host: string; readonly object: string; readonly categories: readonly string[] }[]
  /** Bytes that left the estate. */
  readonly bytesOut: number
  /** Records of the attack that were written: path under `case/` and line, counted from 1 with headers. */
  readonly attackRecords: readonly { readonly file: string; readonly line: number }[]
}

/** What is true of a generated estate: sealed beside the case folder, never inside it. */
export interface ScenarioTruth extends Partial<Omit<AttackTruth, 'scenario' | 'attackRecords'>> {
  readonly kind: 'scenario'
  readonly scenario: ScenarioName
  readonly seed: number
  readonly options: ScenarioOptions
  readonly generated: true
  readonly operator: string
  readonly period: { readonly from: string; readonly to: string }
  readonly hosts: number
  readonly compromised: readonly string[]
  readonly touched: readonly string[]
  readonly accounts: readonly string[]
  readonly moves: AttackTruth['moves']
  readonly acts: AttackTruth['acts']
  readonly stages: AttackTruth['stages']
  readonly objects: AttackTruth['objects']
  readonly bytesOut: number
  readonly attackRecords: AttackTruth['attackRecords']
  /** The other attacker, when there are two. */
  readonly second?: AttackTruth
  /** Honest work in it that looks like an intruder's: all eight kinds in `benign`, two beside an attack. */
  readonly looksBad: readonly string[]
  /** Hosts that sent nothing for a while, and how many records are missing for it. */
  readonly silent: readonly { readonly host: string; readonly from: string; readonly to: string; readonly lost: number }[]
  readonly clockSkew: readonly { readonly host: string; readonly seconds: number }[]
  readonly dropped: number
  readonly records: number
  readonly files: readonly { readonly path: string; readonly lines: number; readonly bytes: number; readonly sha256: string }[]
}
