import type { ReactElement } from 'react'
import { useCase } from './case-context.ts'
import { NextClock } from './next-clock.tsx'

/** The first thing read: which case, the answer so far, the next clock, who acts. */
export function TopLine(): ReactElement {
  const { page, view } = useCase()
  return (
    <header className="top">
      <div className="which">
        <p>
          <b className="case-title">{view.case.title}</b>
          {page.generated && <span className="badge">generated exercise</span>}
        </p>
        <p className="soft small">
          {view.case.operator} · case {view.case.id} · acting as {page.actor}
        </p>
      </div>
      <p className="headline">{view.assessment.headline}</p>
      <NextClock />
    </header>
  )
}
