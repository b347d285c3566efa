import type { ReactElement } from 'react'
import type { Story, StoryDensity } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { epoch, instant, isoSeconds } from '../text/times.ts'
import type { TimeRange } from './time-range.ts'

/** What stands at the cursor, in words, and what can be done with it. */
export function TimelineStatus(props: {
  readonly story: Story
  /** Absent: all logs. */
  readonly host: string | undefined
  readonly at: TimeRange
  readonly density: StoryDensity | undefined
}): ReactElement {
  const { story, host, at, density } = props
  const steps = story.steps.flatMap((step, n) => {
    const time = epoch(step.time)
    return time >= at.from && time < at.to && (host === undefined || step.host === host) ? [n + 1] : []
  })
  const events = eventsIn(density, { host, at })
  const moment = `${instant(isoSeconds(at.from))} to ${instant(isoSeconds(at.to))}`
  return (
    <p className="at-cursor">
      <output>
        <b>{host ?? 'All logs'}</b>, {moment}:{' '}
        {events === undefined ? 'events not counted' : events === 0 ? 'no event in the logs' : counted(events, 'event')}
        {steps.length > 0 && `, ${steps.length === 1 ? 'step' : 'steps'} ${listed(steps)}`}
      </output>{' '}
      <button
        type="button"
        disabled={events === undefined || events === 0}
        onClick={() => amend({ records: `${isoSeconds(at.from)}/${isoSeconds(at.to)}`, lane: host })}
      >
        Show its records
      </button>{' '}
      <button type="button" onClick={() => amend({ from: isoSeconds(at.from), to: isoSeconds(at.to) }, { replace: true })}>
        Zoom to it
      </button>
    </p>
  )
}

function eventsIn(
  density: StoryDensity | undefined,
  { host, at }: { readonly host: string | undefined; readonly at: TimeRange },
): number | undefined {
  const counts = host === undefined ? density?.all : density?.hosts.find((one) => one.host === host)?.counts
  if (density === undefined || counts === undefined) return undefined
  const start = epoch(density.from)
  const first = Math.round((at.from - start) / (density.step * 1000))
  const last = Math.round((at.to - start) / (density.step * 1000))
  return counts.slice(Math.max(0, first), last).reduce((sum, one) => sum + one, 0)
}

function listed(steps: readonly number[]): string {
  return steps.length > 12 ? `${steps.slice(0, 12).join(', ')} and ${steps.length - 12} more` : steps.join(', ')
}
