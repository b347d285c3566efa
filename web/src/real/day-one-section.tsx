import type { ReactElement } from 'react'
import type { CaseView } from '../../../src/server/api.ts'
import { Table } from '../parts/table.tsx'
import { percent, sentence } from '../text/figures.ts'

type DayOne = NonNullable<CaseView['provenance'][number]['dayOne']>

const standings = { can: 'can have produced it', cannot: 'cannot', 'not-decided': 'not decided' } as const
const order = { can: 0, 'not-decided': 1, cannot: 2 } as const

/** Which systems can have produced a sample that no registered copy answers, from which days it can be, what to fetch next. */
export function DayOneSection({ answer }: { readonly answer: DayOne }): ReactElement {
  const { systems, operators, agreements, next, window } = answer
  return (
    <section>
      <h2>Which systems can have produced it</h2>
      <div className="box lead">
        <p>{answer.statement}</p>
        <p className="soft">Days it can be from: {windowText(window)}</p>
      </div>
      {systems.length === 0 ? (
        <p className="soft">
          No table of a system was given. Put today's tables into the case with <code>role = "table"</code>, <code>system</code>{' '}
          and <code>as_of</code>: they are read where they lie, and nothing of them is kept.
        </p>
      ) : (
        <Table
          caption="Systems compared"
          columns={['System', 'Can it', 'Rows in its newest table', 'In any', { name: 'Why', width: 'widest' }]}
        >
          {systems
            .toSorted((a, b) => order[a.standing] - order[b.standing])
            .map((one) => (
              <tr key={one.system}>
                <td>
                  {one.system}
                  <br />
                  <span className="soft">tables of {one.tables.map(({ asOf }) => asOf).join(', ')}</span>
                </td>
                <td>{standings[one.standing]}</td>
                <td>{percent(one.foundToday)}</td>
                <td>{percent(one.foundEver)}</td>
                <td>
                  <ul className="said">
                    {one.reasons.slice(0, 4).map(({ text }) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
        </Table>
      )}
      <Lines title="What dates it" lines={window.reasons} />
      {operators !== undefined && <Lines title="Whose number ranges" lines={[sentence(operators.what)]} />}
      <Lines
        title="Agreements whose field list could have carried it"
        note="What was possible, not what happened."
        lines={agreements.map((one) => `${one.agreement}: ${one.standing.replaceAll('-', ' ')}; ${one.why}`)}
      />
      <Lines title="To fetch next" lines={next.slice(0, 6).map((step) => `${step.what}: ${step.why}`)} />
      <p className="soft">{sentence(answer.limits.join('; '))}</p>
    </section>
  )
}

function Lines(props: {
  readonly title: string
  readonly note?: string
  readonly lines: readonly string[]
}): ReactElement | null {
  if (props.lines.length === 0) return null
  return (
    <>
      <h3>{props.title}</h3>
      {props.note !== undefined && <p className="soft">{props.note}</p>}
      <ul className="said">
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

function windowText({ earliest, latest, estimate }: DayOne['window']): string {
  const about = estimate === undefined ? '' : `, by changed values about ${estimate.day} (${estimate.from} to ${estimate.to})`
  if (earliest !== undefined && latest !== undefined) return `${earliest} to ${latest}${about}`
  if (earliest !== undefined) return `${earliest} or later${about}`
  return latest === undefined ? 'nothing dates it' : `${latest} or earlier${about}`
}
