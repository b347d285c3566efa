import type { EntryKind, ReachedKind, Tactic } from './words.ts'
import type { WithheldReason } from './own-estate.ts'
import type { Shareable, SharedKind } from './shareable.ts'

/** How far it may travel: Traffic Light Protocol 2.0. */
export const tlpLevels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
export type Tlp = (typeof tlpLevels)[number]
/** What may be done with it: Permissible Actions Protocol. */
export const papLevels = ['clear', 'green', 'amber', 'red'] as const
export type Pap = (typeof papLevels)[number]

/** A technique with the names it goes by: ATT&CK first, then FiGHT and MoTIF where they have the same one. */
export interface SharedTechnique {
  readonly scheme: 'attack' | 'fight' | 'motif'
  /** `T1505.003`, `FGT5017`, `MOT3004`. */
  readonly id: string
  /** As the scheme calls it. */
  readonly name: string
}

/** One step of the intrusion. No host, account or command can stand in it. */
export interface SharedBehaviour {
  readonly n: number
  /** To the minute, ISO 8601 UTC. */
  readonly at: string
  /** Number of the host in order of appearance; its role is all that is told of it. */
  readonly host: number
  readonly role: 'way in' | 'inner host' | 'data store'
  readonly tactic: Tactic
  readonly techniques: readonly SharedTechnique[]
}

/** Something to look for, seen in the story and nowhere else in the logs of the case. */
export interface SharedIndicator {
  readonly kind: SharedKind
  readonly value: Shareable
  /** Records of the story that show it. */
  readonly count: number
  /** To the minute, ISO 8601 UTC. */
  readonly first: string
  readonly last: string
  /** Steps whose records show it. */
  readonly behaviours: readonly number[]
  readonly tlp: Tlp
  readonly pap: Pap
}

/** A Sigma rule made from a step and tested against the case. */
export interface SharedRule {
  readonly id: string
  readonly title: string
  /** The rule in YAML; every value in it passed the gate. */
  readonly yaml: string
  readonly behaviours: readonly number[]
  /** Records of the story it finds, and events of the case outside the story it was tried on without finding one. */
  readonly found: number
  readonly triedOn: number
}

/**
 * What leaves a case, and all that formats are given. Every text in it is a word of ours, an id, a time, or `Shareable`: names of
 * subscribers, employees, targets of lawful orders, vendors, own hosts, addresses and accounts have no place to stand.
 */
export interface ShareView {
  /** UUID of the incident, the same at every release. */
  readonly incident: string
  /** UUID of the operator's workspace; stands for its name. */
  readonly producer: string
  /** Name the operator goes by among its peers, when a person gave one. */
  readonly producerName?: Shareable
  readonly exercise: boolean
  readonly tlp: Tlp
  readonly pap: Pap
  readonly determination: 'confirmed' | 'suspected'
  readonly from: string
  readonly to: string
  readonly entry?: EntryKind
  readonly hosts: number
  readonly behaviours: readonly SharedBehaviour[]
  readonly reached: readonly ReachedKind[]
  readonly indicators: readonly SharedIndicator[]
  readonly rules: readonly SharedRule[]
  /** Groups of ATT&CK that a named person released. */
  readonly consistentWith?: readonly string[]
  /** How many values were kept in, by reason. */
  readonly withheld: readonly { readonly reason: WithheldReason; readonly count: number }[]
}

/** A view with the moment a person released it; formats date their objects by it. */
export interface ReleasedView extends ShareView {
  /** First and latest release of this incident, ISO 8601 UTC. */
  readonly firstReleased: string
  readonly released: string
}
