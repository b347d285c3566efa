import { useRef, type ReactElement } from 'react'
import type { NoteRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Writes a note into the case: a call, an observation, a question. Signed, never changed afterwards. */
export function NoteForm(): ReactElement {
  const { id, page, reload } = useCase()
  const text = useRef<HTMLTextAreaElement>(null)
  const { busy, failure, submit } = useAct(async (field) => {
    const request: NoteRequest = { text: field('text') }
    await send(casePath(id, 'notes'), request)
    await reload()
    announce('The note was added.')
    if (text.current !== null) text.current.value = ''
  })
  return (
    <form className="block" onSubmit={submit}>
      <h2>Write a note</h2>
      <label>
        <span>What happened, who said it, when</span>
        <textarea ref={text} name="text" rows={4} required maxLength={20_000} />
      </label>
      <Wrong failure={failure} />
      <button type="submit" className="main" disabled={busy}>
        {busy ? 'Signing ...' : `Add as ${page.actor}`}
      </button>
    </form>
  )
}
