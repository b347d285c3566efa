import type { ReactElement } from 'react'
import type { Reading } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

const most = 300

/** Every sentence taken apart by what it says; what a person should read comes first. */
export function Readings(props: { readonly readings: readonly Reading[] }): ReactElement {
  const { query } = useAddress()
  const fitting = props.readings.filter((one) => fits(query.q, one.text, one.kind))
  const ordered = [...fitting].sort((a, b) => Number(b.doubts !== undefined) - Number(a.doubts !== undefined))
  const unsure = props.readings.filter((one) => one.doubts !== undefined).length
  if (props.readings.length === 0) return <></>
  return (
    <details open={unsure > 0}>
      <summary>
        Sentence by sentence: {counted(props.readings.length, 'reading')}, {unsure} to be read by a person
      </summary>
      <Table
        caption={`Readings (${props.readings.length})`}
        columns={['No.', 'By', 'Kind', 'Amount', { name: 'Words', width: 'widest' }, 'For a person']}
      >
        {ordered.slice(0, most).map((one) => (
          <Row key={one.id}>
            <td>{one.id}</td>
            <td>{one.by}</td>
            <td>
              {one.kind.replaceAll('-', ' ')}
              {one.assertions !== undefined && <p className="small soft">{one.assertions.join(', ')}</p>}
            </td>
            <td>{one.quantity === undefined ? '' : `${figure(one.quantity)} ${one.unit ?? ''}`}</td>
            <td>
              <q>{one.text}</q> <Cites cites={[one.cite, ...(one.also ?? [])]} />
            </td>
            <td>{(one.doubts ?? []).join('; ')}</td>
          </Row>
        ))}
      </Table>
      {ordered.length > most && (
        <p className="soft">{counted(ordered.length - most, 'further reading')} not shown; narrow the filter.</p>
      )}
    </details>
  )
}
