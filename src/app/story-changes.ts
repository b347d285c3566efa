import { decisions } from '../casefile/index.ts'
import { applyChanges, readChange, type StoryAnswer } from '../intrusion/index.ts'
import type { CaseStore } from './case-store.ts'

/** Stories with what people decided about them in this case. */
export function withChanges(store: Pick<CaseStore, 'db'>, answer: StoryAnswer): StoryAnswer {
  const changes = decisions(store.db).flatMap(({ change: made, number }) => {
    const change = readChange(made)
    return change === undefined ? [] : [{ change, decision: number }]
  })
  if (changes.length === 0) return answer
  const { leads = [] } = answer
  const changed = applyChanges([...answer.stories, ...leads], changes)
  // A lead that somebody cut or joined is a story: it was looked at.
  const stories = changed.filter((one) => !leads.includes(one))
  return { ...answer, stories, ...(leads.length === 0 ? {} : { leads: changed.filter((one) => leads.includes(one)) }) }
}
