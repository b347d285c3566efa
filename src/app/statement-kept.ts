import { UserError } from '../base/index.ts'
import { decisions } from '../casefile/index.ts'
import {
  readStatements,
  statementFlags,
  type KeptStatement,
  type StatementFlag,
  type StatementLanguage,
} from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { publicStatements, statementKnowledge } from './statement-knowledge.ts'
import { statementLanguages } from './statement-languages.ts'
import type { Workspace } from './workspace.ts'

/** Statements that left and that findings contradict, with what counsel said of them. */
export function flagsOf(workspace: Pick<Workspace, 'path'>, store: CaseStore, now: string): readonly StatementFlag[] {
  const { statements, counsel } = readStatements(decisions(store.db))
  return statementFlags(
    { statements, counsel, public: publicStatements(store) },
    statementKnowledge(workspace, store, now),
    statementLanguages(),
  )
}

/** The statements of a case. */
export function kept(store: CaseStore): readonly KeptStatement[] {
  return readStatements(decisions(store.db)).statements
}

/** The statement that was kept last. */
export function last(store: CaseStore): KeptStatement {
  const one = kept(store).at(-1)
  if (one === undefined) throw new Error('internal error: a statement just kept is gone')
  return one
}

/** A language by its code or name; a `UserError` names those there are. */
export function languageNamed(name: string): StatementLanguage {
  const found = statementLanguages().find(({ file }) => file.language === name || file.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  throw new UserError({
    code: 'usage',
    message: `statements are not written in "${name}"`,
    hint: `use one of ${statementLanguages()
      .map(({ file }) => file.language)
      .join(', ')}`,
    exitCode: 2,
  })
}
