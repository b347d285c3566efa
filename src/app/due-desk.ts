import { sha256, UserError } from '../base/index.ts'
import { decide, decisions, findings } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import {
  assessHarm,
  breachRegister,
  factsAt,
  icsOf,
  keepAct,
  leavingDue,
  notNotifiedText,
  readingOf,
  type Designation,
  type DueAct,
  type LawReading,
  type RegisterLine,
} from '../response/index.ts'
import type { AtCases } from './at-cases.ts'
import { caseIds, openCase, type CaseStore } from './case-store.ts'
import { knownLaws } from './due.ts'
import { actWords, enteredActs } from './due-acts.ts'
import { caseDeadlines } from './deadlines.ts'
import { dueOfCase, type CaseDue } from './due-case.ts'
import { privateDue, sayDesignation } from './due-private.ts'
import { recordExported } from './exported.ts'
import type { Workspace } from './workspace.ts'

/** What a person can do with the duties of a case: see them at any time, enter what only a person knows, write the documents. */
export interface DutiesDesk {
  /** The law files in sentences, own ones of the workspace included. */
  laws(): Promise<readonly LawReading[]>
  /** Clocks and harm now; with `at` (ISO 8601) as they were known then. */
  due(caseId: string, at?: string): Promise<CaseDue>
  /** Enters a fact, a judgement, a step taken; kept as a decision with its reason. Throws a `UserError` for a duty or law that is not there. */
  act(
    caseId: string,
    entered: { readonly act: DueAct; readonly reason: string },
  ): Promise<{ readonly id: string; readonly number: string }>
  /** Says whether an authority has designated the operator: of the workspace, in no case and no export. */
  designate(said: { readonly designation: Designation; readonly answer: 'yes' | 'no'; readonly reason: string }): Promise<void>
  /** Dated clocks as iCalendar text; what may not leave the house only when asked for. */
  ics(caseId: string, confidential?: boolean): Promise<string>
  /** The document of a decision not to notify (`D4`, or an id of a duty: its last one). */
  notNotified(caseId: string, which: string): Promise<string>
  /** The breach register over the cases of the workspace that were investigated; generated exercises are left out. */
  register(): Promise<readonly RegisterLine[]>
}

/** The duties of the cases of an open workspace, in the name of a person. */
export function dutiesDesk({ workspace, signer, withCase }: AtCases): DutiesDesk {
  const now = workspace.world.now
  return {
    laws: () => Promise.resolve([...knownLaws(), ...privateDue(workspace).laws].map(readingOf)),
    due: (id, at) =>
      withCase(id, (store) => {
        const { facts: _, ...shown } = dueOfCase(workspace, store, { now: now(), ...(at === undefined ? {} : { at }) })
        return at === undefined ? { ...shown, deadlines: caseDeadlines(workspace, store, now()) } : shown
      }),
    act: (id, { act, reason }) =>
      withCase(id, (store) => {
        const { due } = dueOfCase(workspace, store, { now: now() })
        checkAct(act, {
          duties: [...due.duties.map((one) => one.id), ...due.notTriggered.flatMap((one) => one.duty ?? [])],
          drafts: due.notTriggered.flatMap((one) => one.draft ?? []),
        })
        const about = 'duty' in act ? [act.duty] : act.act === 'judge' ? [`judgement:${act.question}`] : []
        return decide(store.db, {
          by: signer,
          at: now(),
          kind: act.act === 'not-notify' ? 'do-not-notify' : 'other',
          text: actWords(act),
          reason,
          about,
          change: keepAct(act),
        })
      }),
    designate: (said) => {
      sayDesignation(workspace.directory, { ...said, by: signer.name, at: now() })
      return Promise.resolve()
    },
    ics: (id, confidential = false) =>
      withCase(id, (store) => {
        const { due, now: at } = dueOfCase(workspace, store, { now: now() })
        const text = icsOf(due, { title: store.info().title, id, now: at, confidential })
        exported(store, { kind: 'ics', confidential, sha256: sha256(text) })
        return text
      }),
    notNotified: (id, which) =>
      withCase(id, (store) => {
        const text = notNotifiedDocument(workspace, store, { which, now: now() })
        exported(store, { kind: 'not-notified', which, sha256: sha256(text) })
        return text
      }),
    register: () =>
      Promise.resolve(
        breachRegister(
          caseIds(workspace).flatMap((id) => {
            const store = openCase(workspace, id)
            try {
              const { generated, track } = store.info()
              return store.lastAnswer() === undefined || generated || track !== undefined
                ? []
                : [registerCase(workspace, store, now())]
            } finally {
              store.close()
            }
          }),
        ),
      ),
  }

  function exported(store: CaseStore, detail: { readonly kind: string; readonly [key: string]: string | boolean }): void {
    recordExported(store, { by: signer, at: now(), detail })
  }
}

function checkAct(act: DueAct, known: { readonly duties: readonly string[]; readonly drafts: readonly string[] }): void {
  if ('duty' in act && !known.duties.includes(act.duty))
    throw new UserError({
      code: 'duty-unknown',
      message: `no duty "${act.duty}" stands in this case`,
      hint: known.duties.length === 0 ? 'name the jurisdictions in breachline-case.toml' : `duties: ${known.duties.join(', ')}`,
    })
  if (act.act === 'enable-law' && !known.drafts.includes(act.law))
    throw new UserError({
      code: 'law-unknown',
      message: `no draft "${act.law}" waits to be enabled in this case`,
      hint: known.drafts.length === 0 ? 'no draft of the jurisdictions of this case' : `drafts: ${known.drafts.join(', ')}`,
    })
}

function notNotifiedDocument(
  workspace: Workspace,
  store: CaseStore,
  asked: { readonly which: string; readonly now: string },
): string {
  const acts = enteredActs(store).filter((one) => one.act.act === 'not-notify')
  const found = acts.findLast(
    ({ number, act }) => number === asked.which || (act.act === 'not-notify' && act.duty === asked.which),
  )
  if (found?.act.act !== 'not-notify')
    throw new UserError({
      code: 'decision-unknown',
      message: `no decision not to notify is called "${asked.which}"`,
      hint:
        acts.length === 0
          ? 'record one with "breachline duty not-notify DUTY --reason ..."'
          : `recorded: ${acts.map((one) => one.number).join(', ')}`,
    })
  const { duty } = found.act
  const then = dueOfCase(workspace, store, { now: asked.now, at: found.at })
  const decision = decisions(store.db).find((one) => one.number === found.number)
  const standing = then.due.duties.find((one) => one.id === duty)
  const fallen = then.due.notTriggered.find((one) => one.duty === duty)
  return notNotifiedText({
    decision: {
      number: found.number,
      duty,
      by: found.by,
      at: found.at,
      reason: found.reason,
      custody: { hash: decision?.known.custodyHash ?? '', count: decision?.known.custodyCount ?? 0 },
    },
    ...(standing === undefined ? {} : { duty: standing }),
    ...(fallen === undefined ? {} : { why: fallen.why }),
    law: standing?.law ?? fallen?.law ?? duty,
    harm: assessHarm(factsAt(then.facts, Date.parse(found.at))),
    caseTitle: store.info().title,
  })
}

function registerCase(workspace: Workspace, store: CaseStore, now: string): Parameters<typeof breachRegister>[0][number] {
  const { facts, due } = dueOfCase(workspace, store, { now })
  const info = store.info()
  const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
  const shown = leavingDue(due)
  const ids = new Set([...shown.duties.map((one) => one.id), ...shown.notTriggered.flatMap((one) => one.duty ?? [])])
  return {
    id: store.id,
    title: info.title,
    opened: info.openedAt,
    facts,
    due: shown,
    findings: findings(store.db),
    exhibitName: (sha256) => names.get(sha256),
    measures: decisions(store.db)
      .filter((one) => one.kind === 'containment')
      .map((one) => `${one.number} ${one.text} (${one.at})`),
    notNotified: enteredActs(store).flatMap(({ act, number, by, at, reason }) =>
      act.act === 'not-notify' && ids.has(act.duty) ? [{ number, duty: act.duty, by, at, reason }] : [],
    ),
  }
}
