import { useRef, type ReactElement } from 'react'
import type { DecisionRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

const kinds: readonly { readonly kind: DecisionRequest['kind']; readonly words: string }[] = [
  { kind: 'containment', words: 'Containment: what is cut off, kept or watched' },
  { kind: 'notify', words: 'To notify' },
  { kind: 'do-not-notify', words: 'Not to notify' },
  { kind: 'scope', words: 'Scope: what is looked at, and what is not' },
  { kind: 'release', words: 'Release of a report, statement or share' },
  { kind: 'handover', words: 'Handover' },
  { kind: 'other', words: 'Another decision' },
]

/** Writes a decision with its reason. The decision on awareness stands on the page of duties, beside the moments it chooses from. */
export function DecisionForm(): ReactElement {
  const { id, page, reload } = useCase()
  const form = useRef<HTMLFormElement>(null)
  const { busy, failure, submit } = useAct(async (field) => {
    const request: DecisionRequest = {
      kind: field('kind') as DecisionRequest['kind'],
      text: field('text'),
      reason: field('reason'),
    }
    await send(casePath(id, 'decisions'), request)
    await reload()
    announce('The decision was added.')
    form.current?.reset()
  })
  return (
    <form className="block" ref={form} onSubmit={submit}>
      <h2>Write a decision</h2>
      <label>
        <span>Kind</span>
        <select name="kind">
          {kinds.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.words}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>What is decided</span>
        <textarea name="text" rows={2} required maxLength={4000} />
      </label>
      <label>
        <span>Why, knowing what</span>
        <textarea name="reason" rows={2} required maxLength={4000} />
      </label>
      <Wrong failure={failure} />
      <button type="submit" className="main" disabled={busy}>
        {busy ? 'Signing ...' : `Decide as ${page.actor}`}
      </button>
    </form>
  )
}
