import { UserError } from '../base/index.ts'
import { findings } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import { groundId, type ProposedRecommendation, type RecommendAct, type TrackedRecommendations } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import type { AskedRecommendAct, RecommendState } from './recommend-asked.ts'
import { mitigationTable } from './recommend-rules.ts'

/** The act as it is kept: names resolved, what is adopted as it reads now. Throws a `UserError` for what is not there or not allowed. */
export function checkedRecommendAct(act: AskedRecommendAct, known: RecommendState & { readonly store: CaseStore }): RecommendAct {
  const { proposed, tracked, store } = known
  const named = (name: string): TrackedRecommendations['recommendations'][number] => {
    const all = tracked.recommendations
    const exact = all.find((one) => one.id === name || one.number === name.toUpperCase())
    const begun = all.filter((one) => one.id.startsWith(name))
    const found = exact ?? (begun.length === 1 ? begun[0] : undefined)
    if (found !== undefined) return found
    throw refused('recommendation-unknown', `the case has no recommendation ${name}`, '"breachline recommend list" shows them')
  }
  const inState = (name: string, states: readonly string[], hint: string): string => {
    const one = named(name)
    if (states.includes(one.state)) return one.id
    throw refused('recommendation-state', `${one.number ?? one.id} is ${one.state}`, hint)
  }
  const held = (names: readonly string[]): void => {
    const numbers = exhibits(store.db).map(({ number }) => number)
    const missing = names.find((one) => !numbers.includes(one))
    if (missing !== undefined)
      throw refused(
        'exhibit-unknown',
        `the case has no exhibit ${missing}`,
        'add it first: breachline evidence add FILE --case ID',
      )
  }
  switch (act.act) {
    case 'adopt': {
      const one = named(act.recommendation)
      const { text, proof, retest, techniques } = one
      const grounds = one.grounds.map((each) => ({ id: groundId(each), text: each.text.slice(0, 4_000) }))
      const mitigations = one.mitigations.map(({ id }) => id)
      return { ...act, recommendation: one.id, as: { text, proof, retest, techniques: [...techniques], mitigations, grounds } }
    }
    case 'write':
      return written(act, { proposed, taken: tracked.recommendations.map(({ id }) => id), store })
    case 'done':
      held(act.exhibits)
      return {
        ...act,
        recommendation: inState(act.recommendation, ['adopted', 'done'], 'adopt it first: breachline recommend adopt'),
      }
    case 'retest':
      held(act.exhibits)
      return {
        ...act,
        recommendation: inState(
          act.recommendation,
          ['done', 'held'],
          'a test again comes after it is done: breachline recommend done',
        ),
      }
    case 'drop':
      return { ...act, recommendation: inState(act.recommendation, ['proposed', 'adopted'], 'what is done stays in the list') }
    case 'promise':
      return act
    case 'cover': {
      const begun = tracked.promises.filter(({ id }) => id.startsWith('F_') && id.startsWith(act.promise))
      const promise =
        tracked.promises.find(({ id }) => id === act.promise || id === act.promise.toUpperCase()) ??
        (begun.length === 1 ? begun[0] : undefined)
      if (promise === undefined)
        throw refused('promise-unknown', `the case has no promise ${act.promise}`, '"breachline recommend promises" shows them')
      const by = act.recommendations.map((one) =>
        inState(one, ['adopted', 'done', 'held'], 'a promise is kept by what somebody adopted: breachline recommend adopt'),
      )
      return { ...act, promise: promise.id, recommendations: [...new Set(by)] }
    }
  }
}

function written(
  act: Extract<AskedRecommendAct, { act: 'write' }>,
  known: { readonly proposed: readonly ProposedRecommendation[]; readonly taken: readonly string[]; readonly store: CaseStore },
): RecommendAct {
  if (known.taken.includes(act.recommendation))
    throw refused('recommendation-there', `${act.recommendation} is taken`, 'give it another name')
  const gap = known.proposed.flatMap(({ grounds }) => grounds).find((one) => one.gap === act.ground)
  const matching = findings(known.store.db, { withdrawn: false }).filter(({ id }) => id.startsWith(act.ground))
  const finding = matching.length === 1 ? matching[0] : undefined
  const ground =
    finding === undefined ? gap && { id: gap.gap ?? '', text: gap.text } : { id: finding.id, text: textOfFinding(finding) }
  if (ground === undefined)
    throw refused(
      'ground-unknown',
      `${act.ground} is no finding or gap of this case`,
      'a recommendation rests on one: "breachline case show" lists findings, "breachline recommend list --json" gaps',
    )
  const unknown = act.mitigations.find((id) => mitigationTable().mitigation(id, []) === undefined)
  if (unknown !== undefined)
    throw refused('mitigation-unknown', `${unknown} is no mitigation of ATT&CK or FiGHT`, 'write it as M1032 or FGM5101')
  const { recommendation, owner, due, text, proof, techniques, mitigations } = act
  const retest = { how: act.retest, days: act.retestDays }
  return {
    act: 'adopt',
    recommendation,
    owner,
    due,
    as: { text, proof, retest, techniques: [...techniques], mitigations: [...mitigations], grounds: [ground] },
  }
}

/** Never what a finding says of one subscriber: the decision is read by more people than the finding. */
function textOfFinding(finding: { readonly subject: string; readonly text: string }): string {
  return finding.subject.startsWith('subscriber:')
    ? 'Records of one subscriber were read without a recorded reason.'
    : finding.text.slice(0, 4_000)
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint })
}
