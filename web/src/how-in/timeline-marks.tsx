import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { instant } from '../text/times.ts'

/** A step as a mark on its host's lane: shape by level. Pressing it goes to the step in the table. */
export function Step(props: {
  readonly step: Story['steps'][number]
  readonly n: number
  readonly x: number
  readonly y: number | undefined
}): ReactElement | null {
  const { step, x, y } = props
  if (y === undefined) return null
  return (
    <g
      className={`step ${step.level}`}
      onClick={() => {
        const row = document.querySelector<HTMLElement>(`#step-${props.n + 1}`)
        row?.focus({ preventScroll: true })
        row?.scrollIntoView({ block: 'center' })
      }}
    >
      <title>{`${props.n + 1}. ${instant(step.time)} ${step.tactic}: ${step.text}`}</title>
      {shape(step.level, x, y)}
    </g>
  )
}

function shape(level: string, x: number, y: number): ReactElement {
  if (level === 'critical') return <path d={`M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`} />
  if (level === 'high') return <path d={`M${x} ${y - 6}L${x + 6} ${y + 5}L${x - 6} ${y + 5}Z`} />
  return <circle cx={x} cy={y} r={4} />
}

/** A hop from host to host as a line between lanes with its point at the host reached. */
export function Hop(props: {
  readonly hop: Story['lateralMovement'][number]
  readonly x: number
  readonly from: number | undefined
  readonly to: number | undefined
}): ReactElement | null {
  const { hop, x, from, to } = props
  if (from === undefined || to === undefined || from === to) return null
  const tip = to > from ? to - 5 : to + 5
  const back = to > from ? to - 13 : to + 13
  return (
    <g className="hop">
      <title>{`${instant(hop.time)} ${hop.from} to ${hop.to}, account ${hop.account}, ${hop.means}`}</title>
      <line x1={x} x2={x} y1={from} y2={back} />
      <path d={`M${x} ${tip}L${x + 4} ${back}L${x - 4} ${back}Z`} />
    </g>
  )
}
