import type { Cite, Sentence } from '../../evidence/index.ts'
import type { Circular } from './circular.ts'

/** An observed item that speaks for a group. */
export interface DecidingItem {
  /** Id in ATT&CK, or the indicator's name. */
  readonly item: string
  readonly name: string
  readonly bits: number
  /** Groups that use it, this one among them. */
  readonly sharedBy: number
  /** True when few enough groups use it to say something about one of them. */
  readonly specific: boolean
  /** Where it was seen, then the profile that holds it. */
  readonly cites: readonly Cite[]
}

/** A group of ATT&CK that what was observed is consistent with, or would be. */
export interface Candidate {
  /** ATT&CK's name for it, and its id (`G0045`). */
  readonly group: string
  readonly id: string
  readonly aliases: readonly string[]
  /** Share given to it, 0 to 1; all groups together with the unknown one come to 1. Without a circular report. */
  readonly posterior: number
  /** Fits as well as the best: one of those the verdict is about. */
  readonly fits: boolean
  /** Strongest first, at most ten; `agreeing` counts all. */
  readonly decidedBy: readonly DecidingItem[]
  readonly agreeing: number
  /** Techniques of its profile that could have been seen here and were not, and the bits they cost. */
  readonly absent: { readonly techniques: number; readonly bits: number }
  readonly circular?: Circular
}

/** What an authority has said in public about who did it: set beside the answer, never part of it. */
export interface AuthorityStatement {
  readonly authority: string
  /** What it said, in one sentence. */
  readonly text: string
  readonly cites: readonly Cite[]
}

/** Which groups of ATT&CK what was observed is consistent with. It never says who did it. */
export interface Attribution {
  readonly verdict: 'consistent' | 'not separable' | 'insufficient'
  /** The five best with anything that agrees, and groups with a circular profile; of an insufficient answer only the latter. */
  readonly candidates: readonly Candidate[]
  /** Groups that fit equally well. */
  readonly fitting: number
  /** Share given to a group that is not in ATT&CK; never below 0.10. */
  readonly unknown: number
  readonly text: readonly Sentence[]
  /** Public attributions by authorities, as they were said. */
  readonly statements: readonly Sentence[]
  /** Observed names and ids that no group of ATT&CK is linked to. */
  readonly unread: readonly string[]
  readonly attackVersion: string
}
