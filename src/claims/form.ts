import type { Victim } from './thread.ts'

/** Who is who in one thread: every form of a name with its role. */
export interface Cast {
  readonly actor: string
  readonly forms: readonly Form[]
  readonly victims: readonly Victim[]
}

/** A form of a name as it stands in the texts. */
export interface Form {
  readonly role: 'actor' | 'victim' | 'researcher' | 'authority'
  readonly form: string
  /** A person who speaks for it: `he` and `she` mean the last one. */
  readonly person?: true
  /** The name to show. */
  readonly name: string
}
