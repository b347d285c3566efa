import { useState, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure, size } from '../text/figures.ts'

type Reached = Story['reached'][number]
type Bounds = NonNullable<NonNullable<Reached['data']>['rows']>

/** What the story reached: what left, what was staged, what was read, what lay open; rows and bytes with their bounds. */
export function DataReachedList(props: { readonly story: Story }): ReactElement {
  const { reached } = props.story
  const [most, setMost] = useState(40)
  if (reached.length === 0)
    return (
      <p className="soft">No access to data was seen in this story. What the logs at hand cannot show stands under the gaps.</p>
    )
  return (
    <>
      <p className="soft small">
        Read, staged and left need a record that says so; what could be reached lay open without one. Where a bound comes from
        stands beside it.
      </p>
      <Table
        caption={counted(reached.length, 'entry', 'entries')}
        columns={['How far', { name: 'What', width: 'widest' }, 'Categories', 'Rows', 'Bytes']}
      >
        {reached.slice(0, most).map((one, n) => (
          <Row key={`${n} ${one.what}`}>
            <td>{one.data?.certainty ?? one.kind}</td>
            <td>
              <b>{one.what}</b>: {one.text}
              {one.bytes !== undefined && `, ${size(one.bytes)}`} <Cites cites={one.cites} />
            </td>
            <td>{one.data === undefined || one.data.categories.length === 0 ? 'not known' : one.data.categories.join(', ')}</td>
            <td>{boundsText(one.data?.rows)}</td>
            <td>{boundsText(one.data?.bytes)}</td>
          </Row>
        ))}
      </Table>
      {reached.length > most && (
        <p>
          <button type="button" onClick={() => setMost(Number.MAX_SAFE_INTEGER)}>
            Show all {figure(reached.length)}
          </button>
        </p>
      )}
    </>
  )
}

/** In the words the story tells them with, and where they come from. */
function boundsText(bounds: Bounds | undefined): ReactElement | string {
  if (bounds === undefined) return 'not recorded'
  return (
    <>
      {bounds.words ?? 'bounds known'} <span className="soft small">{bounds.basis}</span>
    </>
  )
}
