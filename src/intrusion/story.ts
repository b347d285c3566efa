import type { Cite, Sentence } from '../evidence/index.ts'
import type { ContainmentPlan } from './contain/containment.ts'
import type { LoginPath } from './logins/login-path.ts'
import type { DataReached } from './reached/data-reached.ts'

export type HostStatus = 'compromised' | 'touched' | 'suspected'

/** How a story begins. */
export interface WayIn {
  readonly kind:
    | 'web-server'
    | 'vpn'
    | 'vendor-session'
    | 'pam-session'
    | 'partner-network'
    | 'roaming-network'
    | 'rdp'
    | 'mail'
    | 'removable-drive'
    | 'api'
    | 'cloud-login'
    | 'device-login'
    | 'valid-account'
    | 'first-seen'
  readonly where: string
  readonly time: string
  readonly certainty: number
  readonly text: string
  readonly cites: readonly Cite[]
}

/** One attack story: detections joined by host, account, address and time. Times are fixed-width UTC. */
export interface Story {
  readonly id: string
  /** Bits, additive; ranks stories, is not a probability. */
  readonly score: number
  readonly from: string
  readonly to: string
  readonly title: string
  readonly initialAccess?: WayIn
  /** The next best reading of how it began, where the records allow another. */
  readonly alternative?: WayIn
  readonly hosts: readonly { readonly name: string; readonly status: HostStatus; readonly cites: readonly Cite[] }[]
  readonly accounts: readonly { readonly name: string; readonly status: HostStatus; readonly cites: readonly Cite[] }[]
  readonly lateralMovement: readonly {
    readonly from: string
    readonly to: string
    readonly account: string
    readonly time: string
    readonly means: string
    readonly certainty: number
    readonly cites: readonly Cite[]
    /** The logins by which somebody had come to where it was made from, where more than its own are on record. */
    readonly logins?: LoginPath
  }[]
  /** Moves that were tried and refused: no move. */
  readonly attempts?: readonly {
    readonly from: string
    readonly to: string
    readonly account: string
    readonly time: string
    readonly means: string
    readonly cites: readonly Cite[]
  }[]
  /** Numbered sentences in order of time: the story as it is read aloud. */
  readonly steps: readonly {
    readonly time: string
    readonly host: string
    /** Of a step that is control of its host: where that came from. Moves out of gateways stand here alone. */
    readonly controlledFrom?: string
    readonly tactic: string
    readonly techniques: readonly string[]
    readonly level: string
    readonly text: string
    readonly cites: readonly Cite[]
  }[]
  readonly reached: readonly {
    readonly what: string
    readonly kind: string
    readonly bytes?: number
    readonly text: string
    readonly cites: readonly Cite[]
    /** How sure, how much, which categories: where records of the data itself were read. */
    readonly data?: DataReached
  }[]
  /** Where the logs are silent. */
  readonly gaps: readonly Sentence[]
  /** How to end it, from this story as it stands. */
  readonly containment?: ContainmentPlan
  /** Decisions by which people cut or joined it (`D4`). */
  readonly decisions?: readonly string[]
}

/** What `story` answers. */
export interface StoryAnswer {
  /** Those of weight, strongest first. */
  readonly stories: readonly Story[]
  /** Below the threshold: what a person may look at when there is time; strongest first. */
  readonly leads?: readonly Story[]
  readonly detections: number
  readonly events: number
  /** Detections that joined no story. */
  readonly unjoined: number
}
