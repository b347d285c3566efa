import { epochMs, invariant, parseIso } from '../base/index.ts'
import { deadlineReminders, remindersBetween } from '../response/index.ts'
import { caseIds, openCase } from './case-store.ts'
import { caseDeadlines } from './deadlines.ts'
import { dueOfCase } from './due-case.ts'
import type { Workspace } from './workspace.ts'

/**
 * Reminders of clocks, requests and recommendations over the cases of an open workspace: each call gives those that fell due since the one before, led by the case. The first call
 * counts from two days back, and tells of every request and recommendation that is overdue. Generated exercises, whose clocks stand, and cases not investigated yet remind of nothing.
 */
export function dueReminders(workspace: Workspace): () => string[] {
  let since: number | undefined
  return () => {
    const at = workspace.world.now()
    const moment = parseIso(at)
    invariant(moment !== undefined, 'the clock gives ISO 8601')
    const now = epochMs(moment.at)
    const last = since
    const from = last ?? now - 48 * 3_600_000
    since = now
    return caseIds(workspace).flatMap((id) => {
      const store = openCase(workspace, id)
      try {
        if (store.info().generated || store.lastAnswer() === undefined) return []
        return [
          ...remindersBetween(dueOfCase(workspace, store, { now: at }).due, from, now),
          ...deadlineReminders(caseDeadlines(workspace, store, at), last, now),
        ].map((one) => `${id}: ${one}`)
      } finally {
        store.close()
      }
    })
  }
}
