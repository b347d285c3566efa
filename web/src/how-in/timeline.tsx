import { useRef, useState, type PointerEvent, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { epoch, isoSeconds } from '../text/times.ts'
import { hostShape, statusOf } from './host-shape.ts'
import { lanesOf } from './lanes.ts'
import { ticks, within, type TimeRange } from './time-range.ts'
import { Hop, Step } from './timeline-marks.tsx'
import { useWidth } from './use-width.ts'

const [left, right, laneHeight, axis] = [206, 14, 26, 26]
const [lanesShown, marksShown] = [40, 2000]

/** Lanes per host, a mark per step, a line per hop. Dragging across chooses the range; the step table says the same in words. */
export function Timeline(props: { readonly story: Story; readonly range: TimeRange }): ReactElement {
  const { story, range } = props
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [drag, setDrag] = useState<{ from: number; to: number } | undefined>()
  const hosts = lanesOf(story)
  const lanes = hosts.slice(0, lanesShown)
  const height = axis + lanes.length * laneHeight + 6
  const x = (time: number): number => left + ((time - range.from) / (range.to - range.from)) * (width - left - right)
  const y = (host: string): number | undefined => {
    const n = lanes.indexOf(host)
    return n < 0 ? undefined : axis + n * laneHeight + laneHeight / 2
  }
  const place = (event: PointerEvent<SVGSVGElement>): number =>
    Math.min(width - right, Math.max(left, event.clientX - event.currentTarget.getBoundingClientRect().left))
  const timeAt = (px: number): number => range.from + ((px - left) / (width - left - right)) * (range.to - range.from)
  const stop = (): void => {
    if (drag === undefined) return
    setDrag(undefined)
    const [a, b] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    if (b - a > 6) amend({ from: isoSeconds(timeAt(a)), to: isoSeconds(timeAt(b) + 999) }, { replace: true })
  }
  const steps = story.steps.map((step, n) => ({ step, n })).filter(({ step }) => within(range, step.time))
  const hops = story.lateralMovement.filter((one) => within(range, one.time))
  return (
    <div className="timeline" ref={box}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Timeline: ${counted(steps.length, 'step')} and ${counted(hops.length, 'hop')} on ${counted(hosts.length, 'host')}; the tables below say the same in words`}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = place(event)
          setDrag({ from: at, to: at })
        }}
        onPointerMove={(event) => {
          if (drag !== undefined) setDrag({ ...drag, to: place(event) })
        }}
        onPointerUp={stop}
        onPointerCancel={() => setDrag(undefined)}
      >
        {ticks(range, Math.max(2, Math.floor((width - left) / 120))).map((tick) => (
          <g key={tick.at}>
            <line className="grid" x1={x(tick.at)} x2={x(tick.at)} y1={axis - 6} y2={height} />
            <text className="tick" x={x(tick.at)} y={14} textAnchor="middle">
              {tick.text}
            </text>
          </g>
        ))}
        {lanes.map((host, n) => (
          <g key={host}>
            <line
              className="lane"
              x1={left}
              x2={width - right}
              y1={axis + (n + 0.5) * laneHeight}
              y2={axis + (n + 0.5) * laneHeight}
            />
            <text className="host" x={0} y={axis + (n + 0.5) * laneHeight + 4}>
              {hostShape[statusOf(story, host)]} {host.length > 24 ? `${host.slice(0, 23)}…` : host}
            </text>
          </g>
        ))}
        {hops.slice(0, marksShown).map((hop, n) => (
          <Hop key={`${n} ${hop.time}`} hop={hop} x={x(epoch(hop.time))} from={y(hop.from)} to={y(hop.to)} />
        ))}
        {steps.slice(0, marksShown).map(({ step, n }) => (
          <Step key={n} step={step} n={n} x={x(epoch(step.time))} y={y(step.host)} />
        ))}
        {drag !== undefined && (
          <rect className="drag" x={Math.min(drag.from, drag.to)} width={Math.abs(drag.to - drag.from)} y={0} height={height} />
        )}
      </svg>
      <p className="small soft">
        Times are UTC. Hosts: ■ compromised, ● touched, ◆ suspected. Steps: ◆ critical, ▲ high, ● other; a line is a hop, ► points
        to the host reached.
        {steps.length > marksShown && ` ${counted(steps.length - marksShown, 'further step')} not drawn; narrow the range.`}
        {hosts.length > lanesShown && ` ${counted(hosts.length - lanesShown, 'further host')} not drawn.`}
      </p>
    </div>
  )
}
