import type { ReactElement } from 'react'
import { amend, useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Choice } from '../parts/choice.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Findings } from '../people/findings.tsx'
import { DayOneSection } from './day-one-section.tsx'
import { VerdictSection } from './verdict-section.tsx'

/** Is it real, and whose copy is it: one verdict per sample. */
export function RealPage(): ReactElement {
  const { view } = useCase()
  const { query } = useAddress()
  const chosen = view.provenance.find((one) => one.sample === query.sample) ?? view.provenance[0]
  return (
    <>
      <PageHead title="Is it real, and whose copy?" state={pageState('real', view)}>
        A sample is compared with the registered copies and known leaks. Agreeing with a copy says nothing about who took it.
      </PageHead>
      {chosen === undefined && (
        <Empty what="No sample was handed over.">
          Add the lines that were published (CSV, JSON lines or an SQL dump), and register the copies they could come from with{' '}
          <code>breachline copy add</code>: without copies only their shape can be judged.
        </Empty>
      )}
      {view.provenance.length > 1 && (
        <Choice
          label="Sample"
          value={chosen?.sample ?? ''}
          onChoose={(sample) => amend({ sample })}
          options={view.provenance.map((one) => ({ value: one.sample, text: one.sample }))}
        />
      )}
      {chosen !== undefined && <VerdictSection key={chosen.sample} sample={chosen.sample} verdict={chosen.verdict} />}
      {chosen?.dayOne !== undefined && <DayOneSection answer={chosen.dayOne} />}
      <Findings kinds={['provenance']} />
    </>
  )
}
