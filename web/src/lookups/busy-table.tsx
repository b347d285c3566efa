import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

const most = 60

/** Days on which an account read far more subscribers than it does. */
export function BusyTable(props: { readonly days: NonNullable<LookupReview['busyDays']> }): ReactElement | null {
  const { query } = useAddress()
  const found = props.days.filter((one) => fits(query.q, one.account, one.day))
  if (props.days.length === 0) return null
  return (
    <>
      <Table
        caption={`Busy days (${found.length} of ${props.days.length})`}
        columns={[
          'Day',
          'Account',
          { name: 'Subscribers read', figures: true },
          { name: 'Usual', figures: true },
          'p, q',
          'Cites',
        ]}
      >
        {found.slice(0, most).map((one) => (
          <Row key={`${one.day} ${one.account}`}>
            <td className="nowrap">{one.day}</td>
            <td className="mono nowrap">{one.account}</td>
            <td className="n">{figure(one.subscribers)}</td>
            <td className="n">{one.usual}</td>
            <td className="nowrap">
              p {one.p}
              <br />q {one.qValue}
            </td>
            <td>
              <Cites cites={one.cites} most={2} />
            </td>
          </Row>
        ))}
      </Table>
      {found.length > most && <p className="soft">{counted(found.length - most, 'further day')}; narrow the filter.</p>}
    </>
  )
}
