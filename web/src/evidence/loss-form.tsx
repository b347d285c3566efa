import type { ReactElement } from 'react'
import type { LossRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { Modal } from '../parts/modal.tsx'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Records that days of a log source are gone: by a named person, with how it is known. */
export function LossForm(props: {
  readonly source: string
  readonly days: readonly { readonly from: string; readonly to: string }[]
  onClose(): void
}): ReactElement {
  const { id, page, reload } = useCase()
  const { source, days, onClose } = props
  const { busy, failure, submit } = useAct(async (field) => {
    const request: LossRequest = { source, from: field('from'), to: field('to'), reason: field('reason') }
    await send(casePath(id, 'losses'), request)
    await reload()
    announce('The loss was recorded.')
    onClose()
  })
  return (
    <Modal title={`Record a loss, ${source}`} kind="drawer" onClose={onClose}>
      <form className="block" onSubmit={submit}>
        <div className="fields">
          <label>
            <span>First day lost (UTC)</span>
            <input name="from" type="date" required defaultValue={days[0]?.from} />
          </label>
          <label>
            <span>Last day lost (UTC)</span>
            <input name="to" type="date" required defaultValue={days.at(-1)?.to} />
          </label>
          <label className="grow">
            <span>How it is known, and why it happened</span>
            <textarea name="reason" rows={3} required maxLength={4000} />
          </label>
          <button type="submit" className="main" disabled={busy}>
            {busy ? 'Signing ...' : `Record as ${page.actor}`}
          </button>
        </div>
        <Wrong failure={failure} />
      </form>
    </Modal>
  )
}
