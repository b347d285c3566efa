import type { CaseLedger, Desk } from '../app/index.ts'

/** The acts of the desk that commands need, whether done here or by the process that serves. */
export interface Errand {
  readonly actor: string
  /** Fingerprint of that person's key. */
  readonly key: string
  cases(): Promise<ReturnType<Desk['cases']>>
  page: Desk['page']
  openCite: Desk['openCite']
  rule: Desk['rule']
  note: Desk['note']
  decide: Desk['decide']
  changeStories: Desk['changeStories']
  lostNext: Desk['lostNext']
  preservation: Desk['preservation']
  recordLoss: Desk['recordLoss']
  share: Desk['share']
  readonly duties: Desk['duties']
  readonly playbooks: Desk['playbooks']
  readonly statements: Desk['statements']
  readonly recommendations: Desk['recommendations']
  readonly requests: Desk['requests']
  readonly atRisk: Desk['atRisk']
  readonly notices: Desk['notices']
  readonly telling: Desk['telling']
  readonly reidentify: Desk['reidentify']
  readonly intake: Desk['intake']
  leave: Desk['leave']
  /** What a case holds before it was investigated; only when done here. */
  ledger?(caseId: string): CaseLedger
}
