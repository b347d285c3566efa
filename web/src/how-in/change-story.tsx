import { useId, type ReactElement, type ReactNode } from 'react'
import type { Story, StoryChangeRequest, StoryNoteRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { counted } from '../text/figures.ts'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Cuts steps from the story, joins it with another, or writes a note about it: acts of the person at the page, each with a reason. */
export function ChangeStory(props: {
  readonly story: Story
  readonly others: readonly Story[]
  /** Steps marked for cutting, by their numbers. */
  readonly marked: ReadonlySet<number>
}): ReactElement {
  const { story, others } = props
  const chosen = [...props.marked].toSorted((a, b) => a - b).join(', ')
  const { id } = useCase()
  const change = async (request: StoryChangeRequest, said: string): Promise<void> => {
    await send(casePath(id, 'story-changes'), request)
    announce(said)
  }
  const hosts = [...new Set(story.steps.map((step) => step.host))].toSorted()
  return (
    <details className="change-story">
      <summary>
        Cut, join or annotate this story{props.marked.size > 0 && ` (${counted(props.marked.size, 'step')} marked)`}
      </summary>
      {story.steps.length > 1 && (
        <ActForm
          title="Cut out of the story"
          act="Cut"
          run={(field) => {
            const steps = field('steps')
              .split(/[\s,;]+/)
              .filter((one) => one !== '')
              .map(Number)
            const host = field('host')
            const chosen = { ...(steps.length === 0 ? {} : { steps }), ...(host === '' ? {} : { host }) }
            const request = { kind: 'cut', story: story.id, reason: field('reason'), ...chosen } as const
            return change(request, 'The steps are a story of their own now.')
          }}
        >
          {hosts.length > 1 && (
            <label>
              <span>All steps on the host</span>
              <select name="host">
                <option value="">none</option>
                {hosts.map((host) => (
                  <option key={host} value={host}>
                    {host}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            <span>Steps by their numbers, such as 3, 5</span>
            <input key={chosen} name="steps" pattern="[0-9 ,;]*" maxLength={1000} defaultValue={chosen} />
          </label>
        </ActForm>
      )}
      {others.length > 0 && (
        <ActForm
          title="Join with another story"
          act="Join"
          run={(field) => {
            const stories = [story.id, field('other')]
            return change({ kind: 'join', stories, reason: field('reason') }, 'Both are one story now.')
          }}
        >
          <label>
            <span>The other story</span>
            <select name="other">
              {others.slice(0, 200).map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}, from {one.from.slice(0, 16).replace('T', ' ')}
                </option>
              ))}
            </select>
          </label>
        </ActForm>
      )}
      <ActForm
        title="Write a note about the story"
        act="Add"
        words="What is known of it beyond the records"
        run={async (field) => {
          const request: StoryNoteRequest = { story: story.id, text: field('reason') }
          await send(casePath(id, 'story-notes'), request)
          announce('The note was added.')
        }}
      />
    </details>
  )
}

function ActForm(props: {
  readonly title: string
  readonly act: string
  /** Label of the text; a reason unless told. */
  readonly words?: string
  readonly children?: ReactNode
  run(field: (name: string) => string): Promise<void>
}): ReactElement {
  const { page, reload } = useCase()
  const reason = useId()
  const { busy, failure, submit } = useAct(async (field) => {
    await props.run(field)
    await reload()
  })
  return (
    <form className="block" onSubmit={submit}>
      <h3>{props.title}</h3>
      {props.children}
      <label htmlFor={reason}>
        <span>{props.words ?? 'Because'}</span>
      </label>
      <textarea id={reason} name="reason" rows={2} required maxLength={4000} />
      <Wrong failure={failure} />
      <button type="submit" className="main" disabled={busy}>
        {busy ? 'Signing ...' : `${props.act} as ${page.actor}`}
      </button>
    </form>
  )
}
