import { useState, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { FilterBox, fits } from '../parts/filter-box.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'
import { within, type TimeRange } from './time-range.ts'

/** The story as it is read aloud: numbered steps with time, host, tactic and techniques, within the range. */
export function StepTable(props: { readonly story: Story; readonly range: TimeRange }): ReactElement {
  const { query } = useAddress()
  const [most, setMost] = useState(200)
  const all = props.story.steps.map((step, n) => ({ step, n: n + 1 }))
  const steps = all.filter(
    ({ step }) =>
      within(props.range, step.time) &&
      (query.host === undefined || step.host === query.host) &&
      fits(query.q, step.text, step.host, step.tactic, ...step.techniques),
  )
  return (
    <>
      <div className="controls">
        <h2>Steps</h2>
        {query.host !== undefined && (
          <button type="button" onClick={() => amend({ host: undefined })}>
            Only {query.host}: show all hosts
          </button>
        )}
        <FilterBox what="steps" />
      </div>
      <Table
        caption={steps.length === all.length ? counted(all.length, 'step') : `${steps.length} of ${counted(all.length, 'step')}`}
        columns={[
          { name: 'No.', figures: true },
          'Time (UTC)',
          'Host',
          'Tactic and technique',
          { name: 'What happened', width: 'widest' },
        ]}
      >
        {steps.slice(0, most).map(({ step, n }) => (
          <Row key={n} id={`step-${n}`}>
            <td className="n">{n}</td>
            <td className="nowrap">
              <Instant at={step.time} />
            </td>
            <td className="mono nowrap">{step.host}</td>
            <td>
              {step.tactic.replaceAll('-', ' ')}
              {step.techniques.length > 0 && <p className="small mono soft">{step.techniques.join(', ')}</p>}
            </td>
            <td>
              {step.text} <span className="mark">{step.level}</span> <Cites cites={step.cites} />
            </td>
          </Row>
        ))}
      </Table>
      {steps.length > most && (
        <button type="button" onClick={() => setMost(most + 500)}>
          Show {counted(Math.min(500, steps.length - most), 'more step')}
        </button>
      )}
    </>
  )
}
