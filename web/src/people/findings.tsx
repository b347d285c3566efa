import { useState, type ReactElement } from 'react'
import type { Finding, FindingStatus } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'
import { Ruling } from './ruling.tsx'

const groups: readonly { readonly status: FindingStatus; readonly title: string }[] = [
  { status: 'adopted', title: 'Adopted by a named person' },
  { status: 'proposed', title: 'Proposed by the machine, not adopted' },
  { status: 'parked', title: 'Parked' },
  { status: 'rejected', title: 'Rejected' },
]

/** Findings of some kinds, adopted and proposed apart, each to be ruled on. `except` are shown elsewhere on the page. */
export function Findings(props: {
  readonly kinds: readonly Finding['kind'][]
  readonly except?: ReadonlySet<string>
  readonly title?: string
}): ReactElement | null {
  const { view } = useCase()
  const { query } = useAddress()
  const all = view.findings.filter((one) => props.kinds.includes(one.kind) && props.except?.has(one.id) !== true)
  const found = all.filter((one) => fits(query.q, one.text, one.subject, one.id))
  if (all.length === 0) return null
  return (
    <section className="findings">
      <h2>{props.title ?? 'Findings'}</h2>
      {found.length === 0 && <p className="soft">None of {counted(all.length, 'finding')} fits the filter.</p>}
      {groups.map(({ status, title }) => (
        <Group key={status} title={title} findings={found.filter((one) => one.status === status)} />
      ))}
    </section>
  )
}

function Group(props: { readonly title: string; readonly findings: readonly Finding[] }): ReactElement | null {
  const [most, setMost] = useState(20)
  const rest = props.findings.length - most
  if (props.findings.length === 0) return null
  return (
    <>
      <Table
        caption={`${props.title} (${props.findings.length})`}
        className="fixed findings"
        columns={['Finding', 'Confidence', { name: 'Ruling', width: 'wide' }]}
      >
        {props.findings.slice(0, most).map((one) => (
          <Row key={one.id} id={one.id}>
            <td>
              {one.text} <Cites cites={one.cites} />
              {one.grounds.length > 0 && (
                <details>
                  <summary>{counted(one.grounds.length, 'ground')}</summary>
                  <SaidList sentences={one.grounds} />
                </details>
              )}
              <p className="small soft">
                <code>{one.id}</code> {one.kind}, said by {one.producer}
              </p>
            </td>
            <td>{one.confidence ?? <span className="soft">none stated</span>}</td>
            <td>
              <Ruling finding={one} />
            </td>
          </Row>
        ))}
      </Table>
      {rest > 0 && (
        <button type="button" onClick={() => setMost(most + 200)}>
          Show {counted(Math.min(rest, 200), 'more finding')}
        </button>
      )}
    </>
  )
}
