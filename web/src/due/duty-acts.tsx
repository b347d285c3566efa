import { useState, type ReactElement } from 'react'
import type { Duty } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { useClock } from '../frame/use-clock.ts'
import { isoIn, isoSeconds } from '../text/times.ts'
import { ActForm } from './act-form.tsx'

/** What a person records of one duty: taken, put off by an authority, or decided against. */
export function DutyActs(props: { readonly duty: Duty }): ReactElement {
  const { duty } = props
  const { view } = useCase()
  const now = isoIn(isoSeconds(useClock()), view.case.zone)
  const [shown, show] = useState<'done' | 'delay' | 'not-notify' | undefined>()
  const close = (): void => show(undefined)
  const choice = (kind: 'done' | 'delay' | 'not-notify', words: string): ReactElement => (
    <button
      type="button"
      className="plain"
      aria-expanded={shown === kind}
      onClick={() => show(shown === kind ? undefined : kind)}
    >
      {words}
    </button>
  )
  return (
    <div className="small">
      {duty.status !== 'done' && choice('done', 'Record as done')} {choice('delay', 'Put off')}{' '}
      {duty.status !== 'done' && choice('not-notify', 'Decide against')}
      {shown === 'done' && (
        <ActForm
          label="Record"
          onDone={close}
          act={(field) => ({ act: 'done', duty: duty.id, at: field('at'), ...optional('ref', field('ref')) })}
        >
          <Time name="at" words="Done at (with offset)" value={now} />
          <label>
            <span>Reference</span>
            <input name="ref" maxLength={400} />
          </label>
        </ActForm>
      )}
      {shown === 'delay' && (
        <ActForm
          label="Record"
          onDone={close}
          act={(field) => ({
            act: 'delay',
            duty: duty.id,
            until: field('until'),
            granted: field('granted'),
            by: field('by'),
            ...optional('ref', field('ref')),
          })}
        >
          <Time name="until" words="Until (with offset)" value="" />
          <Time name="granted" words="Granted at" value={now} />
          <label>
            <span>By which authority</span>
            <input name="by" required maxLength={400} />
          </label>
          <label>
            <span>Reference</span>
            <input name="ref" maxLength={400} />
          </label>
        </ActForm>
      )}
      {shown === 'not-notify' && (
        <ActForm label="Decide against" onDone={close} act={() => ({ act: 'not-notify', duty: duty.id })}>
          <p className="soft">
            The decision becomes a document: <code>breachline duty not-notified {duty.id}</code>
          </p>
        </ActForm>
      )}
    </div>
  )
}

function Time(props: { readonly name: string; readonly words: string; readonly value: string }): ReactElement {
  return (
    <label>
      <span>{props.words}</span>
      <input
        name={props.name}
        className="mono"
        required
        defaultValue={props.value}
        placeholder="2026-10-08T11:40:00+08:00"
        spellCheck={false}
        autoComplete="off"
      />
    </label>
  )
}

function optional(name: 'ref', value: string): { readonly ref?: string } {
  return value === '' ? {} : { [name]: value }
}
