import type { ReactElement } from 'react'
import type { Cite, Verdict } from '../../../src/server/api.ts'
import { percent } from '../text/figures.ts'

type Order = NonNullable<Verdict['expert']>['order'][number]

const [size, margin] = [190, 8]

/** Where each sample row stands in a copy: a slice is a rising line, shuffled rows are a cloud. A click opens the row. */
export function OrderPlot(props: {
  readonly order: Order
  readonly cite: ((rows: readonly number[]) => Cite) | undefined
  open(cite: Cite): void
}): ReactElement {
  const { order, cite } = props
  const most = (at: 0 | 1): number => Math.max(1, ...order.points.map((point) => point[at]))
  const [here, there] = [most(0), most(1)]
  const place = (value: number, of: number): number => margin + (value / of) * (size - 2 * margin)
  return (
    <figure className="expert order">
      <figcaption>
        {order.copy}: {percent(order.kept)} of the rows met stand in its order
      </figcaption>
      <svg width={size} height={size} role="img" aria-label={`Sample row against row of ${order.copy}`}>
        <rect className="frame" x={0.5} y={0.5} width={size - 1} height={size - 1} />
        {order.points.map(([row, copyRow]) => (
          <circle
            key={row}
            cx={place(row, here)}
            cy={size - place(copyRow, there)}
            r={1.8}
            onClick={() => {
              if (cite !== undefined) props.open(cite([row]))
            }}
          />
        ))}
      </svg>
    </figure>
  )
}
