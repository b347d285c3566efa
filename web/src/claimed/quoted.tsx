import type { ReactElement } from 'react'
import type { Clock, Deadline, Statement, Thread } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { MomentText } from '../parts/moment.tsx'
import { figure } from '../text/figures.ts'
import { everyText } from '../text/times.ts'

/** Words of the actor under a heading: demands, third parties. */
export function QuotedList(props: {
  readonly title: string
  readonly none: string
  readonly items: Thread['demands']
}): ReactElement {
  return (
    <section>
      <h3>{props.title}</h3>
      {props.items.length === 0 && <p className="soft">{props.none}</p>}
      <ul className="said">
        {props.items.map((one, n) => (
          <li key={`${n} ${one.text}`}>
            {one.name !== undefined && <b>{one.name}: </b>}
            <q>{one.text}</q>
            {one.quantity !== undefined && ` (${figure(one.quantity)} ${one.unit ?? ''})`} <Cites cites={[one.cite]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Deadlines and recurring threats, with what was seen at each tick. They are threats, not duties. */
export function Deadlines(props: { readonly deadlines: readonly (Deadline | Clock)[] }): ReactElement {
  return (
    <section>
      <h3>Deadlines</h3>
      {props.deadlines.length === 0 && <p className="soft">No deadline was read.</p>}
      <ul className="said">
        {props.deadlines.map((one, n) => (
          <li key={`${n} ${one.text}`}>
            {one.by !== undefined && <span className="soft">set by the {one.by}: </span>}
            <q>{one.text}</q>
            {one.every !== undefined && `, ${everyText(one.every)}`}
            {one.from !== undefined && (
              <>
                , from <MomentText moment={one.from} />
              </>
            )}
            {one.at !== undefined && (
              <>
                , until <MomentText moment={one.at} />
              </>
            )}{' '}
            <Cites cites={[one.cite]} />
            {'ticks' in one && one.ticks.length > 0 && (
              <ol className="small">
                {one.ticks.map((tick) => (
                  <li key={tick.at.at}>
                    <MomentText moment={tick.at} />: {tick.happened} <Cites cites={tick.cites.slice(0, 3)} />
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the victim, authorities, researchers and the press said: apart from the actor's words. */
export function Statements(props: { readonly statements: readonly Statement[] }): ReactElement {
  return (
    <section className="others">
      <h3>Said by others</h3>
      {props.statements.length === 0 && (
        <p className="soft">
          Nobody else's words were handed over. Add the operator's statement or an authority's notice as text.
        </p>
      )}
      <ul className="said">
        {props.statements.map((one, n) => (
          <li key={`${n} ${one.text}`}>
            <b>{one.name ?? one.by}</b> <span className="soft">({one.by})</span>
            {one.at !== undefined && (
              <>
                , <MomentText moment={one.at} />
              </>
            )}
            : <q>{one.text}</q> <Cites cites={[one.cite]} />
          </li>
        ))}
      </ul>
    </section>
  )
}
