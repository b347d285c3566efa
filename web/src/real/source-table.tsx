import type { ReactElement } from 'react'
import type { SourceAnswer } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Empty } from '../parts/empty.tsx'
import { Row, Table } from '../parts/table.tsx'
import { figure } from '../text/figures.ts'

/** Registered copies compared, most likely first: rows inside, rows agreeing, likelihood ratio, day. */
export function SourceTable(props: { readonly sources: readonly SourceAnswer[] }): ReactElement {
  if (props.sources.length === 0)
    return (
      <Empty what="No copy is registered, so none could agree.">
        Register the operator's own systems and every extract handed out with their dates: <code>breachline copy add</code>, or
        put them into the case folder with the role "copy".
      </Empty>
    )
  return (
    <Table
      caption="Registered copies compared"
      columns={[
        { name: 'Holder and system', width: 'wide' },
        'Cut',
        { name: 'Rows inside', figures: true },
        { name: 'Rows agreeing', figures: true },
        { name: 'log10 LR', figures: true },
        'As of (95 % set)',
        'Also held by',
        'Cites',
      ]}
    >
      {props.sources.map((one) => (
        <Row key={one.copy}>
          <td>
            {one.holder}, {one.system}
            <br />
            <code className="soft">{one.copy}</code>
            {one.places !== undefined && <div className="small soft">Its bytes have been: {one.places}</div>}
          </td>
          <td className="nowrap">{one.cutDay ?? <span className="soft">not dated</span>}</td>
          <td className="n">
            {figure(one.rowsInside)}
            {one.rowsMet !== undefined && <div className="small soft nowrap">{figure(one.rowsMet)} of all read</div>}
          </td>
          <td className="n">{figure(one.rowsAgreeing)}</td>
          <td className="n">{ratio(one.log10LR)}</td>
          <td>
            {one.asOf === undefined ? (
              <span className="soft">not told</span>
            ) : (
              <>
                <span className="nowrap">{one.asOf.day}</span>
                <br />
                <span className="small soft">
                  {one.asOf.from} to {one.asOf.to}
                </span>
              </>
            )}
          </td>
          <td>{one.alsoHeldBy.length === 0 ? <span className="soft">nobody registered</span> : one.alsoHeldBy.join(', ')}</td>
          <td>
            <Cites cites={one.cites} most={2} />
          </td>
        </Row>
      ))}
    </Table>
  )
}

/** The ratio is capped at +-6; the cap is said. */
function ratio(log10: number): string {
  if (log10 >= 6) return 'at least +6.0'
  if (log10 <= -6) return 'at most -6.0'
  return `${log10 > 0 ? '+' : ''}${log10.toFixed(1)}`
}
