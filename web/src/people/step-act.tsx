import type { ReactElement } from 'react'
import type { RunningPlaybook } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Closes a step with what came of it, or approves one that needs two persons. */
export function StepAct(props: {
  readonly step: RunningPlaybook['steps'][number]
  readonly reload: () => Promise<void>
}): ReactElement {
  const { step, reload } = props
  const { id, page } = useCase()
  const approve =
    step.disruptive && !step.approvedBy.some((person) => person !== page.actor) && !step.approvedBy.includes(page.actor)
  const done = useAct(async (field) => {
    const anyway = field('anyway')
    await send(casePath(id, 'playbook-steps'), {
      task: step.task,
      outcome: field('outcome'),
      ...(anyway === '' ? {} : { anyway }),
    })
    await reload()
    announce(`${step.task} was closed.`)
  })
  const approval = useAct(async (field) => {
    await send(casePath(id, 'playbook-approvals'), { task: step.task, reason: field('reason') })
    await reload()
    announce(`${step.task} was approved.`)
  })
  const failure = done.failure ?? approval.failure
  return (
    <details>
      <summary>Close{approve ? ' or approve' : ''}</summary>
      <form onSubmit={done.submit}>
        <label>
          <span>What came of it</span>
          <textarea name="outcome" rows={2} required maxLength={4000} />
        </label>
        {step.waitsFor.length > 0 && (
          <label>
            <span>Why before the others</span>
            <input name="anyway" maxLength={4000} />
          </label>
        )}
        <button type="submit" disabled={done.busy}>
          {done.busy ? 'Signing ...' : `Close ${step.task}`}
        </button>
      </form>
      {approve && (
        <form onSubmit={approval.submit}>
          <label>
            <span>Why it may be done</span>
            <input name="reason" required maxLength={4000} />
          </label>
          <button type="submit" disabled={approval.busy}>
            {approval.busy ? 'Signing ...' : `Approve as ${page.actor}`}
          </button>
        </form>
      )}
      <Wrong failure={failure} />
    </details>
  )
}
