import { placeText } from '../base/index.ts'
import { decisions, findings, notes } from '../casefile/index.ts'
import { custodyHead, exhibits, type Exhibit } from '../evidence/index.ts'
import { withoutUnreleased } from '../intrusion/index.ts'
import { listInventory } from '../inventory/index.ts'
import { listCopies } from '../provenance/index.ts'
import type { CaseView } from '../sharing/index.ts'
import type { CaseInfo, CaseStore } from './case-store.ts'
import { plannedStories } from './case-stories.ts'
import { caseDeadlines } from './deadlines.ts'
import { dueOfCase } from './due-case.ts'
import { withoutConfidential } from './due-leaving.ts'
import { openInventory } from './estate.ts'
import { mayLeave } from './exported.ts'
import { lastAnswer } from './last-answer.ts'
import { lostNext } from './lost-next.ts'
import { registryFolder } from './registry.ts'
import type { Workspace } from './workspace.ts'

/**
 * The view of a case as it may leave the house: without attributions that no named person released, and without confidential duties. Throws a
 * `UserError` for a case at counsel's direction.
 */
export function leavingView(workspace: Workspace, store: CaseStore, now: string): CaseView {
  mayLeave(store)
  const view = caseView(workspace, store, now)
  return withoutConfidential({ ...view, findings: withoutUnreleased(view.findings, decisions(store.db)) })
}

/** Everything that pages and reports show of a case now: the last answer, the ledger, and clocks as of `now`. */
export function caseView(workspace: Workspace, store: CaseStore, now: string): CaseView {
  const answer = lastAnswer(store)
  const info = store.info()
  const head = custodyHead(store.db)
  const samples = [...(answer.provenance === null ? [] : [answer.provenance]), ...answer.furtherSamples]
  return {
    case: { id: store.id, title: info.title, operator: info.operator, zone: info.zone },
    generatedAt: now,
    assessment: answer.assessment,
    threads: answer.threads,
    ...(answer.pictures === undefined ? {} : { pictures: answer.pictures }),
    provenance: samples.map(({ sample, dayOne, ...verdict }) => ({
      sample,
      verdict,
      ...(dayOne === undefined ? {} : { dayOne }),
    })),
    ...(answer.stories === null ? {} : { stories: plannedStories({ workspace, info, stories: answer.stories }) }),
    ...(answer.lookups === null ? {} : { lookups: answer.lookups }),
    affected: answer.affected,
    due: dueOfCase(workspace, store, { now, answer }).due,
    deadlines: caseDeadlines(workspace, store, now),
    coverage: answer.coverage,
    lostNext: lostNext({ workspace, store, answer, now }),
    faults: answer.faults,
    exhibits: exhibits(store.db).map((one) => ({
      id: one.number,
      file: one.name,
      kind: one.kind,
      sha256: one.sha256,
      bytes: one.size,
      held: one.mode,
      acquired: acquiredText(one),
    })),
    custody: {
      entries: head?.count ?? 0,
      head: head?.hash ?? '',
      ...(head === undefined ? {} : { key: head.fingerprint }),
      proves: [
        'Every exhibit can be checked against the bytes it had when it was added ("breachline verify").',
        'Without an outside time stamp or a deposited head, the holder of the keys could have signed the chain anew.',
      ],
    },
    findings: findings(store.db, { withdrawn: false }),
    decisions: decisions(store.db).map((one) => ({
      id: one.number,
      at: one.at,
      by: one.by.join(', '),
      text: one.text,
      reason: one.reason,
      ...(one.about.length === 0 ? {} : { about: one.about }),
      seq: one.custody,
      cites: [],
    })),
    notes: notes(store.db, { compartments: ['general'] }).map((one) => ({
      id: one.number,
      at: one.at,
      by: one.by.join(', '),
      text: one.text,
      ...(one.about.length === 0 ? {} : { about: one.about }),
      seq: one.custody,
      cites: [],
    })),
    holders: holders(workspace, info),
  }
}

/** By whom, when, from where and how an exhibit was first acquired, in words. */
export function acquiredText(one: Exhibit): string {
  const first = one.acquisitions[0]
  if (first === undefined) return 'unknown'
  const { by, when, from, how } = first
  const again = one.acquisitions.length > 1 ? `; ${one.acquisitions.length} acquisitions` : ''
  return `by ${by}, ${when}, from ${placeText({ file: from })}, ${how.method} with ${how.tool} ${how.version}, authority ${first.authority}, clock offset ${first.clockOffset}${again}`
}

/** Names of everybody who holds a copy, so that a report can leave them out. */
function holders(workspace: Workspace, of: CaseInfo): string[] {
  const db = openInventory(workspace, of)
  try {
    const vendors = listInventory(db, 'vendor').flatMap((one) => (one.name === undefined ? [] : [one.name]))
    const copies = listCopies(registryFolder(workspace, of)).flatMap((one) => (one.kind === 'extract' ? [one.holder] : []))
    return [...new Set([...vendors, ...copies])].sort()
  } finally {
    db.close()
  }
}
