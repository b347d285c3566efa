import { z } from 'zod'
import { minutesOf, orderedSteps, type Playbook, type PlaybookStep } from './playbook.ts'

/** How a task of the ledger says which step it is: kept as it stood when the playbook was started. */
const planSchema = z.object({
  playbook: z.string(),
  name: z.string(),
  step: z.string(),
  /** Names of the steps it waits for. */
  after: z.array(z.string()),
  disruptive: z.boolean(),
  gives: z.string(),
})

export type StepPlan = z.infer<typeof planSchema>

/** The plan of a task, undefined for a task of another kind. */
export function readStepPlan(plan: unknown): StepPlan | undefined {
  const parsed = planSchema.safeParse(plan)
  return parsed.success ? parsed.data : undefined
}

/** A step that is about to become a task. */
export interface StartedStep {
  readonly text: string
  readonly owner: string
  /** ISO 8601 UTC. */
  readonly due?: string
  readonly plan: StepPlan
}

/** A step of a containment plan, in the order of its plan. */
export interface PlannedCut {
  readonly n: number
  readonly text: string
  readonly after: readonly number[]
}

/**
 * The steps of a playbook as tasks, in order. `owners`: persons by role. A step that stands for containment becomes the steps of the plan, each waiting for what it
 * waits for there and for what the step waited for; what waited for it waits for all of them.
 */
export function startedSteps(
  playbook: Playbook,
  options: { readonly at: string; readonly owners: ReadonlyMap<string, string>; readonly cuts: readonly PlannedCut[] },
): readonly StartedStep[] {
  const { at, owners, cuts } = options
  const names = new Map<string, readonly string[]>()
  const started: StartedStep[] = []
  const add = (
    step: PlaybookStep,
    { id, text, after }: { readonly id: string; readonly text: string; readonly after: readonly string[] },
  ): void => {
    const due = step.within === undefined ? undefined : new Date(Date.parse(at) + minutesOf(step.within) * 60_000).toISOString()
    started.push({
      text,
      owner: owners.get(step.who) ?? step.who,
      ...(due === undefined ? {} : { due }),
      plan: {
        playbook: playbook.id,
        name: playbook.name,
        step: id,
        after: [...after],
        disruptive: step.disruptive,
        gives: step.gives,
      },
    })
  }
  for (const step of orderedSteps(playbook.steps).ordered) {
    const after = step.after.flatMap((id) => names.get(id) ?? [id])
    const inPlace = step.expands === 'containment' ? cuts : []
    if (inPlace.length === 0) {
      names.set(step.id, [step.id])
      add(step, { id: step.id, text: step.do, after })
      continue
    }
    const nameOf = (n: number): string => `${step.id}.${n}`
    names.set(
      step.id,
      inPlace.map(({ n }) => nameOf(n)),
    )
    for (const cut of inPlace) add(step, { id: nameOf(cut.n), text: cut.text, after: [...after, ...cut.after.map(nameOf)] })
  }
  return started
}
