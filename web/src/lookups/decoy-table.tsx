import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { figure } from '../text/figures.ts'

/** Reads of decoys: each is an alarm by itself. */
export function DecoyTable(props: { readonly decoys: NonNullable<LookupReview['decoys']> }): ReactElement | null {
  if (props.decoys.length === 0) return null
  return (
    <>
      <h2>Alarm: decoys read</h2>
      <p>Decoys are numbers that belong to no customer: nobody has a reason to read one.</p>
      <Table
        caption={`Accounts used to read decoys (${props.decoys.length})`}
        columns={[
          'Account',
          'System',
          { name: 'Reads', figures: true },
          { name: 'Decoys', figures: true },
          'From, to',
          'Machines',
          'Cites',
        ]}
      >
        {props.decoys.map((one) => (
          <Row key={`${one.account} ${one.system}`}>
            <td className="mono nowrap">{one.account}</td>
            <td>{one.system}</td>
            <td className="n">{figure(one.reads)}</td>
            <td className="n">{figure(one.decoys)}</td>
            <td className="nowrap">
              <Instant at={one.first} />
              <br />
              <Instant at={one.last} />
            </td>
            <td className="mono">{one.hosts.join(', ')}</td>
            <td>
              <Cites cites={one.cites} most={3} />
            </td>
          </Row>
        ))}
      </Table>
    </>
  )
}
