import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { hostShape } from './host-shape.ts'
import type { Frame } from './timeline-frame.ts'
import { Strip } from './timeline-strip.tsx'

/** The lane of a host: its name with the sign of its status, the bars of its events, its line. */
export function Lane(props: {
  readonly name: string
  readonly status: Story['hosts'][number]['status']
  readonly frame: Frame
  /** Where its line stands. */
  readonly base: number
  readonly counts: readonly number[]
  readonly most: number
  x(bucket: number): number
}): ReactElement {
  const { name, frame, base } = props
  const right = frame.width - frame.right
  return (
    <g>
      <Strip
        counts={props.counts}
        most={props.most}
        x={props.x}
        base={base}
        height={frame.line - (frame.narrow ? 16 : 4)}
        within={[frame.left, right]}
      />
      <line className="lane" x1={frame.left} x2={right} y1={base} y2={base} />
      <text className="host" x={frame.narrow ? frame.left : 0} y={frame.narrow ? base - 25 : base - 3}>
        {hostShape[props.status]} {name.length > 24 ? `${name.slice(0, 23)}…` : name}
      </text>
    </g>
  )
}
