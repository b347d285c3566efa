import { deadlinesOf, type Deadline } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock } from './due.ts'
import { takenUp } from './recommend-desk.ts'
import { requestsOf } from './request-desk.ts'
import type { Workspace } from './workspace.ts'

/** Requests, recommendations and later tests of an open case that are open by their time, as of `now` (the case's own clock in an exercise). */
export function caseDeadlines(workspace: Workspace, store: CaseStore, now: string): readonly Deadline[] {
  return deadlinesOf({
    ...takenUp(store, now),
    requests: requestsOf(workspace, store, now),
    now: caseClock(store.info(), now),
  })
}
