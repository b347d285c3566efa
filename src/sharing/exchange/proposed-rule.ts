import type { RuleShape } from './rule-text.ts'

/** What rules are made from: the fields of a record of the story, and the log source it came from. */
export interface StoryRecord {
  readonly product: string
  readonly category: string
  readonly service: string
  readonly eventId: string
  readonly fields: Readonly<Record<string, string>>
  /** Numbers of the story's steps that rest on it, and their techniques and tactics of ATT&CK. */
  readonly steps: readonly number[]
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
}

/** A rule that a record gives. */
export interface Proposed {
  readonly shape: RuleShape
  /** Of words of ours alone: it outlives other names, addresses and programs. */
  readonly wide?: boolean
  /** Wide rules that find what this one finds. */
  readonly within?: readonly RuleShape[]
}

/** Ends of scripts that a web server runs. */
export const scriptEnds = ['.jsp', '.jspx', '.aspx', '.ashx', '.asmx', '.php', '.phtml', '.cgi']
