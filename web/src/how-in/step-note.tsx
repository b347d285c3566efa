import { useEffect, useId, useRef, type ReactElement } from 'react'
import type { StoryNoteRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Writes a note about one step: it holds on to the records of the step, so that it is found again when the story is told anew. */
export function StepNote(props: { readonly story: string; readonly step: number; onDone(): void }): ReactElement {
  const { id, page, reload } = useCase()
  const field = useId()
  const text = useRef<HTMLTextAreaElement>(null)
  useEffect(() => text.current?.focus(), [])
  const { busy, failure, submit } = useAct(async (value) => {
    const request: StoryNoteRequest = { story: props.story, step: props.step, text: value('text') }
    await send(casePath(id, 'story-notes'), request)
    announce(`The note on step ${props.step} was added.`)
    await reload()
    props.onDone()
  })
  return (
    <form
      className="inline"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onDone()
      }}
    >
      <label htmlFor={field}>What is known of step {props.step} beyond its records</label>
      <textarea ref={text} id={field} name="text" rows={2} required maxLength={4000} />
      <Wrong failure={failure} />
      <button type="submit" className="main" disabled={busy}>
        {busy ? 'Signing ...' : `Add as ${page.actor}`}
      </button>
    </form>
  )
}
