import { csvCell, printable, sha256, UserError, type Watch } from '../base/index.ts'
import { decide, decisions } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import { atCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { mayLeave, recordExported } from './exported.ts'
import { tellList, type TellList } from './tell-list.ts'
import type { Workspace } from './workspace.ts'

/** An approval of one list: of these persons, for this purpose, and no other. */
interface Approval {
  readonly purpose: string
  readonly duty?: string
  readonly list: string
  readonly persons: number
}

/** Who must be told, without a single id: what may be shown on a screen. */
export type TellSummary = Omit<TellList, 'persons'> & { readonly persons: number; readonly list: string }

interface OnCase {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly watch: Watch
}

/** The groups of those who must be told, counted. */
export function tellGroups(on: OnCase): Promise<TellSummary> {
  return leaving(on, async (store) => summaryOf(await tellList(on.workspace, store, on.watch)))
}

/** Approves the list as it is now, for a purpose; kept as a decision. The list itself is not written anywhere. */
export function approveTelling(
  on: OnCase,
  asked: { readonly purpose: string; readonly reason: string; readonly duty?: string },
): Promise<TellSummary & { readonly number: string }> {
  return leaving(on, async (store) => {
    const summary = summaryOf(await tellList(on.workspace, store, on.watch))
    const { purpose, reason, duty } = asked
    const approval: Approval = { purpose, list: summary.list, persons: summary.persons, ...(duty === undefined ? {} : { duty }) }
    const { number } = decide(store.db, {
      by: on.signer,
      at: on.workspace.world.now(),
      kind: 'release',
      text: `The list of those to be told (${summary.persons} persons) may be exported, for: ${purpose}`,
      reason,
      ...(duty === undefined ? {} : { about: [duty] }),
      change: { tell: { ...approval } },
    })
    return { ...summary, number }
  })
}

/**
 * The list as CSV (account number, letter, kinds of data, rows of the evidence), and an entry in the chain of custody with purpose, approval
 * and hash, and without an id. Throws a `UserError` unless another named person approved this very list.
 */
export function exportTelling(
  on: OnCase,
  asked: { readonly approval?: string },
): Promise<{ readonly csv: string; readonly summary: TellSummary; readonly purpose: string; readonly approval: string }> {
  return leaving(on, async (store) => {
    const { number, approval, by } = approvalOf(store, asked.approval)
    if (by === on.signer.name)
      throw new UserError({
        code: 'second-person',
        message: `${number} was given by ${by}, who also exports`,
        hint: 'another named person approves: breachline affected approve --purpose ... --reason ... --as NAME',
      })
    const list = await tellList(on.workspace, store, on.watch)
    const summary = summaryOf(list)
    if (approval.list !== summary.list)
      throw new UserError({
        code: 'list-changed',
        message: `${number} approves a list of ${approval.persons} persons; the case now gives another one (${summary.persons} persons)`,
        hint: 'have it approved again: breachline affected approve --purpose ... --reason ...',
      })
    const csv = csvOf(list)
    recordExported(store, {
      by: on.signer,
      at: on.workspace.world.now(),
      detail: { kind: 'tell-list', purpose: approval.purpose, approval: number, persons: summary.persons, sha256: sha256(csv) },
    })
    return { csv, summary, purpose: approval.purpose, approval: number }
  })
}

function leaving<T>({ workspace, signer, caseId }: OnCase, work: (store: CaseStore) => Promise<T>): Promise<T> {
  return atCases(workspace, signer).withCase(caseId, (store) => {
    mayLeave(store)
    return work(store)
  })
}

function summaryOf(list: TellList): TellSummary {
  return { ...list, persons: list.persons.length, list: sha256(csvOf(list)) }
}

function csvOf({ persons }: TellList): string {
  const lines = persons.map((one) => [one.id, one.group, one.items.join('; '), one.evidence])
  return `${[['internal_id', 'letter', 'data', 'evidence'], ...lines].map((line) => line.map((cell) => csvCell(printable(cell))).join(',')).join('\r\n')}\r\n`
}

function approvalOf(store: CaseStore, number: string | undefined): { number: string; approval: Approval; by: string } {
  const known = decisions(store.db).flatMap((one) => {
    const approval = readApproval(one.change)
    return approval === undefined ? [] : [{ number: one.number, approval, by: one.by.join(', ') }]
  })
  const found = number === undefined ? known.at(-1) : known.find((one) => one.number === number)
  if (found !== undefined) return found
  throw new UserError({
    code: 'not-approved',
    message: number === undefined ? 'nobody has approved that this list leaves' : `no approval is called "${number}"`,
    hint: 'a named person approves first: breachline affected approve --purpose "Letters under my-pdpa-12b/data-subjects" --reason "..." --as NAME',
  })
}

function readApproval(change: unknown): Approval | undefined {
  if (typeof change !== 'object' || change === null || !('tell' in change)) return undefined
  const { tell } = change
  if (typeof tell !== 'object' || tell === null || !('purpose' in tell) || !('list' in tell) || !('persons' in tell))
    return undefined
  const { purpose, list, persons } = tell
  if (typeof purpose !== 'string' || typeof list !== 'string' || typeof persons !== 'number') return undefined
  return { purpose, list, persons }
}
