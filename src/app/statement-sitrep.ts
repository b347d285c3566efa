import { epochMs } from '../base/index.ts'
import { decisions, findings, history, tasks, type Finding } from '../casefile/index.ts'
import { nextDue, readStatements, readStepPlan, type Sitrep, type SitrepLine } from '../response/index.ts'
import { redactHolders, type CaseView } from '../sharing/index.ts'
import type { CaseStore } from './case-store.ts'
import { leavingView } from './case-view.ts'
import { flagsOf } from './statement-kept.ts'
import { versionsOf } from './statement-knowledge.ts'
import type { Workspace } from './workspace.ts'

/** Where a case stands now: known, not known, decided, next, by whom. Holders of copies are "Holder A" unless released. */
export function sitrepOf(
  workspace: Workspace,
  store: CaseStore,
  asked: { readonly now: string; readonly since?: string; readonly releaseHolders: boolean },
): Sitrep {
  const { now, since, releaseHolders } = asked
  const view = leavingView(workspace, store, now)
  const report: Sitrep = {
    case: { id: store.id, title: view.case.title, operator: view.case.operator },
    at: now,
    ...(since === undefined ? {} : { since }),
    known: known(view, since),
    notKnown: notKnown(view, since),
    decided: decided(store, since),
    next: next(workspace, store, view, now, since),
    versions: versionsOf(store, since),
    waiting: view.findings.filter((one) => one.status === 'proposed' && one.kind !== 'due').length,
  }
  if (releaseHolders) return report
  return (redactHolders({ ...view, sitrep: report } as CaseView) as CaseView & { readonly sitrep: Sitrep }).sitrep
}

const matter: ReadonlySet<string> = new Set(['assessment', 'provenance', 'story', 'affected', 'lookup'])

function known({ findings: all, assessment }: CaseView, since: string | undefined): SitrepLine[] {
  const words = new Map(assessment.assertions.map((one) => [one.id, one.words]))
  return all
    .filter((one) => one.status === 'adopted' && matter.has(one.kind) && one.params['status'] !== 'open')
    .map((one) => {
      const said = words.get(one.subject)
      return {
        text: said === undefined ? one.text : `Claimed: "${said}" ${one.text}`,
        rests: [one.id],
        ...(one.ruling === undefined ? {} : { by: `adopted by ${one.ruling.by}`, at: one.ruling.at }),
        fresh: isAfter(one.ruling?.at, since),
      }
    })
}

/** Open questions, and answers that nobody adopted: part by part of the claim, of answers kept before there were parts assertion by assertion. */
function notKnown({ assessment, findings: all }: CaseView, since: string | undefined): SitrepLine[] {
  const of = new Map<string, Finding>(all.filter((one) => one.kind === 'assessment').map((one) => [one.subject, one]))
  const parts = (assessment.threads ?? []).flatMap((thread) => thread.parts)
  const asked =
    parts.length > 0
      ? parts.map(({ id, proposition, status, missing, settles }) => ({
          id,
          what: proposition,
          status,
          missing,
          asks: settles.map(({ text }) => text),
        }))
      : assessment.assertions.map(({ id, words, status, missing }) => ({ id, what: `"${words}"`, status, missing, asks: [] }))
  return asked
    .filter(({ status, id }) => status === 'open' || of.get(id)?.status !== 'adopted')
    .map(({ id, what, status, missing, asks }) => {
      const finding = of.get(id)
      const state = status === 'open' ? 'open' : `${finding?.status ?? 'proposed'}: ${status}, nobody has adopted it`
      const settle = asks.length > 0 ? asks : missing
      const needs = settle.length === 0 ? '' : ` Would settle it: ${settle.slice(0, 3).join('; ')}.`
      return {
        text: `Whether it is so: ${what} (${state}).${needs.replace(/\.+$/, '.')}`,
        rests: finding === undefined ? [] : [finding.id],
        fresh: isAfter(finding?.at, since),
      }
    })
}

/** Decisions, and rulings that one person made for one reason within a minute as one line; in order of time. */
function decided(store: CaseStore, since: string | undefined): SitrepLine[] {
  const made = decisions(store.db)
    .filter(({ at }) => since === undefined || isAfter(at, since))
    .map(({ number, at, by, text, reason }): SitrepLine => ({
      text: `${ended(text)} Reason: ${reason}`,
      rests: [number],
      by: by.join(', '),
      at,
      fresh: since !== undefined,
    }))
  const rulings = new Map<string, { at: string; by: string; ruling: string; reason: string; ids: string[] }>()
  for (const finding of findings(store.db))
    for (const line of history(store.db, finding.id)) {
      if (line.kind !== 'ruling' || (since !== undefined && !isAfter(line.at, since))) continue
      const key = [line.by, line.ruling, line.reason, line.at.slice(0, 16)].join('\n')
      const one = rulings.get(key) ?? { at: line.at, by: line.by, ruling: line.ruling, reason: line.reason, ids: [] }
      one.ids.push(finding.id)
      rulings.set(key, one)
    }
  const ruled = [...rulings.values()].map(({ at, by, ruling, reason, ids }): SitrepLine => ({
    text: `${rulingWords[ruling] ?? ruling} ${ids.length === 1 ? 'a finding' : `${ids.length} findings`}. Reason: ${reason}`,
    rests: ids,
    by,
    at,
    fresh: since !== undefined,
  }))
  return [...made, ...ruled].toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))
}

const rulingWords: Readonly<Record<string, string>> = { adopt: 'Adopted', reject: 'Rejected', park: 'Parked', reopen: 'Reopened' }

/** What is to be done, the next date first; what has no date after it. */
function next(workspace: Workspace, store: CaseStore, view: CaseView, now: string, since: string | undefined): SitrepLine[] {
  const first = nextDue(view.due)
  const dues = view.due.duties
    .filter(({ status, notNotified }) => (status === 'running' || status === 'overdue') && notNotified === undefined)
    .map(({ id, step, recipient, due, status, owedBy, start }): SitrepLine => ({
      text: `${status === 'overdue' ? 'OVERDUE: ' : ''}${step}, to ${recipient}${start?.provisional === true ? ' (provisional: nobody has decided on awareness)' : ''}${id === first?.id ? ' (the next clock)' : ''}`,
      rests: [id],
      by: owedBy ?? 'nobody named',
      ...(due === undefined ? {} : { at: due }),
      fresh: false,
    }))
  const steps = tasks(store.db)
    .filter((one) => one.closed === undefined)
    .map(({ number, text, owner, due, plan, openedAt }): SitrepLine => ({
      text: `${readStepPlan(plan) === undefined ? '' : `${readStepPlan(plan)?.playbook ?? ''}: `}${due !== undefined && due < now ? 'LATE: ' : ''}${text}`,
      rests: [number],
      by: owner ?? 'nobody named',
      ...(due === undefined ? {} : { at: due }),
      fresh: isAfter(openedAt, since),
    }))
  const losing = (view.lostNext?.sources ?? [])
    .filter(({ next: day }) => day !== undefined)
    .map(({ text, owner, next: day, requests }): SitrepLine => ({
      text: `Evidence about to be lost: ${text}${requests.length === 0 ? ' No request to keep it is recorded.' : ''}`,
      rests: requests.map(({ number }) => number),
      by: owner ?? 'nobody named',
      ...(day === undefined ? {} : { at: day.begins }),
      fresh: false,
    }))
  return [...dues, ...steps, ...losing, ...statementLines(workspace, store, now, since)].toSorted((a, b) =>
    (a.at ?? '9') < (b.at ?? '9') ? -1 : (a.at ?? '9') > (b.at ?? '9') ? 1 : 0,
  )
}

function statementLines(workspace: Workspace, store: CaseStore, now: string, since: string | undefined): SitrepLine[] {
  const waiting = readStatements(decisions(store.db))
    .statements.filter(({ state }) => state === 'waiting' || state === 'signed' || state === 'refused')
    .map(({ id, audience, state, missing, submitted }): SitrepLine => ({
      text:
        state === 'signed'
          ? `Statement ${id} (${audience}) is signed off and has not left`
          : `Statement ${id} (${audience}) ${state === 'refused' ? 'was refused' : `waits for sign-off: ${missing.join(', ')}`}`,
      rests: [submitted.decision],
      by: state === 'signed' ? 'communications' : missing.join(', '),
      fresh: isAfter(submitted.at, since),
    }))
  const flagged = flagsOf(workspace, store, now)
    .filter(({ counsel }) => counsel === undefined)
    .map(({ statement }): SitrepLine => ({
      text: `Statement ${statement} has left and is with counsel: findings bear on it`,
      rests: [statement],
      by: 'legal',
      fresh: false,
    }))
  return [...waiting, ...flagged]
}

/** A sentence with its full stop. */
function ended(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}

function isAfter(at: string | undefined, since: string | undefined): boolean {
  return since !== undefined && at !== undefined && epochMs(at) > epochMs(since)
}
