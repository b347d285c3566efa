import { leavingDue } from '../response/index.ts'
import type { CaseView } from '../sharing/index.ts'

/** Questions whose answer alone would tell of a designation, a contract or a policy. */
const tellingQuestions = ['ncii-incident', 'availability-impact', 'relevant-impact', 'partner-affected', 'policy-loss']

/**
 * A view without what rests on a designation or on the operator's own files: no such duty, no question about one, and no decision on
 * either. Findings and evidence hold nothing of them.
 */
export function withoutConfidential(view: CaseView): CaseView {
  const hidden = [...view.due.duties, ...view.due.notTriggered].filter((one) => one.confidential === true)
  const ids = new Set([
    ...hidden.flatMap((one) => ('id' in one ? one.id : (one.duty ?? []))),
    ...tellingQuestions.map((one) => `judgement:${one}`),
  ])
  return {
    ...view,
    due: leavingDue(view.due),
    decisions: view.decisions.filter((one) => !(one.about ?? []).some((about) => ids.has(about))),
  }
}
