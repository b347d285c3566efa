import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { FilterBox } from '../parts/filter-box.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { DecisionForm } from './decision-form.tsx'
import { Entries } from './entries.tsx'
import { Findings } from './findings.tsx'
import { NoteForm } from './note-form.tsx'
import { Playbooks } from './playbooks.tsx'
import { Recommendations } from './recommendations.tsx'
import { Requests } from './requests.tsx'

/** What people do and did: playbooks, recommendations, requests, notes, decisions, and every finding with its ruling. */
export function PeoplePage(): ReactElement {
  const { view } = useCase()
  return (
    <>
      <PageHead title="Notes and decisions" state={pageState('people', view)}>
        The machine proposes; a named person adopts, rejects or parks. Every act here is signed and stands in the chain of
        custody.
      </PageHead>
      <Playbooks />
      <Recommendations />
      <Requests />
      <div className="forms">
        <DecisionForm />
        <NoteForm />
      </div>
      <Entries caption="Decisions" entries={view.decisions} />
      <Entries caption="Notes" entries={view.notes} />
      {view.findings.length > 0 && <FilterBox what="findings" />}
      <Findings
        title="All findings"
        kinds={['assessment', 'claim', 'provenance', 'story', 'lookup', 'affected', 'due', 'coverage']}
      />
    </>
  )
}
