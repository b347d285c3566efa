import { useRef, type ReactElement } from 'react'
import type { Verdict } from '../../../src/server/api.ts'
import { useWidth } from '../how-in/use-width.ts'
import { counted } from '../text/figures.ts'

type Expert = NonNullable<Verdict['expert']>

const [left, right, height, axis] = [44, 14, 130, 18]
/** Natural logarithms below the best day that the picture still shows. */
const depth = 20
const dayMs = 86_400_000

/** How well each day explains the changing values, relative to the best; the 95 % set shaded. */
export function DayCurve(props: {
  readonly days: Expert['days']
  readonly second: Expert['secondDay']
  readonly asOf: { readonly day: string; readonly from: string; readonly to: string } | undefined
}): ReactElement | null {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const days = shown(props.days)
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return null
  const start = Date.parse(first.from)
  const end = Date.parse(last.to) + dayMs
  const x = (day: string, after = 0): number =>
    left + ((Date.parse(day) + after - start) / (end - start)) * (width - left - right)
  const y = (log: number): number => 6 + (Math.min(depth, -log) / depth) * (height - axis - 12)
  const path = days
    .map(({ from, to, log }, at) => `${at === 0 ? 'M' : 'L'}${x(from)} ${y(log)}L${x(to, dayMs)} ${y(log)}`)
    .join('')
  const { asOf, second } = props
  return (
    <figure className="expert">
      <figcaption>
        As of which day: log weight of each day against the best
        {asOf === undefined ? '' : ` (${asOf.day}; 95 %: ${asOf.from} to ${asOf.to}, shaded)`}.
        {second !== undefined && ` ${counted(second.rows, 'row')} contradict it and agree with ${second.day}.`}
      </figcaption>
      <div ref={box}>
        <svg width={width} height={height} role="img" aria-label="Log weight by day; the caption says the day and its 95 % set">
          {asOf !== undefined && (
            <rect
              className="set"
              x={x(asOf.from)}
              y={4}
              width={Math.max(2, x(asOf.to, dayMs) - x(asOf.from))}
              height={height - axis - 4}
            />
          )}
          <line className="grid" x1={left} x2={width - right} y1={height - axis} y2={height - axis} />
          <path className="curve" d={path} />
          <text x={0} y={12}>
            0
          </text>
          <text x={0} y={height - axis}>
            -{depth}
          </text>
          <text x={left} y={height - 4}>
            {first.from}
          </text>
          <text x={width - right} y={height - 4} textAnchor="end">
            {last.to}
          </text>
        </svg>
      </div>
    </figure>
  )
}

/** The stretches worth drawing: from the first to the last that is not hopeless, with one more on each side. */
function shown(days: Expert['days']): Expert['days'] {
  const near = days.flatMap(({ log }, at) => (log > -depth ? [at] : []))
  const [from = 0] = near
  return days.slice(Math.max(0, from - 1), (near.at(-1) ?? days.length) + 2)
}
