import type { ReactElement } from 'react'
import type { OpenDeadline } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { localText } from '../text/times.ts'

/** What was asked of others and taken up, open by its time, beside the clocks of laws. */
export function DeadlineList(props: { readonly deadlines: readonly OpenDeadline[] }): ReactElement | null {
  const { view } = useCase()
  if (props.deadlines.length === 0) return null
  return (
    <section className="block" aria-label="Asked and taken up">
      <h2>Asked and taken up, open by its time</h2>
      <ul className="said">
        {props.deadlines.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <span className={one.overdue ? 'status overdue' : 'status running'}>{one.overdue ? '✕ overdue' : '○ running'} </span>
            <code>{one.id}</code> {one.kind === 'request' ? `asked of ${one.who}, ${one.text}` : `${one.text}, ${one.who}`}
            {one.promises !== undefined && <b> (promised in public)</b>}: {localText(one.end, view.case.zone)}
          </li>
        ))}
      </ul>
    </section>
  )
}
