import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted, figure } from '../text/figures.ts'
import { epoch, isoSeconds } from '../text/times.ts'
import { statusOf } from './host-shape.ts'
import { lanesOf, lanesThatSayMost } from './lanes.ts'
import { ticks, within, type TimeRange } from './time-range.ts'
import { moved, stretch, type Cursor } from './timeline-cursor.ts'
import { bucketsFor, bucketsIn, frameOf, scale, widthText } from './timeline-frame.ts'
import { Lane } from './timeline-lane.tsx'
import { Hop, Step } from './timeline-marks.tsx'
import { Overview } from './timeline-overview.tsx'
import { TimelineStatus } from './timeline-status.tsx'
import { useDensity } from './use-density.ts'
import { useWidth } from './use-width.ts'

const [lanesAtFirst, lanesAtMost, marksShown] = [14, 40, 2000]

/**
 * How many events the logs hold, over all of them and per host of the story, with a mark per step and a line per move. Dragging across chooses the range;
 * with the focus on it the arrows walk through buckets and hosts, and a line of words says what stands there.
 */
export function Timeline(props: {
  readonly story: Story
  readonly whole: TimeRange
  readonly range: TimeRange
  readonly tactic: string | undefined
  zoom(factor: number, around?: number): void
}): ReactElement {
  const { story, whole, range, tactic } = props
  const box = useRef<HTMLDivElement>(null)
  const frame = frameOf(useWidth(box))
  const [drag, setDrag] = useState<{ from: number; to: number } | undefined>()
  // By time, so that it stays where it is when the range changes.
  const [held, setHeld] = useState<{ lane: number; time: number; anchor?: number } | undefined>()
  const hosts = useMemo(() => lanesOf(story), [story])
  const [lanesShown, setLanesShown] = useState(lanesAtFirst)
  const lanes = useMemo(() => lanesThatSayMost(story, lanesShown), [story, lanesShown])
  const asked = { hosts: lanes, buckets: bucketsFor(frame) }
  const { density, failure } = useDensity(range, asked)
  const overview = useDensity(whole, asked)
  const buckets = bucketsIn(range, density)
  const x = scale(range, frame)
  const right = frame.width - frame.right
  const height = frame.axis + lanes.length * frame.lane + 6
  const lineOf = (n: number): number => frame.axis + n * frame.lane + frame.line
  const y = (host: string): number | undefined => {
    const n = lanes.indexOf(host)
    return n < 0 ? undefined : lineOf(n)
  }
  const most = Math.max(1, ...(density?.hosts ?? []).map((one) => Math.max(0, ...one.counts)))
  const bucketX = (n: number): number => x(buckets.start + n * buckets.step)
  const timeAt = (px: number): number => range.from + ((px - frame.left) / (right - frame.left)) * (range.to - range.from)
  const bucketAt = (time: number): number =>
    Math.min(buckets.count - 1, Math.max(0, Math.floor((time - buckets.start) / buckets.step)))
  const place = (event: PointerEvent<SVGSVGElement>): number =>
    Math.min(right, Math.max(frame.left, event.clientX - event.currentTarget.getBoundingClientRect().left))
  const stop = (event: PointerEvent<SVGSVGElement>): void => {
    if (drag === undefined) return
    setDrag(undefined)
    const [a, b] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    if (b - a > 6) return amend({ from: isoSeconds(timeAt(a)), to: isoSeconds(timeAt(b) + 999) }, { replace: true })
    const down = event.clientY - event.currentTarget.getBoundingClientRect().top - frame.axis
    setHeld({ lane: Math.min(lanes.length, Math.max(0, Math.floor(down / frame.lane) + 1)), time: timeAt(a) })
  }
  const steps = story.steps
    .map((step, n) => ({ step, n }))
    .filter(({ step }) => within(range, step.time) && (tactic === undefined || step.tactic === tactic))
  const hops = story.lateralMovement.filter((one) => within(range, one.time))
  const stepsIn = (lane: number): number[] => {
    const own = steps.filter(({ step }) => lane === 0 || step.host === lanes[lane - 1])
    return [...new Set(own.map(({ step }) => bucketAt(epoch(step.time))))].toSorted((a, b) => a - b)
  }
  const here: Cursor | undefined =
    held === undefined
      ? undefined
      : {
          lane: Math.min(held.lane, lanes.length),
          bucket: bucketAt(held.time),
          ...(held.anchor === undefined ? {} : { anchor: bucketAt(held.anchor) }),
        }
  const hold = ({ lane, bucket, anchor }: Cursor): void => {
    const middle = (n: number): number => buckets.start + (n + 0.5) * buckets.step
    setHeld({ lane, time: middle(bucket), ...(anchor === undefined ? {} : { anchor: middle(anchor) }) })
  }
  const host = here === undefined || here.lane === 0 ? undefined : lanes[here.lane - 1]
  const at = here === undefined ? undefined : stretch(here, buckets)
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const from = here ?? { lane: 0, bucket: stepsIn(0)[0] ?? 0 }
    const act = {
      '+': () => props.zoom(0.5, at === undefined ? undefined : (at.from + at.to) / 2),
      '-': () => props.zoom(2),
      '0': () => amend({ from: undefined, to: undefined }, { replace: true }),
      Enter: () => {
        if (at === undefined) return
        if (here?.anchor !== undefined) {
          hold({ lane: here.lane, bucket: here.bucket })
          amend({ from: isoSeconds(at.from), to: isoSeconds(at.to) }, { replace: true })
        } else amend({ records: `${isoSeconds(at.from)}/${isoSeconds(at.to)}`, lane: host })
      },
    }[event.key]
    const next =
      act === undefined
        ? moved(from, { key: event.key, shift: event.shiftKey }, { lanes: lanes.length + 1, buckets: buckets.count, stepsIn })
        : undefined
    if (act === undefined && next === undefined) return
    event.preventDefault()
    act?.()
    if (next !== undefined) hold(next)
  }
  const shown = at === undefined ? undefined : { a: Math.max(frame.left, x(at.from)), b: Math.min(right, x(at.to)) }
  return (
    <div className="timeline" ref={box}>
      <Overview story={story} whole={whole} range={range} frame={frame} density={overview.density} />
      <svg
        width={frame.width}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={`Timeline: ${counted(steps.length, 'step')} and ${counted(hops.length, 'move')} on ${counted(hosts.length, 'host')}. Arrows walk through time and hosts, the line below says what stands there; the tables below say the same in words.`}
        onKeyDown={press}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const px = place(event)
          setDrag({ from: px, to: px })
        }}
        onPointerMove={(event) => {
          if (drag !== undefined) setDrag({ ...drag, to: place(event) })
        }}
        onPointerUp={stop}
        onPointerCancel={() => setDrag(undefined)}
      >
        {ticks(range, Math.max(3, Math.floor((frame.width - frame.left) / 120))).map((tick) => (
          <g key={tick.at}>
            <line className="grid" x1={x(tick.at)} x2={x(tick.at)} y1={frame.axis - 6} y2={height} />
            <text className="tick" x={x(tick.at)} y={13} textAnchor="middle">
              {tick.text}
            </text>
          </g>
        ))}
        {lanes.map((name, n) => (
          <Lane
            key={name}
            name={name}
            status={statusOf(story, name)}
            frame={frame}
            base={lineOf(n)}
            counts={density?.hosts.find((one) => one.host === name)?.counts ?? []}
            most={most}
            x={bucketX}
          />
        ))}
        {hops.slice(0, marksShown).map((hop, n) => (
          <Hop key={`${n} ${hop.time}`} hop={hop} x={x(epoch(hop.time))} from={y(hop.from)} to={y(hop.to)} />
        ))}
        {steps.slice(0, marksShown).map(({ step, n }) => (
          <Step key={n} step={step} n={n} x={x(epoch(step.time))} y={y(step.host)} />
        ))}
        {shown !== undefined && here !== undefined && (
          <rect
            className="cursor"
            x={shown.a - 1}
            width={Math.max(3, shown.b - shown.a + 2)}
            y={here.lane === 0 ? frame.axis - 4 : frame.axis + (here.lane - 1) * frame.lane}
            height={here.lane === 0 ? height - frame.axis + 2 : frame.lane}
          />
        )}
        {drag !== undefined && (
          <rect className="drag" x={Math.min(drag.from, drag.to)} width={Math.abs(drag.to - drag.from)} y={0} height={height} />
        )}
      </svg>
      {at !== undefined && <TimelineStatus story={story} host={host} at={at} density={density} />}
      <p className="small soft">
        {failure === undefined
          ? density === undefined
            ? 'Counting events ... '
            : `Bars: events per ${widthText(density.step)}, the highest ${figure(most)}, drawn by logarithm; no bar, no event in the logs. `
          : `Events are not counted: ${failure.message}. ${failure.hint}. `}
        Times are UTC. Hosts: ■ compromised, ● touched, ◆ suspected. Steps: ◆ critical, ▲ high, ● other; a line is a move, ►
        points to the host reached. With the focus on it: ← → time, ↑ ↓ host, <kbd>n</kbd> next step, <kbd>Shift</kbd> with arrows
        to choose, <kbd>Enter</kbd> records or zoom, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd>.
        {steps.length > marksShown && ` ${counted(steps.length - marksShown, 'further step')} not drawn; narrow the range.`}
        {hosts.length > lanes.length && ` ${counted(hosts.length - lanes.length, 'further host')} not drawn. `}
        {hosts.length > lanes.length && lanesShown < lanesAtMost && (
          <button type="button" className="plain" onClick={() => setLanesShown(lanesAtMost)}>
            Show {counted(Math.min(lanesAtMost, hosts.length), 'host')}
          </button>
        )}
      </p>
    </div>
  )
}
