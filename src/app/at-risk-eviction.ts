import { tasks } from '../casefile/index.ts'
import { readStepPlan, type Eviction } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { knownPlaybooks } from './playbooks.ts'
import type { Workspace } from './workspace.ts'

/** How far the containment of the case's playbooks is: done when every step that a playbook keeps for it is closed. */
export function evictionOf(workspace: Pick<Workspace, 'path'>, store: Pick<CaseStore, 'db'>): Eviction {
  const containing = new Map(
    knownPlaybooks(workspace).map(({ id, steps }) => [
      id,
      steps.filter(({ expands }) => expands === 'containment').map((step) => step.id),
    ]),
  )
  const steps = tasks(store.db).filter((task) => {
    const plan = readStepPlan(task.plan)
    return (
      plan !== undefined &&
      (containing.get(plan.playbook) ?? []).some((name) => plan.step === name || plan.step.startsWith(`${name}.`))
    )
  })
  const [first] = steps
  if (first === undefined) return { state: 'not-started' }
  const last = steps.at(-1)
  const by = last === undefined || last === first ? first.number : `${first.number} to ${last.number}`
  if (steps.some(({ closed }) => closed === undefined)) return { state: 'running', by }
  const at = steps
    .flatMap(({ closed }) => closed?.at ?? [])
    .toSorted()
    .at(-1)
  return { state: 'done', by, ...(at === undefined ? {} : { at }) }
}
