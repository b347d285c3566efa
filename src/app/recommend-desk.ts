import { decide, decisions, findings } from '../casefile/index.ts'
import { listInventory } from '../inventory/index.ts'
import {
  keepRecommendAct,
  promisedInPublic,
  proposeRecommendations,
  readRecommendAct,
  readStatements,
  recommendWords,
  signalsOf,
  trackRecommendations,
  type EnteredRecommendAct,
  type LeftStatement,
  type ProposedRecommendation,
  type TrackedRecommendations,
} from '../response/index.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock } from './due.ts'
import { openInventory } from './estate.ts'
import { lastAnswer } from './last-answer.ts'
import { lostNext } from './lost-next.ts'
import type { AskedRecommendAct, RecommendState } from './recommend-asked.ts'
import { checkedRecommendAct } from './recommend-checks.ts'
import { mitigationTable, recommendationRules } from './recommend-rules.ts'
import type { Workspace } from './workspace.ts'

/** Recommendations of a case: what is proposed, who took it up, what is done, tested again, and promised in public. */
export interface RecommendDesk {
  state(caseId: string): Promise<TrackedRecommendations>
  /** Kept as a decision. Throws a `UserError` for what is not there, or what its state does not allow. */
  act(
    caseId: string,
    entered: { readonly act: AskedRecommendAct; readonly reason: string },
  ): Promise<{ readonly number: string; readonly id: string }>
}

export function recommendDesk({ workspace, signer, withCase }: AtCases): RecommendDesk {
  const now = workspace.world.now
  return {
    state: (id) => withCase(id, (store) => stateOf(workspace, store, now()).tracked),
    act: (id, { act, reason }) =>
      withCase(id, (store) => {
        const kept = checkedRecommendAct(act, { ...stateOf(workspace, store, now()), store })
        const { number } = decide(store.db, {
          by: signer,
          at: now(),
          kind: 'other',
          text: recommendWords(kept),
          reason,
          about: kept.act === 'adopt' ? kept.as.grounds.map((one) => one.id) : [],
          change: keepRecommendAct(kept),
        })
        const named = 'recommendation' in kept ? kept.recommendation : kept.act === 'promise' ? number : kept.promise
        return { number, id: named }
      }),
  }
}

/** What somebody took up, and the promises; what is only proposed is left out. */
export function takenUp(store: CaseStore, now: string): TrackedRecommendations {
  const { recommendations, promises } = tracked(store, { proposed: [], now })
  return { recommendations: recommendations.filter(({ state }) => state !== 'proposed'), promises }
}

function stateOf(workspace: Workspace, store: CaseStore, now: string): RecommendState {
  const proposed = store.lastAnswer() === undefined ? [] : proposedOf(workspace, store, now)
  return { proposed, tracked: tracked(store, { proposed, now }) }
}

function tracked(
  store: CaseStore,
  { proposed, now }: { readonly proposed: readonly ProposedRecommendation[]; readonly now: string },
): TrackedRecommendations {
  const entered = decisions(store.db).flatMap((one): EnteredRecommendAct[] => {
    const act = readRecommendAct(one.change)
    return act === undefined ? [] : [{ act, number: one.number, by: one.by.join(', '), at: one.at, reason: one.reason }]
  })
  return trackRecommendations({
    proposed,
    entered,
    findings: findings(store.db, { withdrawn: false }),
    promised: promisedInPublic(leftStatements(store)),
    table: mitigationTable(),
    now: caseClock(store.info(), now),
  })
}

/** Statements of ours that left: released here, or recorded as filed. */
function leftStatements(store: CaseStore): LeftStatement[] {
  return readStatements(decisions(store.db)).statements.flatMap(({ id, text, released, filed }) => {
    const left = released ?? filed
    return left === undefined ? [] : [{ id, text, at: left.at }]
  })
}

function proposedOf(workspace: Workspace, store: CaseStore, now: string): readonly ProposedRecommendation[] {
  const answer = lastAnswer(store)
  const info = store.info()
  const db = openInventory(workspace, info)
  try {
    const signals = signalsOf({
      findings: findings(store.db, { withdrawn: false }),
      rows: answer.coverage.rows ?? [],
      losing: lostNext({ workspace, store, answer, now }).sources,
      systems: listInventory(db, 'system'),
      operator: info.operator,
    })
    return proposeRecommendations(recommendationRules(workspace), signals, mitigationTable())
  } finally {
    db.close()
  }
}
