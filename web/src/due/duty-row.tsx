import type { ReactElement } from 'react'
import type { Duty } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { useClock } from '../frame/use-clock.ts'
import { Cites } from '../parts/cites.tsx'
import { Status } from '../parts/status.tsx'
import { Row } from '../parts/table.tsx'
import { capital } from '../text/figures.ts'
import { epoch, localText, spanText } from '../text/times.ts'
import { DutyActs } from './duty-acts.tsx'
import { FormFields } from './form-fields.tsx'

/** One duty: what, to whom, by when, from which moment, on which thresholds, from which source. */
export function DutyRow(props: { readonly duty: Duty; readonly then?: boolean }): ReactElement {
  const { duty } = props
  return (
    <Row id={duty.id}>
      <td>
        <b>{duty.step}</b>
        <br />
        {duty.recipient}
        {duty.owedBy !== undefined && <p className="small soft">Owed by: {duty.owedBy}</p>}
        {duty.confidential === true && <p className="small soft">Never exported</p>}
        <p>
          <button
            type="button"
            className="plain"
            onClick={() => amend({ notice: duty.id })}
            aria-label={`Notice draft: ${duty.step}, ${duty.recipient}`}
          >
            Notice draft
          </button>
        </p>
        {props.then !== true && <DutyActs duty={duty} />}
      </td>
      <td>
        <Clock duty={duty} then={props.then === true} />
      </td>
      <td>
        {duty.thresholds.length === 0 && <span className="soft">none</span>}
        {duty.thresholds.map((one) => (
          <p key={one.text} className="small">
            <Status status={one.met} />: {one.text}
          </p>
        ))}
        {duty.exemptions.map((one) => (
          <p key={one.text} className="small soft">
            Falls away if: {one.text}
          </p>
        ))}
      </td>
      <td>
        <FormFields fields={duty.fields} />
      </td>
      <td className="small">
        <p>
          {safe(duty.source.url) ? (
            <a href={duty.source.url} rel="noreferrer noopener" target="_blank">
              {duty.source.text}
            </a>
          ) : (
            duty.source.text
          )}
        </p>
        <p className="soft">
          Read {duty.source.read}. {capital(duty.lawStatus)}, from {duty.effectiveFrom}.
        </p>
        {duty.cite !== undefined && <Cites cites={[duty.cite]} />}
      </td>
    </Row>
  )
}

/** The clock, counting down; seen from another moment (`then`) it stands, and the words say how much is left. */
function Clock(props: { readonly duty: Duty; readonly then: boolean }): ReactElement {
  const { duty } = props
  const { view } = useCase()
  const now = useClock()
  const stopped = props.then || duty.status === 'done' || duty.notNotified !== undefined
  const due = duty.due === undefined || stopped ? undefined : epoch(duty.due)
  const others = (duty.readings ?? []).filter((one) => one.event !== duty.start?.event && one.due !== undefined)
  const late = due !== undefined && due <= now
  return (
    <>
      <Status status={late ? 'overdue' : duty.status} />{' '}
      {duty.start?.provisional === true && duty.status !== 'done' && <span className="mark">provisional</span>}
      {due !== undefined && (
        <p>
          <b>{late ? `${spanText(now - due)} over` : `${spanText(due - now)} left`}</b>
        </p>
      )}
      <p className="small">{duty.dueText}</p>
      {duty.notNotified !== undefined && (
        <p className="small">
          <b>No notice</b>, decided by {duty.notNotified.by}: {duty.notNotified.reason}
        </p>
      )}
      {(others.length > 0 || (duty.notes ?? []).length > 0) && (
        <details>
          <summary>Other readings and notes</summary>
          <ul className="said small">
            {others.map((one) => (
              <li key={one.event}>
                counted from <code>{one.event}</code>
                {one.contested && ' (contested)'}: {localText(one.due ?? '', view.case.zone)}
              </li>
            ))}
            {(duty.notes ?? []).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function safe(url: string): boolean {
  return /^https?:\/\//.test(url)
}
