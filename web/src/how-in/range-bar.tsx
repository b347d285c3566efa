import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { instant, isoSeconds } from '../text/times.ts'
import { aroundBout, boutsOf } from './bouts.ts'
import { placed, zoomed, type TimeRange } from './time-range.ts'

const boutsShown = 12

/** Keys and buttons for the time range that timeline, graph, tactics and steps share. */
export function RangeBar(props: { readonly story: Story; readonly whole: TimeRange; readonly range: TimeRange }): ReactElement {
  const { story, whole, range } = props
  const all = range.from <= whole.from && range.to >= whole.to
  const width = range.to - range.from
  const move = (by: number): void => showRange(placed((range.from + range.to) / 2 + by * width, { whole, width }))
  const bouts = boutsOf(story)
  return (
    <div className="range-bar" role="group" aria-label="Time range of timeline, graph, tactics and steps">
      <span>
        {all
          ? `Whole story: ${instant(story.from)} to ${instant(story.to)}`
          : `Part of the story: ${instant(isoSeconds(range.from))} to ${instant(isoSeconds(range.to))}`}
      </span>
      <button type="button" disabled={all} onClick={() => amend({ from: undefined, to: undefined }, { replace: true })}>
        Whole
      </button>
      <button type="button" onClick={() => showRange(zoomed(range, { whole, factor: 0.5 }))}>
        Zoom in
      </button>
      <button type="button" disabled={all} onClick={() => showRange(zoomed(range, { whole, factor: 2 }))}>
        Zoom out
      </button>
      <button type="button" disabled={range.from <= whole.from} onClick={() => move(-0.25)}>
        Earlier
      </button>
      <button type="button" disabled={range.to >= whole.to} onClick={() => move(0.25)}>
        Later
      </button>
      <span className="soft small">or drag across the timeline</span>
      {bouts.length > 1 && (
        <span className="bouts">
          Acts without a pause of a day:{' '}
          {bouts.slice(0, boutsShown).map((bout) => (
            <button key={bout.from} type="button" className="plain" onClick={() => showRange(aroundBout(bout))}>
              {isoSeconds(bout.from).slice(0, 10)} ({counted(bout.steps, 'step')})
            </button>
          ))}
          {bouts.length > boutsShown && ` and ${bouts.length - boutsShown} more`}
        </span>
      )}
    </div>
  )
}

/** Puts a range into the URL. */
export function showRange(range: TimeRange): void {
  amend({ from: isoSeconds(range.from), to: isoSeconds(range.to) }, { replace: true })
}
