import type { ReactElement } from 'react'
import type { StatementList } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { AudienceFields } from './audience-fields.tsx'
import { Wrong } from '../parts/wrong.tsx'

/** Records a statement or filing that left before, so that later ones are held against it. */
export function FiledForm(props: {
  readonly languages: StatementList['languages']
  readonly reload: () => Promise<void>
}): ReactElement {
  const { id, page } = useCase()
  const { busy, failure, submit } = useAct(async (text) => {
    const asked = { audience: text('audience'), language: text('language'), to: text('to'), reason: text('reason') }
    await send(casePath(id, 'statements-filed'), { ...asked, text: text('text'), at: new Date(text('at')).toISOString() })
    await props.reload()
    announce('What left before is recorded.')
  })
  return (
    <details className="act">
      <summary>Record what left before</summary>
      <form className="block" onSubmit={submit}>
        <div className="fields">
          <AudienceFields languages={props.languages} />
          <label>
            <span>When it left (your time)</span>
            <input type="datetime-local" name="at" required />
          </label>
          <label>
            <span>To whom</span>
            <input name="to" required maxLength={1000} />
          </label>
        </div>
        <label>
          <span>Its text</span>
          <textarea name="text" rows={5} required maxLength={200_000} />
        </label>
        <label>
          <span>How it is known</span>
          <input name="reason" required maxLength={4000} />
        </label>
        <button type="submit" disabled={busy}>
          {busy ? 'Signing ...' : `Record as ${page.actor}`}
        </button>
        <Wrong failure={failure} />
      </form>
    </details>
  )
}
