import { useState, type ReactElement } from 'react'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Drafts a request for evidence or preservation; its text is shown to be sent by a person. */
export function RequestForm(props: { readonly reload: () => Promise<void> }): ReactElement {
  const { id, page } = useCase()
  const [text, setText] = useState<string>()
  const { busy, failure, submit } = useAct(async (field) => {
    const what = field('what')
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    const request = { kind: field('kind'), to: { kind: field('whom'), name: field('to') }, what, due: field('due') }
    const drafted = await send<{ number: string; text: string }>(casePath(id, 'requests'), { request, reason: field('reason') })
    setText(drafted.text)
    await props.reload()
    announce(`${drafted.number} was drafted; nobody sent it yet.`)
  })
  return (
    <details className="act">
      <summary>Ask for something</summary>
      <form className="awareness" onSubmit={submit} aria-label="New request">
        <div className="fields">
          <label>
            <span>Kind</span>
            <select name="kind">
              <option value="evidence">evidence</option>
              <option value="preservation">keep records</option>
            </select>
          </label>
          <label>
            <span>Of a</span>
            <select name="whom">
              <option value="vendor">vendor</option>
              <option value="authority">authority</option>
              <option value="owner">owner of logs</option>
              <option value="other">other</option>
            </select>
          </label>
          <label>
            <span>Name</span>
            <input name="to" required maxLength={200} />
          </label>
          <label>
            <span>What, a line each</span>
            <textarea name="what" rows={2} required maxLength={4000} />
          </label>
          <label>
            <span>By when, with zone</span>
            <input
              name="due"
              className="mono"
              required
              placeholder="2026-10-20T18:00:00+08:00"
              maxLength={40}
              spellCheck={false}
            />
          </label>
          <label>
            <span>Why</span>
            <input name="reason" required maxLength={4000} />
          </label>
          <button type="submit" disabled={busy}>
            {busy ? 'Signing ...' : `Draft as ${page.actor}`}
          </button>
        </div>
      </form>
      <Wrong failure={failure} />
      {text !== undefined && (
        <>
          <p className="soft">The text. Sending it is yours; enter then that it was sent.</p>
          <pre className="written">{text}</pre>
        </>
      )}
    </details>
  )
}
