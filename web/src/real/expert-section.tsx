import type { ReactElement } from 'react'
import type { Verdict } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { Said } from '../parts/cites.tsx'
import { Table } from '../parts/table.tsx'
import { DayCurve } from './day-curve.tsx'
import { HeatMap } from './heat-map.tsx'
import { OrderPlot } from './order-plot.tsx'
import { rowCites } from './row-cite.ts'

/** What an expert looks at: rows against copies, days, order, signs of invention. */
export function ExpertSection(props: { readonly verdict: Verdict }): ReactElement | null {
  const { verdict } = props
  const { openCite } = useCase()
  const { expert, signs = [] } = verdict
  if (expert === undefined) return null
  const cite = rowCites(verdict)
  const asOf = verdict.sources.find((one) => one.asOf !== undefined)?.asOf
  return (
    <details className="expert">
      <summary>For the expert: rows against copies, days, order, signs</summary>
      <HeatMap heat={expert.heat} cite={cite} open={openCite} />
      <DayCurve days={expert.days} second={expert.secondDay} asOf={asOf} />
      <div className="plots">
        {expert.order.map((order) => (
          <OrderPlot key={order.copy} order={order} cite={cite} open={openCite} />
        ))}
      </div>
      {signs.length > 0 && (
        <Table
          caption="Signs beside the comparison; above 0 speaks for rows of a real base"
          columns={['Sign', { name: 'log10 LR', figures: true }, { name: 'What was seen', width: 'widest' }]}
        >
          {signs.map((one) => (
            <tr key={`${one.sign} ${one.sentence.text}`}>
              <td>{one.sign.replaceAll('-', ' ')}</td>
              <td className="n">
                {one.log10LR > 0 ? '+' : ''}
                {one.log10LR.toFixed(1)}
              </td>
              <td>
                <Said sentence={one.sentence} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </details>
  )
}
