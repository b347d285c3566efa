import { contentId, sha256, UserError } from '../base/index.ts'
import { decide, decisions, preservations } from '../casefile/index.ts'
import { listInventory } from '../inventory/index.ts'
import {
  keepRequestAct,
  readRequestAct,
  reminderText,
  requestText,
  requestWords,
  trackRequests,
  type EnteredRequestAct,
  type RequestAct,
  type RequestTerms,
  type TrackedRequest,
} from '../response/index.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock } from './due.ts'
import { openInventory } from './estate.ts'
import type { AskedRequest, AskedRequestAct } from './request-asked.ts'
import { checkedRequestAct, requestNamed } from './request-checks.ts'
import { requestDue } from './request-due.ts'
import type { Workspace } from './workspace.ts'

/** Requests to vendors, authorities and owners of logs, from the draft to the end. */
export interface RequestDesk {
  state(caseId: string): Promise<readonly TrackedRequest[]>
  /** Drafts a request and gives its text. */
  draft(
    caseId: string,
    asked: { readonly request: AskedRequest; readonly reason: string },
  ): Promise<{ readonly number: string; readonly decision: string; readonly text: string; readonly due: string }>
  act(
    caseId: string,
    entered: { readonly act: AskedRequestAct; readonly reason: string },
  ): Promise<TrackedRequest & { readonly decision: string }>
  /** The text of a drafted request, or of its reminder. */
  text(caseId: string, asked: { readonly request: string; readonly reminder: boolean }): Promise<string>
}

export function requestDesk({ workspace, signer, withCase }: AtCases): RequestDesk {
  const now = workspace.world.now
  const state = (store: CaseStore): readonly TrackedRequest[] => requestsOf(workspace, store, now())
  return {
    state: (id) => withCase(id, state),
    draft: (id, { request, reason }) =>
      withCase(id, (store) => {
        const at = now()
        if (request.period !== undefined && request.period.to < request.period.from)
          throw refused(
            'days-backwards',
            'the period ends before it begins',
            'give the first day with --from and the last with --until',
          )
        const { due, dueFrom } = requestDue(workspace, store, { request, now: at })
        const terms: RequestTerms = {
          act: 'draft',
          kind: request.kind,
          to: request.to,
          from: `${signer.name}, ${store.info().operator}`,
          what: [...request.what],
          ...(request.period === undefined ? {} : { period: request.period }),
          reference: contentId('Q', { case: store.id, to: request.to.name, what: [...request.what], at }).slice(0, 14),
          due,
          dueFrom,
        }
        const text = requestText(terms, at)
        const act: RequestAct = { ...terms, textSha256: sha256(text) }
        const { number: decision } = decide(store.db, {
          by: signer,
          at,
          kind: 'other',
          text: requestWords(act),
          reason,
          change: keepRequestAct(act),
        })
        const number = `RQ${entered(store).filter((one) => one.act.act === 'draft').length}`
        return { number, decision, text, due }
      }),
    act: (id, { act, reason }) =>
      withCase(id, (store) => {
        const kept = checkedRequestAct(act, { all: state(store), store })
        const { number: decision } = decide(store.db, {
          by: signer,
          at: now(),
          kind: 'other',
          text: requestWords(kept),
          reason,
          change: keepRequestAct(kept),
        })
        const { request } = act
        const found = state(store).find((one) => one.number === request)
        if (found === undefined) throw new Error('a request that was entered is gone')
        return { ...found, decision }
      }),
    text: (id, { request, reminder }) =>
      withCase(id, (store) => {
        const one = requestNamed(state(store), request)
        if (one.terms === undefined)
          throw refused(
            'text-elsewhere',
            `${request} asks the owner of a log source`,
            'write it with "breachline preserve request SOURCE --draft"',
          )
        const sent = one.life.find(({ act }) => act === 'send')
        if (!reminder) return requestText(one.terms, one.draftedAt)
        if (sent === undefined || one.due === undefined)
          throw refused('not-sent', `${request} was not sent yet`, 'enter that it was: breachline request sent')
        return reminderText(one.terms, { sentAt: sent.at, now: now(), due: one.due })
      }),
  }
}

function entered(store: CaseStore): EnteredRequestAct[] {
  return decisions(store.db).flatMap((one) => {
    const act = readRequestAct(one.change)
    return act === undefined ? [] : [{ act, number: one.number, by: one.by.join(', '), at: one.at, reason: one.reason }]
  })
}

/** Requests of an open case as of now. */
export function requestsOf(workspace: Workspace, store: CaseStore, now: string): readonly TrackedRequest[] {
  const db = openInventory(workspace, store.info())
  try {
    const owners = new Map(listInventory(db, 'log_source').map(({ id, owner }) => [id, owner]))
    return trackRequests({
      entered: entered(store),
      preservations: preservations(store.db),
      ownerOf: (source) => owners.get(source),
      words: requestWords,
      now: caseClock(store.info(), now),
    })
  } finally {
    db.close()
  }
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint })
}
