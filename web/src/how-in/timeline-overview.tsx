import type { ReactElement } from 'react'
import type { Story, StoryDensity } from '../../../src/server/api.ts'
import { epoch } from '../text/times.ts'
import { ticks, type TimeRange } from './time-range.ts'
import { bucketsIn, scale, type Frame } from './timeline-frame.ts'
import { Strip } from './timeline-strip.tsx'

const height = 54

/** All logs over the whole story, with the range that everything below shows and a tick for every step. */
export function Overview(props: {
  readonly story: Story
  readonly whole: TimeRange
  readonly range: TimeRange
  readonly frame: Frame
  readonly density: StoryDensity | undefined
}): ReactElement {
  const { whole, range, frame, density } = props
  const x = scale(whole, frame)
  const buckets = bucketsIn(whole, density)
  const right = frame.width - frame.right
  return (
    <svg className="overview" width={frame.width} height={height} aria-hidden="true">
      {!frame.narrow && (
        <text className="host" x={0} y={34}>
          All logs, whole story
        </text>
      )}
      {density !== undefined && (
        <Strip
          counts={density.all}
          most={Math.max(...density.all)}
          x={(n) => x(buckets.start + n * buckets.step)}
          base={40}
          height={24}
          within={[frame.left, right]}
        />
      )}
      <line className="lane" x1={frame.left} x2={right} y1={40} y2={40} />
      {props.story.steps.slice(0, 2000).map((step, n) => (
        // oxlint-disable-next-line react/no-array-index-key
        <line key={n} className="tickmark" x1={x(epoch(step.time))} x2={x(epoch(step.time))} y1={41} y2={48} />
      ))}
      {ticks(whole, Math.max(3, Math.floor(frame.width / 160))).map((tick) => (
        <text key={tick.at} className="tick" x={x(tick.at)} y={11} textAnchor="middle">
          {tick.text}
        </text>
      ))}
      <rect className="window" x={x(range.from)} width={Math.max(3, x(range.to) - x(range.from))} y={14} height={height - 18} />
    </svg>
  )
}
