import { UserError } from '../base/index.ts'
import type { Answer } from './answer.ts'
import type { CaseStore } from './case-store.ts'
import { withChanges } from './story-changes.ts'

/** The answer of a case's last investigation, its stories as people cut and joined them; a `UserError` when there is none yet. */
export function lastAnswer(store: CaseStore): Answer {
  const kept = store.lastAnswer()
  if (kept === undefined)
    throw new UserError({
      code: 'not-investigated',
      message: `the case "${store.id}" has not been investigated to the end yet`,
      hint: 'run "breachline investigate FOLDER" again; what was taken in is kept',
    })
  const answer = JSON.parse(kept.json) as Answer
  return answer.stories === null ? answer : { ...answer, stories: withChanges(store, answer.stories) }
}
