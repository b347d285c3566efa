import type { ReactElement } from 'react'
import type { PersonEntry } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'

/** Notes or decisions as their authors wrote them, the latest first. */
export function Entries(props: { readonly caption: string; readonly entries: readonly PersonEntry[] }): ReactElement {
  if (props.entries.length === 0) return <p className="soft">{props.caption}: none yet.</p>
  const entries = props.entries.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <Table caption={`${props.caption} (${entries.length})`} columns={['No.', 'At', 'By', { name: 'Text', width: 'widest' }]}>
      {entries.map((one) => (
        <Row key={one.id} id={one.id}>
          <td className="nowrap">
            <code>{one.id}</code>
            {one.seq !== undefined && <span className="soft small"> custody {one.seq}</span>}
          </td>
          <td className="nowrap">
            <Instant at={one.at} />
          </td>
          <td className="nowrap">{one.by}</td>
          <td>
            <div className="written">{one.text}</div>
            {one.reason !== undefined && <p className="soft">Because: {one.reason}</p>}
            <Cites cites={one.cites} />
          </td>
        </Row>
      ))}
    </Table>
  )
}
