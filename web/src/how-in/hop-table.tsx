import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, percent } from '../text/figures.ts'
import { within, type TimeRange } from './time-range.ts'

const most = 100

/** Lateral movement: from which host to which, with which account, how sure. */
export function HopTable(props: { readonly story: Story; readonly range: TimeRange }): ReactElement {
  const hops = props.story.lateralMovement
    .filter((one) => within(props.range, one.time))
    .toSorted((a, b) => (a.time < b.time ? -1 : 1))
  if (hops.length === 0) return <p className="soft">No move from host to host was seen in this range.</p>
  return (
    <>
      <Table
        caption={`Moves from host to host (${hops.length})`}
        columns={['Time (UTC)', 'From', 'To', 'Account used', 'Means', { name: 'Certainty', figures: true }, 'Cites']}
      >
        {hops.slice(0, most).map((one, n) => (
          <Row key={`${n} ${one.time}`}>
            <td className="nowrap">
              <Instant at={one.time} />
            </td>
            <td className="mono">{one.from}</td>
            <td className="mono">{one.to}</td>
            <td className="mono">{one.account}</td>
            <td>
              {one.means}
              <Logins path={one.logins} />
            </td>
            <td className="n">{percent(one.certainty)}</td>
            <td>
              <Cites cites={one.cites} most={2} />
            </td>
          </Row>
        ))}
      </Table>
      {hops.length > most && <p className="soft">{counted(hops.length - most, 'further move')}; narrow the time range.</p>}
    </>
  )
}

/** The logins by which somebody had come to where a move was made from, the first one first. */
function Logins(props: { readonly path: Story['lateralMovement'][number]['logins'] }): ReactElement | null {
  const { path } = props
  const [first] = path?.logins ?? []
  if (path === undefined || first === undefined) return null
  return (
    <p className="small soft">
      By logins: <span className="mono">{first.from}</span>
      {path.logins.map((one) => (
        <span key={`${one.time} ${one.to}`}>
          {' → '}
          <span className="mono">{one.to}</span> ({one.account}, <Instant at={one.time} />)
        </span>
      ))}
      , certainty {percent(path.certainty)}. <Cites cites={path.logins.map((one) => one.cite)} most={2} />
    </p>
  )
}
