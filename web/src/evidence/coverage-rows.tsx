import type { ReactElement } from 'react'
import type { CoverageRow } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { fits } from '../parts/filter-box.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

const shown = 200

/** Every source of every host: period, missing records, breaks of the log, clock jumps, silences, techniques. */
export function CoverageRows(): ReactElement | null {
  const { rows } = useCase().view.coverage
  const { query } = useAddress()
  if (rows === undefined || rows.length === 0) return null
  const found = rows.filter((one) => fits(query.q, one.host, one.source))
  return (
    <details>
      <summary>By host and source: missing records, cleared logs, clocks, techniques</summary>
      <Table
        caption={`${counted(found.length, 'source')} by host${found.length > shown ? `, the first ${shown} shown` : ''}`}
        columns={[
          'Host',
          { name: 'Source', width: 'wide' },
          'From',
          'To',
          { name: 'Events', figures: true },
          'Missing records',
          'Breaks of the log',
          { name: 'Clock jumps', figures: true },
          { name: 'Silences', figures: true },
          { name: 'Techniques', figures: true },
          'Cites',
        ]}
      >
        {found.slice(0, shown).map((one) => (
          <Row key={`${one.host} ${one.source}`}>
            <td>{one.host === '' ? 'not named' : one.host}</td>
            <td>{one.source}</td>
            <td className="nowrap">{one.from === '' ? 'no time' : <Instant at={one.from} />}</td>
            <td className="nowrap">{one.to === '' ? 'no time' : <Instant at={one.to} />}</td>
            <td className="n">{figure(one.events)}</td>
            <td>{missingText(one)}</td>
            <td>
              {one.breakCount === 0 ? (
                'none'
              ) : (
                <>
                  {[...new Set(one.breaks.map((each) => each.kind))].join(', ')}{' '}
                  <Cites cites={one.breaks.map((each) => each.cite)} most={3} />
                </>
              )}
            </td>
            <td className="n">{figure(one.jumpCount)}</td>
            <td className="n">{one.silences === null ? 'not known' : figure(one.silences)}</td>
            <td className="n">{figure(one.techniques)}</td>
            <td>
              <Cites cites={one.cites} most={2} />
            </td>
          </Row>
        ))}
      </Table>
    </details>
  )
}

function missingText({ numbers }: CoverageRow): string {
  if (numbers.length === 0) return 'not numbered'
  if (numbers.some((one) => one.standing !== 'followed')) return 'cannot be told'
  const missing = numbers.reduce((sum, one) => sum + one.missing, 0)
  const all = numbers.reduce((sum, one) => sum + one.missing + one.present, 0)
  return missing === 0 ? 'none' : `${figure(missing)} of ${figure(all)}`
}
