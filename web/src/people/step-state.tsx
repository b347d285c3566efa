import type { ReactElement } from 'react'
import type { RunningPlaybook } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'

/** Where a step stands, in words: closed with what came of it, waiting, late, approved or not. */
export function StepState({ step }: { readonly step: RunningPlaybook['steps'][number] }): ReactElement {
  if (step.closed !== undefined)
    return (
      <>
        <strong>Closed</strong> by {step.closed.by.join(', ')}, <Instant at={step.closed.at} />
        <div className="written">{step.closed.outcome}</div>
      </>
    )
  return (
    <>
      <strong>{step.waitsFor.length > 0 ? `Waits for ${step.waitsFor.join(', ')}` : 'Open'}</strong>
      {step.due !== undefined && (
        <p className={step.late ? 'wrong' : 'soft'}>
          {step.late ? 'Late: was due' : 'Due'} <Instant at={step.due} />
        </p>
      )}
      {step.disruptive && (
        <p className="soft">
          {step.approvedBy.length > 0 ? `Approved by ${step.approvedBy.join(', ')}` : 'Needs the approval of a second person'}
        </p>
      )}
    </>
  )
}
