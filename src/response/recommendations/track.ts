import type { Finding } from '../../casefile/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { RecommendAct } from './act.ts'
import type { Mitigation, MitigationTable } from './mitigations.ts'
import type { ProposedRecommendation } from './propose.ts'
import { promisedRecommendations, type PromisedInPublic } from './promised.ts'
import { promisesOf, type TrackedPromise } from './promises.ts'
import type { Ground } from './signal.ts'
import type { EnteredRecommendAct, TrackedRecommendation } from './tracked.ts'

/** What is recommended and promised. */
export interface TrackedRecommendations {
  readonly recommendations: readonly TrackedRecommendation[]
  readonly promises: readonly TrackedPromise[]
}

/** What was proposed, held against what people did, as of `now` (ISO 8601 UTC). Adopted ones first, in the order of their numbers. */
export function trackRecommendations(options: {
  readonly proposed: readonly ProposedRecommendation[]
  readonly entered: readonly EnteredRecommendAct[]
  readonly findings: readonly Finding[]
  readonly promised: readonly PromisedInPublic[]
  readonly table: MitigationTable
  readonly now: string
}): TrackedRecommendations {
  const { entered, findings, promised, table, now } = options
  const today = now.slice(0, 10)
  const ids = [...new Set(entered.flatMap(({ act }) => (act.act === 'adopt' || act.act === 'drop' ? [act.recommendation] : [])))]
  // What others keep needs no recommendation of its own, unless somebody ruled on it.
  const covered = new Set(entered.flatMap(({ act }) => (act.act === 'cover' ? [act.promise] : [])))
  const toKeep = promisedRecommendations(promised).filter(
    ({ id, grounds }) => ids.includes(id) || !grounds.some((one) => covered.has(groundId(one))),
  )
  const proposed = [...options.proposed, ...toKeep]
  const ruled = ids.flatMap((id, at): TrackedRecommendation[] => {
    const one = trackOne({
      id,
      number: `R${at + 1}`,
      acts: entered.filter(({ act }) => 'recommendation' in act && act.recommendation === id),
      proposal: proposed.find((each) => each.id === id),
      table,
      today,
    })
    return one === undefined ? [] : [one]
  })
  const left = proposed
    .filter(({ id }) => !ids.includes(id))
    .map(({ days, ...one }): TrackedRecommendation => ({
      ...one,
      state: 'proposed',
      due: dayAfter(today, days),
      late: false,
      rests: true,
      retestLate: false,
      tests: [],
    }))
  const recommendations = [...ruled, ...left]
  return { recommendations, promises: promisesOf({ findings, promised, entered, recommendations }) }
}

function trackOne(options: {
  readonly id: string
  readonly number: string
  readonly acts: readonly EnteredRecommendAct[]
  readonly proposal: ProposedRecommendation | undefined
  readonly table: MitigationTable
  readonly today: string
}): TrackedRecommendation | undefined {
  const { id, number, acts, proposal, table, today } = options
  const adopted = acts.findLast(({ act }) => act.act === 'adopt')
  const last = acts.findLast(({ act }) => act.act === 'adopt' || act.act === 'drop')
  if (last === undefined) return undefined
  const ruled = { by: last.by, at: last.at, reason: last.reason, decision: last.number }
  const read = adopted?.act.act === 'adopt' ? adopted.act : undefined
  const base = read === undefined ? plain(proposal) : asAdopted(read.as, proposal, table)
  if (base === undefined) return undefined
  // A test that does not hold, or a new adoption, opens it again: what was done before does not count any more.
  const opened = acts.findLastIndex(({ act }) => act.act === 'adopt' || (act.act === 'retest' && !act.passed))
  const after = acts.slice(opened + 1)
  const done = after.findLast(({ act }) => act.act === 'done')
  const held = done !== undefined && after.slice(after.indexOf(done) + 1).some(({ act }) => act.act === 'retest' && act.passed)
  const state = last.act.act === 'drop' ? 'dropped' : done === undefined ? 'adopted' : held ? 'held' : 'done'
  const due = read?.due ?? ''
  const retestDue = state === 'done' && done !== undefined ? dayAfter(done.at.slice(0, 10), base.retest.days) : undefined
  return {
    ...base,
    id,
    number,
    state,
    owner: read?.owner ?? proposal?.owner ?? '',
    due,
    late: state === 'adopted' && due < today,
    rests: proposal !== undefined,
    ruled,
    ...(done?.act.act === 'done'
      ? { done: { by: done.by, at: done.at, proof: done.act.proof, exhibits: done.act.exhibits } }
      : {}),
    ...(retestDue === undefined ? {} : { retestDue }),
    retestLate: retestDue !== undefined && retestDue < today,
    tests: acts.flatMap(({ act, by, at }) =>
      act.act === 'retest' ? [{ by, at, on: act.on, passed: act.passed, found: act.found, exhibits: act.exhibits }] : [],
    ),
  }
}

type Base = Omit<ProposedRecommendation, 'id' | 'owner' | 'days'>

function plain(proposal: ProposedRecommendation | undefined): Base | undefined {
  if (proposal === undefined) return undefined
  const { id: _, owner: __, days: ___, ...base } = proposal
  return base
}

function asAdopted(
  as: Extract<RecommendAct, { act: 'adopt' }>['as'],
  proposal: ProposedRecommendation | undefined,
  table: MitigationTable,
): Base {
  const now = new Map((proposal?.grounds ?? []).map((one) => [groundId(one), one]))
  const grounds = as.grounds.map((one): Ground => {
    const kept = now.get(one.id)
    if (kept !== undefined) return { ...kept, text: one.text }
    const cites: readonly Cite[] = isFinding(one.id) ? [{ kind: 'finding', id: one.id }] : []
    const what = isFinding(one.id) ? { finding: one.id } : isPromise(one.id) ? { promise: one.id } : { gap: one.id }
    return { ...what, text: one.text, cites }
  })
  const mitigations = as.mitigations.flatMap((id): readonly Mitigation[] => {
    const found = table.mitigation(id, as.techniques)
    return found === undefined ? [] : [found]
  })
  const { text, proof, retest, techniques } = as
  return { text, because: proposal?.because ?? '', proof, retest, techniques, mitigations, grounds }
}

/** What names a ground: id of the finding, key of the gap, sentence of a statement. */
export function groundId({ finding, gap, promise }: Ground): string {
  return finding ?? gap ?? promise ?? ''
}

function isPromise(id: string): boolean {
  return /^S\d+\.\d+$/.test(id)
}

/** True for the id of a finding: gaps are named by their kind and subject. */
function isFinding(id: string): boolean {
  return /^F_[0-9a-f]+$/.test(id)
}

/** The day `days` after a day, `YYYY-MM-DD`. */
function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
