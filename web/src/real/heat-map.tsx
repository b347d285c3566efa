import { useRef, type MouseEvent, type ReactElement } from 'react'
import type { Cite, Verdict } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { useWidth } from '../how-in/use-width.ts'
import { counted, figure } from '../text/figures.ts'

type Heat = NonNullable<Verdict['expert']>['heat']

const [left, lane, top] = [220, 18, 4]
const namesShown = 30
const rowsListed = 20

/** Sample rows against copies: how many of the compared cells agree. A click opens the row; the lists below say it in words. */
export function HeatMap(props: {
  readonly heat: Heat
  readonly cite: ((rows: readonly number[]) => Cite) | undefined
  open(cite: Cite): void
}): ReactElement {
  const { heat, cite } = props
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const cell = Math.max(1, (width - left) / Math.max(1, heat.rows.length))
  const height = top + heat.copies.length * lane
  const openRow = (event: MouseEvent<SVGSVGElement>): void => {
    const at = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - left) / cell)
    const row = heat.rows[at]
    if (row !== undefined && cite !== undefined) props.open(cite([row]))
  }
  const [first] = heat.copies
  const outside = heat.rows.filter((_, at) => first?.agreement[at] === -1)
  const poor = heat.rows.filter((_, at) => (first?.agreement[at] ?? -1) >= 0 && (first?.agreement[at] ?? 0) <= 5)
  return (
    <figure className="expert">
      <figcaption>
        Rows against copies: {counted(heat.rows.length, 'sample row')} from left to right; the darker, the more of the compared
        cells agree; blank: the copy does not hold the row. Click a row to open it.
      </figcaption>
      <div ref={box}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`Agreement of ${counted(heat.rows.length, 'row')} with ${counted(heat.copies.length, 'copy', 'copies')}; the sentences below name the rows`}
          onClick={openRow}
        >
          {heat.copies.map((copy, n) => (
            <g key={copy.copy}>
              <text x={0} y={top + n * lane + 12}>
                {copy.copy.length > namesShown ? `${copy.copy.slice(0, namesShown - 1)}…` : copy.copy}
              </text>
              {copy.agreement.map((tenths, at) =>
                tenths < 0 ? null : (
                  <rect
                    // oxlint-disable-next-line react/no-array-index-key
                    key={at}
                    className="heat"
                    x={left + at * cell}
                    y={top + n * lane}
                    width={cell}
                    height={lane - 2}
                    fillOpacity={0.06 + (0.94 * tenths) / 10}
                  />
                ),
              )}
            </g>
          ))}
        </svg>
      </div>
      {first !== undefined && cite !== undefined && (
        <p className="small">
          Of the rows shown, {figure(outside.length)} are not held by {first.copy}
          {outside.length > 0 && (
            <>
              {' '}
              <Cites cites={outside.slice(0, rowsListed).map((row) => cite([row]))} most={4} />
            </>
          )}
          {'; '}
          {figure(poor.length)} agree in half of the cells or fewer
          {poor.length > 0 && (
            <>
              {' '}
              <Cites cites={poor.slice(0, rowsListed).map((row) => cite([row]))} most={4} />
            </>
          )}
          .
        </p>
      )}
    </figure>
  )
}
