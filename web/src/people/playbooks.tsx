import { useCallback, type ReactElement } from 'react'
import type { PlaybookList, RunningPlaybook, RunningPlaybooks } from '../../../src/server/api.ts'
import { casePath, read, send } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'
import { StepAct } from './step-act.tsx'
import { StepState } from './step-state.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** What to do: the playbooks that run in this case, step by step, and those that can be started. */
export function Playbooks(): ReactElement {
  const { id } = useCase()
  const { answer, failure, reload } = useAnswer(
    useCallback((signal) => read<RunningPlaybooks>(casePath(id, 'playbooks'), signal), [id]),
  )
  if (failure !== undefined) return <p className="wrong">{failure.message}</p>
  return (
    <section aria-label="What to do">
      <h2>What to do</h2>
      {answer?.running.map((one) => (
        <Running key={`${one.playbook} ${one.startedAt}`} run={one} reload={reload} />
      ))}
      {answer !== undefined && <Start running={answer.running} reload={reload} />}
    </section>
  )
}

function Running({ run, reload }: { readonly run: RunningPlaybook; readonly reload: () => Promise<void> }): ReactElement {
  const closed = run.steps.filter((step) => step.closed !== undefined).length
  return (
    <Table
      caption={`${run.name}: ${closed} of ${counted(run.steps.length, 'step')} closed`}
      columns={['No.', { name: 'Step', width: 'widest' }, 'Who', 'State', 'Act']}
    >
      {run.steps.map((step) => (
        <Row key={step.task} id={step.task}>
          <td className="nowrap">
            <code>{step.task}</code>
          </td>
          <td>
            <div className="written">{step.text}</div>
            <p className="soft small">Leaves: {step.gives}</p>
          </td>
          <td>{step.owner}</td>
          <td>
            <StepState step={step} />
          </td>
          <td>{step.closed === undefined && <StepAct step={step} reload={reload} />}</td>
        </Row>
      ))}
    </Table>
  )
}

function Start({
  running,
  reload,
}: {
  readonly running: readonly RunningPlaybook[]
  readonly reload: () => Promise<void>
}): ReactElement | null {
  const { id, page } = useCase()
  const { answer } = useAnswer(useCallback((signal) => read<PlaybookList>('/api/cases/-/playbooks', signal), []))
  const { busy, failure, submit } = useAct(async (field) => {
    await send(casePath(id, 'playbooks'), { playbook: field('playbook') })
    await reload()
    announce('The playbook was started.')
  })
  const open = new Set(running.filter((one) => one.steps.some((step) => step.closed === undefined)).map((one) => one.playbook))
  const free = (answer?.playbooks ?? []).filter((one) => !open.has(one.id))
  if (free.length === 0) return null
  return (
    <form className="block" onSubmit={submit}>
      <label>
        <span>Start a playbook</span>
        <select name="playbook">
          {free.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name} ({counted(one.steps, 'step')})
            </option>
          ))}
        </select>
      </label>
      <Wrong failure={failure} />
      <button type="submit" disabled={busy}>
        {busy ? 'Signing ...' : `Start as ${page.actor}`}
      </button>
    </form>
  )
}
