import type { ReactElement, ReactNode } from 'react'
import type { DueAct } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { useAct } from '../people/use-act.ts'
import { useDueAct } from './use-due-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** A small form for one act with its reason: the fields of the act are the children, `act` makes it from what was typed. */
export function ActForm(props: {
  readonly label: string
  readonly children?: ReactNode
  act(field: (name: string) => string): DueAct
  onDone?(): void
}): ReactElement {
  const { page } = useCase()
  const enter = useDueAct()
  const { busy, failure, submit } = useAct(async (field) => {
    await enter(props.act(field), field('reason'))
    props.onDone?.()
  })
  return (
    <form className="awareness" onSubmit={submit} aria-label={props.label}>
      <div className="fields">
        {props.children}
        <label className="grow">
          <span>Because</span>
          <textarea name="reason" rows={1} required maxLength={4000} />
        </label>
        <button type="submit" disabled={busy}>
          {busy ? 'Signing ...' : `${props.label} as ${page.actor}`}
        </button>
      </div>
      <Wrong failure={failure} />
    </form>
  )
}
