import type { ReactElement } from 'react'
import type { Assertion } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Row, Table } from '../parts/table.tsx'
import { figure } from '../text/figures.ts'

/** The assertions as they were read out of the posts: kind, amount, unit, subject. */
export function Asserted(props: { readonly assertions: readonly Assertion[] }): ReactElement {
  if (props.assertions.length === 0) return <p className="soft">No assertion was read out of these words.</p>
  return (
    <Table
      caption={`Assertions read (${props.assertions.length})`}
      columns={['No.', 'By', 'Kind', 'Amount', 'About', { name: 'Words', width: 'widest' }]}
    >
      {props.assertions.map((one) => (
        <Row key={one.id}>
          <td>{one.id}</td>
          <td>{one.by}</td>
          <td>
            {one.kind.replaceAll('-', ' ')}
            {one.standing !== undefined && <p className="small soft">{one.standing}, not said to be done</p>}
          </td>
          <td>{amount(one)}</td>
          <td>{[one.victim, one.subject, ...(one.data ?? [])].filter((part) => part !== undefined).join(', ')}</td>
          <td>
            <q>{one.text}</q> <Cites cites={[one.cite, ...(one.also ?? [])]} />
          </td>
        </Row>
      ))}
    </Table>
  )
}

function amount(one: Assertion): string {
  if (one.quantity === undefined) return ''
  const strict = one.strict === true ? (one.qualifier === 'at most' ? 'less than' : 'more than') : one.qualifier
  return [strict === 'exactly' ? undefined : strict, figure(one.quantity), one.unit]
    .filter((part) => part !== undefined)
    .join(' ')
}
