import type { ReactElement } from 'react'
import type { Fault } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

/** What could not be read, where, and what to do about it; nothing when everything was read. */
export function FaultTable(): ReactElement {
  const { total, kept } = useCase().view.faults
  if (total === 0) return <p className="soft">Every file was read whole; there were no faults.</p>
  return (
    <>
      <Table
        caption={`What could not be read (${counted(total, 'fault')})`}
        columns={[
          'Where',
          { name: 'What', width: 'wide' },
          { name: 'What to do', width: 'wide' },
          { name: 'Records lost', figures: true },
        ]}
      >
        {kept.slice(0, 200).map((one, n) => (
          <Row key={`${n} ${one.code}`}>
            <td className="hash">{place(one)}</td>
            <td>
              {one.what} <code className="soft">{one.code}</code>
            </td>
            <td>{one.todo}</td>
            <td className="n">{one.lost === undefined ? 'not known' : figure(one.lost)}</td>
          </Row>
        ))}
      </Table>
      {total > Math.min(200, kept.length) && (
        <p className="soft">{counted(total - Math.min(200, kept.length), 'further fault')} not shown here.</p>
      )}
    </>
  )
}

function place(fault: Fault): string {
  const { file, line, record, offset, field } = fault.where
  const parts = [file]
  if (line !== undefined) parts.push(`line ${line}`)
  if (record !== undefined) parts.push(`record ${record}`)
  if (offset !== undefined) parts.push(`offset ${offset}`)
  if (field !== undefined) parts.push(`field ${field}`)
  return parts.join(', ')
}
