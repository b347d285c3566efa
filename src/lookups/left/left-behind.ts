import type { Cite, Sentence } from '../../evidence/index.ts'

/** What the actor left behind: queries that were asked, and files that were recovered. It enters no test, and says nothing of answers. */
export interface LeftBehind {
  /** Distinct subscribers over all findings, of queries and of files; `atLeast` where more than can be held were met. */
  readonly subscribers: number
  readonly asked: number
  readonly inFiles: number
  readonly atLeast?: true
  readonly findings: readonly LeftFinding[]
  /** The first subscribers, those asked for before those in files, with every place that names them. */
  readonly persons: readonly LeftPerson[]
}

/** One source of what was left behind: a history, a script, the command lines of an account on a machine in a log, or a file. */
export interface LeftFinding {
  readonly kind: 'history' | 'script' | 'command-lines' | 'table' | 'text'
  /** The file as given, with the member of an archive. */
  readonly source: string
  /** Pseudonym of the login, and machine; '' where nothing states them. */
  readonly account: string
  readonly host: string
  /** Distinct subscribers named. */
  readonly subscribers: number
  /** Queries for subscribers' records (files: none), and those among them that ask for many at once. */
  readonly queries: number
  readonly bulk: number
  /** Rows or numbers of a file that name a subscriber; queries: none. */
  readonly rows: number
  readonly fields: readonly string[]
  /** First and last recorded time; queries without one. */
  readonly first?: string
  readonly last?: string
  readonly undated: number
  /** The first queries. */
  readonly asked: readonly LeftQuery[]
  readonly sentence: Sentence
}

/** A query as far as its text tells: never the text, never a value. */
export interface LeftQuery {
  /** Absent: no time recorded. */
  readonly at?: string
  readonly kind: 'single' | 'several' | 'bulk'
  /** Distinct subscribers named; 0 for a query of a whole table, or one whose value the text does not hold. */
  readonly subscribers: number
  readonly masked: readonly string[]
  readonly fields: readonly string[]
  readonly tables: readonly string[]
  /** Period asked for, as days. */
  readonly from?: string
  readonly to?: string
  readonly cites: readonly Cite[]
}

export interface LeftPerson {
  /** Keyed token, hex, and masked form. */
  readonly subscriber: string
  readonly masked: string
  readonly places: readonly LeftPlace[]
}

/** Where a subscriber stands in what was left behind. */
export interface LeftPlace {
  readonly kind: LeftFinding['kind']
  readonly source: string
  readonly account: string
  readonly at?: string
  readonly fields: readonly string[]
  readonly cites: readonly Cite[]
}
