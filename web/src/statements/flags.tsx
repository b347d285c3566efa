import type { ReactElement } from 'react'
import type { ShownFlag } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { Instant } from '../parts/moment.tsx'
import { useAct } from '../people/use-act.ts'
import { Contradictions } from './contradictions.tsx'
import { Wrong } from '../parts/wrong.tsx'

/** Statements that have left and that findings contradict: to counsel first, then to everybody. */
export function Flags(props: {
  readonly flags: readonly ShownFlag[]
  readonly mayDecide: boolean
  readonly reload: () => Promise<void>
}): ReactElement | null {
  if (props.flags.length === 0) return null
  return (
    <section className="trouble" aria-label="Contradicted by findings">
      <h2>Has left, and findings contradict it</h2>
      {props.flags.map((flag) => (
        <article key={flag.statement}>
          <p>
            <code>{flag.statement}</code> of <Instant at={flag.at} />:{' '}
            {flag.counsel === undefined
              ? 'waits for counsel.'
              : `counsel decided that it ${flag.counsel.outcome === 'correct' ? 'is to be corrected' : 'stands'} (${flag.counsel.decision}): ${flag.counsel.reason}`}
          </p>
          {flag.withCounsel && flag.contradictions.length === 0 && (
            <p className="soft">The sentences are with counsel first; everybody sees them once counsel has decided.</p>
          )}
          <Contradictions title="What differs" all={flag.contradictions} />
          {props.mayDecide && flag.counsel === undefined && <Counsel flag={flag} reload={props.reload} />}
        </article>
      ))}
    </section>
  )
}

function Counsel({ flag, reload }: { readonly flag: ShownFlag; readonly reload: () => Promise<void> }): ReactElement {
  const { id, page } = useCase()
  const { busy, failure, submit } = useAct(async (text) => {
    await send(casePath(id, 'statement-counsel'), { statement: flag.statement, outcome: text('outcome'), reason: text('reason') })
    await reload()
    announce('The decision was entered.')
  })
  return (
    <form className="inline" onSubmit={submit}>
      <label>
        <span>{flag.statement}</span>
        <select name="outcome">
          <option value="correct">is to be corrected</option>
          <option value="stands">stands</option>
        </select>
      </label>
      <label>
        <span>Because</span>
        <input name="reason" required maxLength={4000} />
      </label>
      <button type="submit" disabled={busy}>
        {busy ? 'Signing ...' : `Decide as ${page.actor}`}
      </button>
      <Wrong failure={failure} />
    </form>
  )
}
