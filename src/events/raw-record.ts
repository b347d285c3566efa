/** A record as a format gives it, before it has a meaning: its fields under the source's own names. */
export interface RawRecord {
  /** How it was written: a form of `readLogLine`, `json`, `table`, or a form of `readHeaded`. */
  readonly form: string
  readonly fields: Readonly<Record<string, string>>
  /** The message in words; '' when there is none. */
  readonly text: string
  /** Program, log path, table or source type that the envelope names; '' when it names none. */
  readonly app: string
  /** What the envelope or header around it says. */
  readonly outer: Outer
}

export interface Outer {
  readonly host: string
  /** Times as written, the innermost first. */
  readonly times: readonly string[]
}
