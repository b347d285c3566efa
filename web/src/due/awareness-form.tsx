import { useRef, type ReactElement } from 'react'
import type { DecisionRequest } from '../../../src/server/api.ts'
import { Failure } from '../api/failure.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { localText } from '../text/times.ts'
import { Wrong } from '../parts/wrong.tsx'

const zoned = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/

/** The decision "we were aware at ...": a named person makes it, with a reason; clocks run from it. */
export function AwarenessForm(props: { readonly moment: string; onMoment(moment: string): void }): ReactElement {
  const { id, page, view, reload } = useCase()
  const reason = useRef<HTMLTextAreaElement>(null)
  const decided = view.due.triggerEvents.filter((one) => one.decided)
  const { busy, failure, submit } = useAct(async (field) => {
    const moment = props.moment.trim()
    const at = Date.parse(moment)
    if (!zoned.test(moment) || Number.isNaN(at))
      throw new Failure('moment', 'The moment is not complete.', 'Write date, time and offset: 2026-10-06T09:12:00+08:00.')
    if (at > Date.parse(page.now) + 86_400_000)
      throw new Failure('moment', 'The moment lies in the future.', 'Check date and offset.')
    const request: DecisionRequest = {
      kind: 'awareness',
      text: `We were aware at ${localText(new Date(at).toISOString(), view.case.zone)}.`,
      reason: field('reason'),
      moment,
    }
    await send(casePath(id, 'decisions'), request)
    await reload()
    announce('The decision was added; clocks were counted anew.')
    props.onMoment('')
    if (reason.current !== null) reason.current.value = ''
  })
  return (
    <form className="block awareness" onSubmit={submit}>
      <h2>When were we aware?</h2>
      <p className="soft">
        {decided.length === 0
          ? 'Nobody has decided yet: every clock below is provisional and runs from a candidate.'
          : `Decided: ${decided.map((one) => localText(one.at.at, view.case.zone)).join('; ')}. A new decision stands beside the old one.`}
      </p>
      <div className="fields">
        <label>
          <span>We were aware at (with offset)</span>
          <input
            id="awareness-moment"
            name="moment"
            className="mono"
            required
            value={props.moment}
            placeholder="2026-10-06T09:12:00+08:00"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => props.onMoment(event.target.value)}
          />
        </label>
        <label className="grow">
          <span>Because</span>
          <textarea ref={reason} name="reason" rows={2} required maxLength={4000} />
        </label>
        <button type="submit" className="main" disabled={busy}>
          {busy ? 'Signing ...' : `Decide as ${page.actor}`}
        </button>
      </div>
      <Wrong failure={failure} />
    </form>
  )
}
