import { UserError } from '../base/index.ts'
import { findings } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import { noticeDraft } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { lastAnswer } from './last-answer.ts'
import { caseClock, dueNow, factsOf } from './due.ts'

/** The draft notice of a duty as Markdown, from adopted findings and people's entries; what is missing is marked. */
export function draftNotice(store: CaseStore, duty: string, now: string): string {
  const info = store.info()
  const facts = factsOf({ info, answer: lastAnswer(store), store })
  const { duties } = dueNow(facts, caseClock(info, now))
  const found = duties.find((one) => one.id === duty)
  if (found === undefined)
    throw new UserError({
      code: 'duty-unknown',
      message: `no duty "${duty}" applies to this case`,
      hint:
        duties.length === 0
          ? 'name the jurisdictions in breachline-case.toml'
          : `duties that apply: ${duties.map((one) => one.id).join(', ')}`,
    })
  const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
  return noticeDraft({ duty: found, facts, findings: findings(store.db), exhibitName: (sha256) => names.get(sha256) })
}
