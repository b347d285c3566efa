import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites, Said, SaidList } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

const most = 60

/** Accounts that read watched subscribers without a recorded reason. */
export function AccountTable(props: { readonly accounts: LookupReview['accounts'] }): ReactElement | null {
  const { query } = useAddress()
  const found = props.accounts.filter((one) => fits(query.q, one.account, one.kind))
  if (props.accounts.length === 0) return null
  return (
    <>
      <Table
        caption={`Accounts used (${found.length} of ${props.accounts.length})`}
        columns={[
          'Account',
          'Beyond chance',
          { name: 'Watched subscribers', figures: true },
          { name: 'Reads without reason', figures: true },
          { name: 'Grounds', width: 'widest' },
        ]}
      >
        {found.slice(0, most).map((one) => (
          <Row key={one.account}>
            <td className="mono nowrap">{one.account}</td>
            <td className="nowrap">
              {one.beyondChance === undefined ? one.kind : one.beyondChance ? 'yes' : 'no'}
              {one.qValue !== undefined && <p className="small soft">q {one.qValue}</p>}
            </td>
            <td className="n">{figure(one.watched)}</td>
            <td className="n">{figure(one.unexplained)}</td>
            <td>
              {one.grounds[0] !== undefined && <Said sentence={one.grounds[0]} most={2} />}
              {one.grounds.length > 1 && (
                <details>
                  <summary>{counted(one.grounds.length - 1, 'more ground')}</summary>
                  <SaidList sentences={one.grounds.slice(1)} />
                </details>
              )}
            </td>
          </Row>
        ))}
      </Table>
      {found.length > most && <p className="soft">{counted(found.length - most, 'further account')}; narrow the filter.</p>}
    </>
  )
}

/** Single accesses that returned many subscribers. */
export function BulkTable(props: { readonly bulk: LookupReview['bulk'] }): ReactElement | null {
  const { query } = useAddress()
  const found = props.bulk.filter((one) => fits(query.q, one.account, one.at))
  if (props.bulk.length === 0) return <p className="soft">No single access returned many subscribers.</p>
  return (
    <>
      <Table
        caption={`Bulk reads (${found.length} of ${props.bulk.length})`}
        columns={['At', 'Account', 'What', { name: 'Rows or subscribers', figures: true }, 'Cites']}
      >
        {found.slice(0, most).map((one, n) => (
          <Row key={`${n} ${one.at}`}>
            <td className="nowrap">
              <Instant at={one.at} />
            </td>
            <td className="mono nowrap">{one.account}</td>
            <td>{readAtOnce(one)}</td>
            <td className="n">{one.rows < 0 ? 'not recorded' : figure(one.rows)}</td>
            <td>
              <Cites cites={one.cites} most={2} />
            </td>
          </Row>
        ))}
      </Table>
      {found.length > most && <p className="soft">{counted(found.length - most, 'further bulk read')}; narrow the filter.</p>}
    </>
  )
}

/** An answer of a system, or a file with the period that its name states. */
function readAtOnce({ file, from, until }: LookupReview['bulk'][number]): string {
  if (file === undefined) return 'answer'
  return from === undefined || until === undefined ? `file ${file}` : `file ${file}, from ${from} until ${until}`
}
