import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { Empty } from '../parts/empty.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { figure } from '../text/figures.ts'

/** Which sources were read, of which hosts, over which period. */
export function CoverageTable(): ReactElement {
  const { sources } = useCase().view.coverage
  if (sources.length === 0)
    return (
      <Empty what="No logs were read.">
        Add Windows events (EVTX or JSON lines), web access logs or database audit logs: without them every negative answer stays
        open.
      </Empty>
    )
  return (
    <Table
      caption="Sources read"
      columns={['Source', { name: 'Hosts', width: 'widest' }, 'From', 'To', { name: 'Events', figures: true }, 'Cites']}
    >
      {sources.map((one) => (
        <Row key={`${one.source} ${one.from} ${one.hosts.join()}`}>
          <td>{one.source}</td>
          <td>
            {one.hosts.slice(0, 12).join(', ')}
            {one.hosts.length > 12 && ` and ${one.hosts.length - 12} more`}
          </td>
          <td className="nowrap">
            <Instant at={one.from} />
          </td>
          <td className="nowrap">
            <Instant at={one.to} />
          </td>
          <td className="n">{figure(one.events)}</td>
          <td>
            <Cites cites={one.cites} most={2} />
          </td>
        </Row>
      ))}
    </Table>
  )
}
