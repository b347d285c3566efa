import { epochMs, parseIso, UserError } from '../base/index.ts'
import { decisions, findings, type Finding } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import {
  readKeptNotice,
  readSaid,
  type CiteNames,
  type Duty,
  type Facts,
  type FiledNotice,
  type Law,
  type Said,
} from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { dueOfCase } from './due-case.ts'
import { knownLaws } from './due.ts'
import { privateDue } from './due-private.ts'
import type { Workspace } from './workspace.ts'

/** What notices and letters of a case are made from: a duty with its form, facts, findings, and what was filed and written before. */
export interface NoticeCase {
  readonly duty: Duty
  /** `my-pdpa-12b/commissioner`: the form of the duty's rule. */
  readonly form: string
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly filed: readonly FiledNotice[]
  /** Numbers of filed notices that no other notice names: they rest on a designation or on the operator's own files. */
  readonly unnamed: ReadonlySet<string>
  readonly said: readonly Said[]
  /** Time of the last ruling, decision or opening: the same case gives the same documents whenever they are made. */
  readonly asOf: string
  readonly names: Required<CiteNames>
  readonly caseTitle: string
  readonly caseId: string
  readonly operator: string
  readonly zone: string
}

/** Reads it. Throws a `UserError` for a duty that does not apply to the case. */
export function noticeCase(
  workspace: Pick<Workspace, 'path'>,
  store: CaseStore,
  asked: { readonly duty: string; readonly now: string },
): NoticeCase {
  const { facts, due } = dueOfCase(workspace, store, { now: asked.now })
  const duty = due.duties.find((one) => one.id === asked.duty)
  if (duty === undefined)
    throw new UserError({
      code: 'duty-unknown',
      message: `no duty "${asked.duty}" applies to this case`,
      hint:
        due.duties.length === 0
          ? 'name the jurisdictions in breachline-case.toml'
          : `duties that apply: ${due.duties.map((one) => one.id).join(', ')}`,
    })
  const info = store.info()
  const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
  const filed = filedNotices(store)
  const laws = [...knownLaws(), ...privateDue(workspace).laws]
  const numbers = new Map(decisions(store.db).map((one) => [one.id, one.number]))
  const known = findings(store.db)
  return {
    duty,
    form: formOf(laws, duty),
    facts,
    findings: known,
    filed,
    unnamed: new Set(filed.flatMap((one) => (isConfidential(laws, one.duty) ? [one.number] : []))),
    said: decisions(store.db).flatMap((one) => readSaid(one.change) ?? []),
    asOf: lastChange(store, known, info.openedAt),
    names: { exhibit: (sha256) => names.get(sha256), decision: (id) => numbers.get(id) },
    caseTitle: info.title,
    caseId: store.id,
    operator: info.operator,
    zone: info.zone === '' ? 'UTC' : info.zone,
  }
}

/** Everything filed in a case, oldest first. */
export function filedNotices(store: Pick<CaseStore, 'db'>): FiledNotice[] {
  return decisions(store.db).flatMap((one) => {
    const kept = readKeptNotice(one.change)
    return kept === undefined ? [] : [{ ...kept, by: one.by.join(', '), recorded: one.at, decision: one.number }]
  })
}

function formOf(laws: readonly Law[], duty: Duty): string {
  const [law = '', rule = ''] = (duty.id.split('#')[0] ?? '').split('/')
  const found = laws.find((one) => one.id === law)
  return `${law}/${found?.rules.find((one) => one.id === rule)?.form ?? 'none'}`
}

/** True for a duty from an own file or under a designation, and for one whose file is no longer there. */
function isConfidential(laws: readonly Law[], duty: string): boolean {
  const found = laws.find((one) => one.id === duty.split('/')[0])
  return found === undefined || found.origin !== 'law' || found.designation !== undefined
}

function lastChange(store: CaseStore, known: readonly Finding[], opened: string): string {
  const times = [
    ...known.filter((one) => one.status === 'adopted').flatMap((one) => one.ruling?.at ?? []),
    ...decisions(store.db).map((one) => one.at),
    opened,
  ]
    .flatMap((one) => parseIso(one)?.at ?? [])
    .map(epochMs)
  return new Date(Math.max(0, ...times)).toISOString()
}
