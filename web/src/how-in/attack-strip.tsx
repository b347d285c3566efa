import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { instant } from '../text/times.ts'
import { tacticsIn } from './tactics.ts'
import { within, type TimeRange } from './time-range.ts'

/** The tactics of ATT&CK in their order, with the steps of the range under each; pressing one narrows steps and timeline to it. */
export function AttackStrip(props: {
  readonly story: Story
  readonly range: TimeRange
  readonly tactic: string | undefined
}): ReactElement {
  const steps = props.story.steps.map((step, n) => ({ step, n: n + 1 })).filter(({ step }) => within(props.range, step.time))
  const tactics = tacticsIn(steps)
  const seen = tactics.filter((one) => one.steps.length > 0).length
  return (
    <section aria-labelledby="tactics">
      <div className="controls">
        <h2 id="tactics">ATT&amp;CK tactics</h2>
        <span className="soft small">
          {seen} of {tactics.length} with steps in this range; each step stands under the furthest tactic its rule names. Not seen
          is no proof of absence.
        </span>
      </div>
      <ol className="tactics">
        {tactics.map((one) => {
          const [first] = one.steps
          return (
            <li key={one.id} className={first === undefined ? 'unseen' : undefined}>
              {first === undefined ? (
                <>
                  <span className="name">{one.name}</span>
                  <span className="soft small">not seen</span>
                </>
              ) : (
                <button
                  type="button"
                  aria-pressed={props.tactic === one.id}
                  title={`first ${instant(first.step.time)}`}
                  onClick={() => amend({ tactic: props.tactic === one.id ? undefined : one.id })}
                >
                  <span className="name">{one.name}</span>
                  <b>{counted(one.steps.length, 'step')}</b>
                  <span className="small mono soft">
                    {one.techniques.slice(0, 3).join(' ')}
                    {one.techniques.length > 3 && ` +${one.techniques.length - 3}`}
                  </span>
                </button>
              )}
            </li>
          )
        })}
      </ol>
      <p className="unseen-words soft small">
        Not seen: {tactics.flatMap((one) => (one.steps.length === 0 ? [one.name.toLowerCase()] : [])).join(', ')}.
      </p>
    </section>
  )
}
