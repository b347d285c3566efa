import { leavingDue } from '../response/index.ts'
import type { CaseView } from '../sharing/index.ts'

/** Questions whose answer alone would tell of a designation, a contract or a policy. */
const tellingQuestions = ['ncii-incident', 'availability-impact', 'relevant-impact', 'partner-affected', 'policy-loss']

/**
 * A view without what rests on a designation or on the operator's own files: no such duty, no question about one, and no decision on
 * either, and no request whose time comes from one. Findings and evidence hold nothing of them.
 */
export function withoutConfidential(view: CaseView): CaseView {
  const hidden = [...view.due.duties, ...view.due.notTriggered].filter((one) => one.confidential === true)
  const ids = new Set([
    ...hidden.flatMap((one) => ('id' in one ? one.id : (one.duty ?? []))),
    ...tellingQuestions.map((one) => `judgement:${one}`),
  ])
  const due = leavingDue(view.due)
  return {
    ...view,
    due,
    // The time of a request may come from an agreement.
    ...(view.deadlines === undefined
      ? {}
      : {
          deadlines: view.deadlines.filter((one) => one.duty === undefined || due.duties.some((duty) => duty.id === one.duty)),
        }),
    decisions: view.decisions.filter((one) => !(one.about ?? []).some((about) => ids.has(about))),
  }
}
