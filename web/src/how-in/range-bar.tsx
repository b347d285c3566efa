import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { instant, isoSeconds } from '../text/times.ts'
import type { TimeRange } from './time-range.ts'

/** Keys and buttons for the time range that timeline, graph and steps share. */
export function RangeBar(props: { readonly story: Story; readonly whole: TimeRange; readonly range: TimeRange }): ReactElement {
  const { whole, range } = props
  const span = range.to - range.from
  const all = range.from <= whole.from && range.to >= whole.to
  const set = (from: number, to: number): void => {
    const width = Math.max(2000, Math.min(to - from, whole.to - whole.from))
    const start = Math.min(Math.max(from, whole.from), whole.to - width)
    amend({ from: isoSeconds(start), to: isoSeconds(start + width) }, { replace: true })
  }
  const quarter = span / 4
  return (
    <div className="range-bar" role="group" aria-label="Time range of timeline, graph and steps">
      <span>
        {all
          ? `Whole story: ${instant(props.story.from)} to ${instant(props.story.to)}`
          : `Part of the story: ${instant(isoSeconds(range.from))} to ${instant(isoSeconds(range.to))}`}
      </span>
      <button type="button" disabled={all} onClick={() => amend({ from: undefined, to: undefined }, { replace: true })}>
        Whole
      </button>
      <button type="button" onClick={() => set(range.from + quarter, range.to - quarter)}>
        Zoom in
      </button>
      <button type="button" disabled={all} onClick={() => set(range.from - span / 2, range.to + span / 2)}>
        Zoom out
      </button>
      <button type="button" disabled={range.from <= whole.from} onClick={() => set(range.from - quarter, range.to - quarter)}>
        Earlier
      </button>
      <button type="button" disabled={range.to >= whole.to} onClick={() => set(range.from + quarter, range.to + quarter)}>
        Later
      </button>
      <span className="soft small">or drag across the timeline</span>
    </div>
  )
}
