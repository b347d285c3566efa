import { useState, type ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Masked } from '../parts/masked.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'

type Unjustified = NonNullable<LookupReview['unjustified']>[number]

const kinds: Readonly<Record<Unjustified['kind'], string>> = {
  'again-and-again': 'one subscriber, again and again',
  'many-without-reason': 'more reads without a reason than its peers',
  'tickets-afterwards': 'tickets opened after the reads',
}

/** Accounts whose reads lack reasons: for those who look after record access, not for the search of an intruder. */
export function UnjustifiedTable(props: { readonly rows: readonly Unjustified[] }): ReactElement {
  const { query } = useAddress()
  const [most, setMost] = useState(30)
  const found = props.rows.filter((one) => fits(query.q, one.account, one.masked ?? '', kinds[one.kind]))
  if (props.rows.length === 0) return <p className="soft">No account lacks reasons beyond its peers.</p>
  const rest = found.length - most
  return (
    <>
      <Table
        caption={`Unjustified reads (${found.length} of ${props.rows.length})`}
        columns={['Account', 'What', 'Subscriber', 'p, q', { name: 'Ground', width: 'wide' }]}
      >
        {found.slice(0, most).map((one) => (
          <Row key={`${one.kind} ${one.account} ${one.subscriber ?? ''}`}>
            <td className="mono nowrap">{one.account}</td>
            <td>{kinds[one.kind]}</td>
            <td className="nowrap">{one.masked === undefined ? '' : <Masked value={one.masked} />}</td>
            <td className="nowrap">
              p {one.p}
              <br />q {one.qValue}
            </td>
            <td>
              {one.grounds[0]?.text} <Cites cites={one.cites} most={2} />
            </td>
          </Row>
        ))}
      </Table>
      {rest > 0 && (
        <button type="button" onClick={() => setMost(most + 200)}>
          Show {counted(Math.min(200, rest), 'more row')}
        </button>
      )}
    </>
  )
}
