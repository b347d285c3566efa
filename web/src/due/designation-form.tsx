import type { ReactElement } from 'react'
import { send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Whether an authority has designated the operator: a person says so, and it stays in the workspace, in no case and no export. */
export function DesignationForm(props: { readonly designation: string }): ReactElement {
  const { designation } = props
  const { page, reload } = useCase()
  const { busy, failure, submit } = useAct(async (field) => {
    await send('/api/cases/-/designations', { designation, answer: field('answer'), reason: field('reason') })
    await reload()
    announce('The designation was recorded in the workspace; clocks were counted anew.')
  })
  return (
    <form className="awareness" onSubmit={submit} aria-label={`Designation ${designation}`}>
      <div className="fields">
        <label>
          <span>Designated ({designation.toUpperCase()})</span>
          <select name="answer" required defaultValue="">
            <option value="" disabled>
              choose
            </option>
            <option value="yes">yes</option>
            <option value="no">no</option>
          </select>
        </label>
        <label className="grow">
          <span>Because</span>
          <textarea name="reason" rows={1} required maxLength={4000} />
        </label>
        <button type="submit" disabled={busy}>
          {busy ? 'Writing ...' : `State it as ${page.actor}`}
        </button>
      </div>
      <p className="soft small">
        Confidential: it is kept in <code>private/</code> of the workspace, and what rests on it is shown here only. No report,
        register, calendar file or share holds it.
      </p>
      <Wrong failure={failure} />
    </form>
  )
}
