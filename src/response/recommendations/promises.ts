import { listOf, objectOf } from '../../base/index.ts'
import type { Finding } from '../../casefile/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { PromisedInPublic } from './promised.ts'
import type { EnteredRecommendAct, TrackedRecommendation } from './tracked.ts'

/**
 * A measure promised in public with what keeps it. `untracked`: no recommendation stands behind it. `late`: one of them is past its day.
 * `done`: all are done; `held`: all were tested again and hold.
 */
export interface TrackedPromise {
  /** Id of the finding that quotes it, sentence of a statement of ours that left (`S1.2`), or the decision that entered it (`D5`). */
  readonly id: string
  readonly text: string
  readonly where: string
  readonly state: 'untracked' | 'open' | 'late' | 'done' | 'held'
  /** Ids of the recommendations by which it is kept. */
  readonly by: readonly string[]
  readonly cites: readonly Cite[]
}

/** What the victim's own words promise (statements that speak of additional measures), what statements that left from here promise, and what people entered. */
export function promisesOf(options: {
  readonly findings: readonly Finding[]
  readonly promised: readonly PromisedInPublic[]
  readonly entered: readonly EnteredRecommendAct[]
  readonly recommendations: readonly TrackedRecommendation[]
}): readonly TrackedPromise[] {
  const { findings, promised, entered, recommendations } = options
  const said = findings
    .filter((one) => one.code === 'claim-victim-statement' && one.withdrawn !== true && one.status !== 'rejected')
    .filter((one) => listOf(one.params['points']).includes('measures'))
    .map((one) => {
      const quoted = objectOf(one.value)['text']
      return {
        id: one.id,
        text: typeof quoted === 'string' ? quoted : one.text,
        where: 'the statement at hand',
        cites: one.cites,
      }
    })
  const written = entered.flatMap(({ act, number }) =>
    act.act === 'promise' ? [{ id: number, text: act.text, where: `${act.where}, ${act.on}`, cites: [] }] : [],
  )
  const left = promised.map(({ id, text, statement, on }) => ({ id, text, where: `statement ${statement}, ${on}`, cites: [] }))
  return [...said, ...left, ...written].map((one) => {
    const cover = entered.findLast(({ act }) => act.act === 'cover' && act.promise === one.id)?.act
    const resting = recommendations.filter(
      ({ state, grounds }) => state !== 'proposed' && grounds.some(({ promise }) => promise === one.id),
    )
    const by = cover?.act === 'cover' ? cover.recommendations : resting.map(({ id }) => id)
    const behind = recommendations.filter(({ id, state }) => by.includes(id) && state !== 'dropped' && state !== 'proposed')
    return { ...one, by, state: stateOf(behind, by.length) }
  })
}

/** A recommendation that was not taken up keeps no promise: then it stays open, or untracked. */
function stateOf(behind: readonly TrackedRecommendation[], covered: number): TrackedPromise['state'] {
  if (behind.length === 0) return 'untracked'
  if (behind.some(({ late }) => late)) return 'late'
  if (behind.length < covered || behind.some(({ state }) => state === 'adopted')) return 'open'
  return behind.every(({ state }) => state === 'held') ? 'held' : 'done'
}
