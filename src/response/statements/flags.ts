import { earlierText } from './check-statement.ts'
import { contradictions, oncePerSentence, type Contradiction } from './contradictions.ts'
import { saidByFindings } from './finding-said.ts'
import type { StatementKnowledge } from './knowledge.ts'
import type { StatementLanguage } from './language.ts'
import type { CounselWord, KeptStatement, PublicStatement } from './statement-act.ts'

/** A statement that has left and that standing findings contradict. */
export interface StatementFlag {
  readonly statement: string
  readonly at: string
  readonly contradictions: readonly Contradiction[]
  readonly findings: readonly string[]
  /** What counsel decided on exactly these findings; absent while it waits for counsel. */
  readonly counsel?: CounselWord
}

/** Statements that have left (released, filed, or said in public before) and that findings contradict, adopted or not yet ruled on: counsel sees them first. */
export function statementFlags(
  said: {
    readonly statements: readonly KeptStatement[]
    readonly public: readonly PublicStatement[]
    readonly counsel: readonly CounselWord[]
  },
  knowledge: StatementKnowledge,
  languages: readonly StatementLanguage[],
): StatementFlag[] {
  const findings = saidByFindings(knowledge)
  const left = [
    ...said.statements.flatMap(({ id, text, released, filed }) => {
      const at = released?.at ?? filed?.at
      return at === undefined ? [] : [{ id, text, at }]
    }),
    ...said.public,
  ]
  return left.flatMap(({ id, text, at }): StatementFlag[] => {
    const { sentences } = earlierText({ label: id, kind: 'released', at, text }, languages)
    const found = contradictions(sentences, findings)
    if (found.length === 0) return []
    const ids = [...new Set(found.map(({ before }) => before.label))]
    const counsel = said.counsel.findLast((one) => one.statement === id && ids.every((finding) => one.findings.includes(finding)))
    return [
      { statement: id, at, contradictions: oncePerSentence(found), findings: ids, ...(counsel === undefined ? {} : { counsel }) },
    ]
  })
}
