import { useState, type ReactElement } from 'react'
import type { LosingSource } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { useClock } from '../frame/use-clock.ts'
import { Row, Table } from '../parts/table.tsx'
import { epoch, spanText } from '../text/times.ts'
import { LossForm } from './loss-form.tsx'
import { PreservationRequest } from './preservation-request.tsx'

const words: Readonly<Record<LosingSource['status'], string>> = {
  losing: 'losing',
  unknown: 'retention not known',
  lost: 'nothing left to save',
  secured: 'in exhibits',
}

/** Log sources of the inventory against the days the claim needs, counting down to the next day overwritten. */
export function LostNextTable(): ReactElement | null {
  const { lostNext } = useCase().view
  const now = useClock()
  const [asked, setAsked] = useState<string>()
  const [lost, setLost] = useState<string>()
  if (lostNext === undefined) return null
  const { period, sources } = lostNext
  return (
    <>
      <h2 id="lost-next">What is lost next</h2>
      {period === undefined ? (
        <p className="soft">
          Nothing in the case says from when logs are needed. The command <code>breachline preserve list --from DAY</code> asks
          for a period of yours.
        </p>
      ) : (
        <p>
          Logs are needed from {period.from} to {period.to} ({period.because}).
        </p>
      )}
      {period !== undefined && sources.length === 0 && <p className="soft">The inventory names no log source.</p>}
      {sources.length > 0 && (
        <Table
          caption="Log sources by what is overwritten next"
          columns={[
            { name: 'Source', width: 'wide' },
            { name: 'Goes next', width: 'wide' },
            { name: 'Overwritten, in no exhibit', width: 'wide' },
            'Held in',
            'Owner, kept',
            'Asked, recorded',
          ]}
        >
          {sources.map((one) => (
            <Row key={one.source}>
              <td>
                {one.source}
                {one.host !== undefined && <span className="soft"> {one.host}</span>}
                <br />
                <span className="soft">{words[one.status]}</span>
              </td>
              <td>
                <NextDay source={one} now={now} />
              </td>
              <td>
                {one.lost.length === 0
                  ? 'none'
                  : one.lost.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')}
                {one.lostSince !== undefined && <span className="soft"> since {one.lostSince.slice(0, 10)}</span>}
              </td>
              <td>
                {[...one.exhibits, ...one.unmeasured.map((name) => `${name} (days not measured)`)].join(', ') || 'no exhibit'}
              </td>
              <td>
                {one.owner ?? 'owner not known'}
                <br />
                <span className="soft">
                  {one.retentionDays === undefined ? 'not known how long' : `${one.retentionDays} days`}
                </span>
              </td>
              <td>
                {one.requests.map((each) => (
                  <p key={each.number} className="small">
                    {each.number} {each.from} to {each.to}, asked by {each.by.join(', ')} on {each.at.slice(0, 10)}
                  </p>
                ))}
                {one.losses.map((each) => (
                  <p key={each.number} className="small">
                    {each.number} {each.from} to {each.to} lost: {each.reason} ({each.by.join(', ')})
                  </p>
                ))}
                {one.open.length > 0 && (
                  <p>
                    <button type="button" className="plain" onClick={() => setAsked(one.source)}>
                      Write request
                    </button>
                  </p>
                )}
                <p>
                  <button type="button" className="plain" onClick={() => setLost(one.source)}>
                    Record a loss
                  </button>
                </p>
              </td>
            </Row>
          ))}
        </Table>
      )}
      {asked !== undefined && <PreservationRequest source={asked} onClose={() => setAsked(undefined)} />}
      {lost !== undefined && (
        <LossForm
          source={lost}
          days={sources.find((one) => one.source === lost)?.lost ?? []}
          onClose={() => setLost(undefined)}
        />
      )}
    </>
  )
}

/** `6 January in 5 h`: the day, and how long until its records begin to go, or are all gone. */
function NextDay(props: { readonly source: LosingSource; readonly now: number }): ReactElement {
  const { next, open } = props.source
  if (open.length === 0) return <>nothing open</>
  if (next === undefined) return <>ask at once: nobody knows how long it is kept</>
  const begins = epoch(next.begins) - props.now
  const gone = epoch(next.gone) - props.now
  if (gone <= 0) return <>{next.day} is overwritten</>
  return (
    <>
      <b>{next.day}</b> {begins > 0 ? `in ${spanText(begins)}` : `is going now, gone in ${spanText(gone)}`}
      <br />
      <span className="soft">
        {open.length === 1 ? '' : `${open.length} stretches open, `}last open day {open.at(-1)?.to}
      </span>
    </>
  )
}
