import type { ReactElement } from 'react'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { SaidList } from '../parts/cites.tsx'
import { FilterBox, fits } from '../parts/filter-box.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Row, Table } from '../parts/table.tsx'
import { Findings } from '../people/findings.tsx'
import { counted, figure, size } from '../text/figures.ts'
import { CoverageRows } from './coverage-rows.tsx'
import { CoverageTable } from './coverage-table.tsx'
import { FaultTable } from './fault-table.tsx'
import { LostNextTable } from './lost-next.tsx'
import { VisibilityPart } from './visibility.tsx'

/** What the answers rest on: exhibits with hashes, what the logs cover, what could not be read, the head of custody. */
export function EvidencePage(): ReactElement {
  const { view } = useCase()
  const { query } = useAddress()
  const exhibits = view.exhibits.filter((one) => fits(query.q, one.id, one.file, one.kind, one.sha256))
  return (
    <>
      <PageHead title="Evidence and coverage" state={pageState('evidence', view)}>
        "Not found" speaks only of the sources and periods below.
      </PageHead>
      <LostNextTable />
      <h2>What was not covered</h2>
      {view.coverage.gaps.length === 0 ? <p className="soft">No gap was noted.</p> : <SaidList sentences={view.coverage.gaps} />}
      <CoverageTable />
      <CoverageRows />
      <VisibilityPart />
      <FaultTable />
      <h2>Exhibits</h2>
      <FilterBox what="exhibits" />
      <Table
        caption={counted(exhibits.length, 'exhibit')}
        columns={[
          'No.',
          { name: 'File', width: 'wide' },
          'Kind',
          { name: 'Size', figures: true },
          'Held',
          { name: 'SHA-256 and acquisition', width: 'wide' },
        ]}
      >
        {exhibits.map((one) => (
          <Row key={one.id} id={one.id}>
            <td>{one.id}</td>
            <td className="hash">{one.file}</td>
            <td>{one.kind}</td>
            <td className="n">{size(one.bytes)}</td>
            <td>{one.held}</td>
            <td>
              <details>
                <summary className="nowrap">
                  <code>{one.sha256.slice(0, 12)}</code>
                </summary>
                <p className="hash">{one.sha256}</p>
                <p className="small">Acquired {one.acquired}</p>
              </details>
            </td>
          </Row>
        ))}
      </Table>
      <h2>Chain of custody</h2>
      <dl className="facts">
        <dt>Entries</dt>
        <dd>{figure(view.custody.entries)}</dd>
        <dt>Head</dt>
        <dd className="hash">{view.custody.head}</dd>
        {view.custody.key !== undefined && (
          <>
            <dt>Key</dt>
            <dd className="hash">{view.custody.key}</dd>
          </>
        )}
      </dl>
      <ul className="said">
        {view.custody.proves.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Findings kinds={['coverage']} title="Findings on coverage" />
    </>
  )
}
