import { useCallback, useState, type ReactElement } from 'react'
import type { CaseDue } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Findings } from '../people/findings.tsx'
import { isoIn, localText } from '../text/times.ts'
import { AskedList } from './asked-list.tsx'
import { AwarenessForm } from './awareness-form.tsx'
import { DeadlineList } from './deadline-list.tsx'
import { HarmSection } from './harm-section.tsx'
import { LawSection } from './law-section.tsx'
import { LawsSection } from './laws-section.tsx'
import { Notice } from './notice.tsx'
import { TimeTravel } from './time-travel.tsx'
import { TriggerTable } from './trigger-table.tsx'

/** What is due: what is asked, candidate moments side by side, the decision on awareness, duties with their clocks, harm, the rules. */
export function DuePage(): ReactElement {
  const { id, view, page } = useCase()
  const { query } = useAddress()
  const [moment, setMoment] = useState('')
  // The view is part of the question: after an act it is a new one, and harm is asked again.
  const ask = useCallback(
    (signal?: AbortSignal) =>
      read<CaseDue>(casePath(id, `due${query.at === undefined ? '' : `?at=${encodeURIComponent(query.at)}`}`), signal),
    [id, query.at, view],
  )
  const { answer, failure, reload } = useAnswer(ask)
  const then = query.at === undefined ? undefined : answer?.asKnown === true ? answer : undefined
  const { duties, notTriggered, triggerEvents, asked, disclaimer } = then?.due ?? view.due
  const laws = [...new Set(duties.map((one) => one.law))]
  return (
    <>
      <PageHead title="What is due?" state={pageState('due', view)}>
        {disclaimer === '' ? 'This is not legal advice.' : disclaimer}
      </PageHead>
      {page.generated && (
        <p className="soft">
          A generated exercise: its clocks are read at the moment the case was opened, and count on from there.
        </p>
      )}
      <TimeTravel
        key={query.at ?? ''}
        example={isoIn(page.now, view.case.zone)}
        {...(query.at === undefined ? {} : { at: query.at })}
      />
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {then !== undefined && (
        <p className="wrong" role="status">
          Seen from {localText(then.now, view.case.zone)}, with what was known then. Nothing below is the state of now.
        </p>
      )}
      {(answer?.faults ?? []).map((one) => (
        <p key={`${one.where.file} ${one.what}`} className="wrong">
          {one.where.file}
          {one.where.line !== undefined && `, line ${one.where.line}`}: {one.what}
        </p>
      ))}
      <AskedList asked={asked} />
      <TriggerTable
        events={triggerEvents}
        onUse={(at) => {
          setMoment(at)
          document.querySelector<HTMLElement>('#awareness-moment')?.focus()
        }}
      />
      <AwarenessForm moment={moment} onMoment={setMoment} />
      <h2>Duties</h2>
      <p className="small">
        <a href={`/api/cases/${encodeURIComponent(id)}/due.ics`} download>
          Clocks as a calendar file
        </a>{' '}
        <span className="soft">with reminders ·</span>{' '}
        <a href="/api/cases/-/register.csv" download>
          Breach register
        </a>{' '}
        <span className="soft">over all cases; in both, what may not leave the house is left out</span>
      </p>
      {duties.length === 0 && (
        <Empty what="No duty was found to apply.">
          Name the country and the jurisdictions in breachline-case.toml (country = "MY", jurisdictions = ["MY", "EU"]): laws are
          chosen by them.
        </Empty>
      )}
      {laws.map((law) => (
        <LawSection key={law} law={law} duties={duties.filter((one) => one.law === law)} then={then !== undefined} />
      ))}
      {then === undefined && <DeadlineList deadlines={view.deadlines ?? []} />}
      {notTriggered.length > 0 && (
        <>
          <h2>Not due on these facts</h2>
          <ul className="said">
            {notTriggered.map((one) => (
              <li key={`${one.law} ${one.duty ?? ''}`}>
                <b>{one.law}</b>
                {one.duty !== undefined && <code className="soft"> {one.duty}</code>}: {one.why}
              </li>
            ))}
          </ul>
        </>
      )}
      {answer !== undefined && <HarmSection harm={answer.harm} />}
      <LawsSection drafts={notTriggered} />
      <Findings kinds={['due']} />
      {query.notice !== undefined && <Notice key={query.notice} duty={query.notice} />}
    </>
  )
}
