import type { Cite } from '../../evidence/index.ts'

/** One login of a path: from a host or address, under an account, to a host. */
export interface Login {
  /** Short name of a host, an address, or the gateway of an access. */
  readonly from: string
  readonly to: string
  readonly account: string
  /** When its session began, fixed-width UTC. */
  readonly time: string
  /** How sure it is that this login is what the next one went on from: 1 over the sessions it could have been, times the doubt of its own record. */
  readonly certainty: number
  /** What its record says of it: `type 10`, `ssh`. */
  readonly how: string
  /** Through a gateway, which gave the session an address inside. */
  readonly access?: true
  readonly cite: Cite
}

/** An account that went on under another name. */
export interface Switch {
  /** Host on which. */
  readonly on: string
  readonly from: string
  readonly to: string
  /** Only one account can have been it. */
  readonly clear: boolean
}

/** The logins by which somebody came to a host, the first one first (Hopper, USENIX Security 2021). */
export interface LoginPath {
  readonly logins: readonly Login[]
  /** Product of the logins' certainties. */
  readonly certainty: number
  readonly switches: readonly Switch[]
  /** Whether the account that the path began under had never been on its last host before; absent where the logs reach back too little to tell. */
  readonly newAccess?: boolean
  /** Where it begins when the first login was one of several equally likely ones: the start of the next. */
  readonly other?: Login
}
