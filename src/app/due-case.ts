import { epochMs, invariant, parseIso, type Fault } from '../base/index.ts'
import { assessHarm, duties, factsAt, type Deadline, type DueAnswer, type Facts, type HarmAssessment } from '../response/index.ts'
import type { Answer } from './answer.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock, factsOf, knownLaws } from './due.ts'
import { privateDue } from './due-private.ts'
import { lastAnswer } from './last-answer.ts'
import type { Workspace } from './workspace.ts'

/** Clocks and harm of a case as a person at the desk sees them, own files and designations included. */
export interface CaseDue {
  readonly due: DueAnswer
  readonly harm: HarmAssessment
  /** The instant asked for, ISO 8601 UTC. */
  readonly now: string
  /** True when only what was known at that instant was taken. */
  readonly asKnown: boolean
  /** Requests and recommendations that are open by their time; absent in what was known at an earlier instant. */
  readonly deadlines?: readonly Deadline[]
  /** Own files that do not fit. */
  readonly faults: readonly Fault[]
}

/** What is due in a case now, or as it was known at an instant. The answer holds what may not leave the house (see `leavingDue`). */
export function dueOfCase(
  workspace: Pick<Workspace, 'path'>,
  store: CaseStore,
  asked: { readonly now: string; readonly at?: string; readonly answer?: Answer },
): CaseDue & { readonly facts: Facts } {
  const info = store.info()
  const own = privateDue(workspace)
  const now = asked.at ?? caseClock(info, asked.now)
  const moment = parseIso(now)
  invariant(moment !== undefined, 'the clock gives ISO 8601')
  const ms = epochMs(moment.at)
  const all = factsOf({ info, answer: asked.answer ?? lastAnswer(store), store })
  const stated: Facts = { ...all, designations: { ...all.designations, ...own.designations } }
  const facts = asked.at === undefined ? stated : factsAt(stated, ms)
  const laws = [...knownLaws(), ...own.laws]
  return {
    facts,
    due: duties({ facts, laws, calendars: own.calendars, now: ms }),
    harm: assessHarm(facts),
    now,
    asKnown: asked.at !== undefined,
    faults: own.faults,
  }
}
