import { useEffect, useId, useRef, type ReactElement } from 'react'
import type { Finding, RulingRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { capital } from '../text/figures.ts'
import { rowAfter } from './row-after.ts'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

const done: Readonly<Record<RulingRequest['ruling'], string>> = {
  adopt: 'Adopted',
  reject: 'Rejected',
  park: 'Parked',
  reopen: 'Reopened',
}

/** Inline form of a ruling: no act without a reason. */
export function RulingForm(props: {
  readonly finding: Finding
  readonly act: RulingRequest['ruling']
  onEnd(): void
}): ReactElement {
  const { id, page, reload } = useCase()
  const reason = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => box.current?.focus(), [])
  const { busy, failure, submit } = useAct(async (field) => {
    const request: RulingRequest = { finding: props.finding.id, ruling: props.act, reason: field('reason') }
    await send(casePath(id, 'rulings'), request)
    const next = rowAfter(props.finding.id)
    await reload()
    props.onEnd()
    announce(`${done[props.act]}: ${props.finding.text}`)
    setTimeout(next)
  })
  return (
    <form
      className="inline"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onEnd()
      }}
    >
      <label htmlFor={reason}>
        {capital(props.act)} as {page.actor}, because
      </label>
      <textarea id={reason} name="reason" rows={2} required maxLength={4000} ref={box} />
      <Wrong failure={failure} />
      <button type="submit" className="main" disabled={busy}>
        {busy ? 'Signing ...' : capital(props.act)}
      </button>
      <button type="button" className="plain" onClick={props.onEnd}>
        Cancel
      </button>
    </form>
  )
}
