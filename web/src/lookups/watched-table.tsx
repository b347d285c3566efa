import { useState, type ReactElement } from 'react'
import type { WatchedSubscriber } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Masked } from '../parts/masked.tsx'
import { Row, Table } from '../parts/table.tsx'
import { findingOf } from '../people/finding-of.ts'
import { Ruling } from '../people/ruling.tsx'
import { counted, figure } from '../text/figures.ts'
import { Timeline } from './timeline.tsx'

/** Subscribers read more often without a recorded reason than chance allows. */
export function WatchedTable(props: {
  readonly watched: readonly WatchedSubscriber[]
  /** First and last access of the log. */
  readonly from: string
  readonly to: string
}): ReactElement {
  const { view } = useCase()
  const { query } = useAddress()
  const [most, setMost] = useState(50)
  const found = props.watched.filter((one) => fits(query.q, one.masked, one.subscriber, ...one.accounts, ...one.tests))
  if (props.watched.length === 0)
    return <p>No subscriber was read more often without a recorded reason than chance allows. That is no proof of absence.</p>
  const rest = found.length - most
  return (
    <>
      <Table
        caption={`Watched subscribers (${found.length} of ${props.watched.length})`}
        columns={[
          'Subscriber',
          'p, q',
          { name: 'Days without reason', figures: true },
          { name: 'Days with reason', figures: true },
          'First to last',
          'Accounts used',
          { name: 'Grounds', width: 'wide' },
          'Ruling',
        ]}
      >
        {found.slice(0, most).map((one) => {
          const finding = findingOf(view, 'lookup', [`subscriber:${one.subscriber}`])
          return (
            <Row key={one.subscriber}>
              <td className="nowrap">
                <Masked value={one.masked} />
              </td>
              <td className="nowrap">
                p {one.p}
                <br />q {one.qValue}
                <p className="small soft">{one.tests.join(', ')}</p>
                {one.toldInWeek !== undefined && (
                  <p className="small soft">
                    told by
                    <br />
                    {one.toldInWeek}
                  </p>
                )}
              </td>
              <td className="n">{figure(one.days)}</td>
              <td className="n">{figure(one.explainedDays)}</td>
              <td className="nowrap">
                {one.first.slice(0, 10)}
                <br />
                {one.last.slice(0, 10)}
              </td>
              <td>
                <Accounts names={one.accounts} />
              </td>
              <td>
                {one.grounds[0]?.text} <Cites cites={one.cites} most={2} />
                {one.grounds.length > 1 && (
                  <details>
                    <summary>{counted(one.grounds.length, 'ground')} with cites</summary>
                    <SaidList sentences={one.grounds} />
                  </details>
                )}
                {one.fields !== undefined && <p className="small">Fields read: {one.fields.join(', ')}</p>}
                {one.askedTo !== undefined && (
                  <p className="small">
                    Periods asked for: {one.askedFrom} to {one.askedTo}
                  </p>
                )}
                <Timeline one={one} from={props.from} to={props.to} />
              </td>
              <td>{finding === undefined ? <span className="soft">no finding</span> : <Ruling finding={finding} />}</td>
            </Row>
          )
        })}
      </Table>
      {rest > 0 && (
        <button type="button" onClick={() => setMost(most + 200)}>
          Show {counted(Math.min(200, rest), 'more subscriber')}
        </button>
      )}
    </>
  )
}

function Accounts(props: { readonly names: readonly string[] }): ReactElement {
  const { names } = props
  const listed = names.map((name) => (
    <div key={name} className="mono nowrap">
      {name}
    </div>
  ))
  if (names.length <= 2) return <>{listed}</>
  return (
    <details>
      <summary>{counted(names.length, 'account')}</summary>
      {listed}
    </details>
  )
}
