import type { Finding } from '../../casefile/index.ts'
import type { StatementKnowledge, TopicFinding } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'

/** A sentence of a draft with what it rests on. */
export interface DraftSentence {
  /** Which sentence of the language's file. */
  readonly slot: string
  readonly text: string
  readonly part: 'title' | 'claim' | 'known' | 'unknown' | 'next'
  /** Adopted findings, and decisions (`D4`). */
  readonly findings: readonly string[]
  readonly decisions: readonly string[]
  /** Why it stands there without a finding: nothing is adopted on it, or it says nothing of the matter. */
  readonly because?: string
}

/** What writes a draft: adopted findings by topic, and a sentence after the other. */
export interface DraftPen {
  readonly knowledge: StatementKnowledge
  readonly language: StatementLanguage
  readonly adopted: readonly Finding[]
  /** Adds the sentence of a slot, where the audience has one. */
  readonly add: (
    part: DraftSentence['part'],
    slot: string,
    rests: Partial<Pick<DraftSentence, 'findings' | 'decisions' | 'because'>>,
    values?: Readonly<Record<string, string>>,
  ) => void
  /** `6 October 2026` on the day it is for the operator. */
  readonly day: (at: string) => string
  readonly saying: (topic: TopicFinding['topic'], value: TopicFinding['value']) => readonly TopicFinding[]
}

/** Ids of findings, each once. */
export function findingIds(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ id }) => id))]
}
