import { useState, type ReactElement } from 'react'
import type { PersonEntry, Story, StoryView } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { FilterBox, fits } from '../parts/filter-box.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'
import { StepNote } from './step-note.tsx'
import { tacticName } from './tactics.ts'
import { within, type TimeRange } from './time-range.ts'

/** The story as it is read aloud: numbered steps with time, host, tactic and techniques, within the range; notes of people stand under their step. */
export function StepTable(props: {
  readonly story: Story
  readonly range: TimeRange
  readonly notes: StoryView['notes']
  /** Steps marked for cutting. */
  readonly marked: ReadonlySet<number>
  onMark(n: number): void
}): ReactElement {
  const { story, marked } = props
  const { query } = useAddress()
  const { view } = useCase()
  const [most, setMost] = useState(200)
  const [writing, setWriting] = useState<number | undefined>()
  const all = story.steps.map((step, n) => ({ step, n: n + 1 }))
  const steps = all.filter(
    ({ step }) =>
      within(props.range, step.time) &&
      (query.host === undefined || step.host === query.host) &&
      (query.tactic === undefined || step.tactic === query.tactic) &&
      fits(query.q, step.text, step.host, step.tactic, ...step.techniques),
  )
  const notesOn = (n: number): PersonEntry[] =>
    props.notes.flatMap(({ note, steps: of }) => (of.includes(n) ? view.notes.filter((one) => one.id === note) : []))
  return (
    <>
      <div className="controls">
        <h2>Steps</h2>
        {query.host !== undefined && (
          <button type="button" onClick={() => amend({ host: undefined })}>
            Only {query.host}: show all hosts
          </button>
        )}
        {query.tactic !== undefined && (
          <button type="button" onClick={() => amend({ tactic: undefined })}>
            Only {tacticName(query.tactic).toLowerCase()}: show all tactics
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
              <span className="step-acts small">
                <button
                  type="button"
                  className="plain"
                  data-note=""
                  aria-expanded={writing === n}
                  onClick={() => setWriting(writing === n ? undefined : n)}
                >
                  Note
                </button>
                {all.length > 1 && (
                  <button
                    type="button"
                    className="plain"
                    data-mark=""
                    aria-pressed={marked.has(n)}
                    onClick={() => props.onMark(n)}
                  >
                    {marked.has(n) ? 'Marked for cutting' : 'Mark to cut'}
                  </button>
                )}
              </span>
              {notesOn(n).map((one) => (
                <p key={one.id} className="note">
                  <code>{one.id}</code> <span className="written">{one.text}</span>{' '}
                  <span className="soft small">
                    {one.by}, <Instant at={one.at} />
                  </span>
                </p>
              ))}
              {writing === n && <StepNote story={story.id} step={n} onDone={() => setWriting(undefined)} />}
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
