import { useState, type ReactElement } from 'react'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Findings } from '../people/findings.tsx'
import { AwarenessForm } from './awareness-form.tsx'
import { LawSection } from './law-section.tsx'
import { Notice } from './notice.tsx'
import { TriggerTable } from './trigger-table.tsx'

/** What is due: candidate moments side by side, the decision on awareness, duties with their clocks. */
export function DuePage(): ReactElement {
  const { view, page } = useCase()
  const { query } = useAddress()
  const [moment, setMoment] = useState('')
  const { duties, notTriggered, triggerEvents, disclaimer } = view.due
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
      <TriggerTable
        events={triggerEvents}
        onUse={(at) => {
          setMoment(at)
          document.querySelector<HTMLElement>('#awareness-moment')?.focus()
        }}
      />
      <AwarenessForm moment={moment} onMoment={setMoment} />
      <h2>Duties</h2>
      {duties.length === 0 && (
        <Empty what="No duty was found to apply.">
          Name the country and the jurisdictions in breachline-case.toml (country = "MY", jurisdictions = ["MY", "EU"]): laws are
          chosen by them.
        </Empty>
      )}
      {laws.map((law) => (
        <LawSection key={law} law={law} duties={duties.filter((one) => one.law === law)} />
      ))}
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
      <Findings kinds={['due']} />
      {query.notice !== undefined && <Notice key={query.notice} duty={query.notice} />}
    </>
  )
}
