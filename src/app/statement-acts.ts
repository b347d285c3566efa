import type {
  AssessmentVersion,
  Audience,
  KeptStatement,
  SignRole,
  StatementCheck,
  StatementDraft,
  StatementFlag,
} from '../response/index.ts'

/** A flag as a person may see it: the sentences only once counsel has had it. */
export type ShownFlag = StatementFlag & { readonly withCounsel: boolean }

/** The statements of a case as a person sees them. */
export interface StatementList {
  readonly statements: readonly KeptStatement[]
  readonly flags: readonly ShownFlag[]
  /** Languages in which drafts are written and texts checked. */
  readonly languages: readonly { readonly language: string; readonly name: string }[]
  /** What the acting person's key may sign for; empty for most. */
  readonly signsFor: readonly SignRole[]
}

/** What a person does with the statements of a case. */
export interface StatementDesk {
  /** A draft from adopted findings, with its check. `submit`: it is put up for sign-off, if no phrase is refused. */
  draft(
    caseId: string,
    asked: { readonly audience: Audience; readonly language: string; readonly nextAt?: string; readonly submit?: boolean },
  ): Promise<{ readonly draft: StatementDraft; readonly check: StatementCheck; readonly statement?: KeptStatement }>
  check(caseId: string, text: string): Promise<StatementCheck>
  /** Puts a text up for sign-off. */
  submit(
    caseId: string,
    asked: { readonly text: string; readonly audience: Audience; readonly language: string },
  ): Promise<{ readonly statement: KeptStatement; readonly check: StatementCheck }>
  signOff(
    caseId: string,
    asked: { readonly statement: string; readonly role: SignRole; readonly answer: 'yes' | 'no'; readonly reason: string },
  ): Promise<KeptStatement>
  /** Lets a statement leave. `correcting`: why it differs from what was said before. */
  release(
    caseId: string,
    asked: { readonly statement: string; readonly to: string; readonly reason: string; readonly correcting?: string },
  ): Promise<KeptStatement>
  /** Records what left before: a statement or a filing. */
  filed(
    caseId: string,
    asked: {
      readonly text: string
      readonly audience: Audience
      readonly language: string
      readonly at: string
      readonly to: string
      readonly reason: string
    },
  ): Promise<KeptStatement>
  list(caseId: string): Promise<StatementList>
  counsel(
    caseId: string,
    asked: { readonly statement: string; readonly outcome: 'correct' | 'stands'; readonly reason: string },
  ): Promise<{ readonly number: string }>
  changes(caseId: string, since?: string): Promise<readonly AssessmentVersion[]>
}
