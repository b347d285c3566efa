import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { within, type TimeRange } from './time-range.ts'

const most = 50

/** Moves that were tried and refused; nothing without one in the range. */
export function AttemptList(props: { readonly story: Story; readonly range: TimeRange }): ReactElement | null {
  const attempts = (props.story.attempts ?? []).filter((one) => within(props.range, one.time))
  if (attempts.length === 0) return null
  return (
    <>
      <h3>Tried and refused ({attempts.length})</h3>
      <ul className="said">
        {attempts.slice(0, most).map((one, n) => (
          <li key={`${n} ${one.time}`}>
            <Instant at={one.time} />: from <span className="mono">{one.from}</span> to <span className="mono">{one.to}</span>
            {one.account === '' ? '' : ' as '}
            <span className="mono">{one.account}</span>, {one.means} <Cites cites={one.cites} most={2} />
          </li>
        ))}
      </ul>
    </>
  )
}
