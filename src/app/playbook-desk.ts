import { UserError } from '../base/index.ts'
import { addTask, closeTask, decide, decisions, tasks, type Task } from '../casefile/index.ts'
import { readStepPlan, startedSteps, type PlannedCut } from '../response/index.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { plannedStories } from './case-stories.ts'
import { lastAnswer } from './last-answer.ts'
import { knownPlaybooks, playbookNamed } from './playbooks.ts'
import type { Workspace } from './workspace.ts'

/** A step of a playbook that runs in a case. */
export interface RunningStep {
  /** Number of its task: `T3`. */
  readonly task: string
  readonly step: string
  readonly text: string
  readonly owner: string
  readonly due?: string
  /** What it is to leave as evidence. */
  readonly gives: string
  readonly disruptive: boolean
  /** Who approved it, for a disruptive step. */
  readonly approvedBy: readonly string[]
  /** Names of the open steps it waits for. */
  readonly waitsFor: readonly string[]
  readonly late: boolean
  readonly closed?: { readonly by: readonly string[]; readonly at: string; readonly outcome: string }
}

/** A playbook that was started in a case; closed when all its steps are. */
export interface RunningPlaybook {
  readonly playbook: string
  readonly name: string
  readonly startedAt: string
  readonly startedBy: string
  readonly steps: readonly RunningStep[]
}

/** What a person does with the playbooks of a case. */
export interface PlaybookDesk {
  /** Playbooks that can be started. */
  known(): Promise<readonly { readonly id: string; readonly name: string; readonly when: string; readonly steps: number }[]>
  state(caseId: string): Promise<readonly RunningPlaybook[]>
  /** Makes a task of every step. `owners`: persons by role. */
  start(
    caseId: string,
    asked: { readonly playbook: string; readonly owners?: Readonly<Record<string, string>> },
  ): Promise<RunningPlaybook>
  /** Approves a disruptive step, by somebody else than who closes it. */
  approve(caseId: string, asked: { readonly task: string; readonly reason: string }): Promise<{ readonly number: string }>
  /** Closes a step with what came of it. `anyway`: the reason for closing it before those it waits for. */
  close(
    caseId: string,
    asked: { readonly task: string; readonly outcome: string; readonly anyway?: string },
  ): Promise<RunningStep>
}

export function playbookDesk({ workspace, signer, withCase }: AtCases): PlaybookDesk {
  const now = workspace.world.now
  return {
    known: () =>
      Promise.resolve(knownPlaybooks(workspace).map(({ id, name, when, steps }) => ({ id, name, when, steps: steps.length }))),
    state: (id) => withCase(id, (store) => running(store, now())),
    start: (id, { playbook: name, owners = {} }) =>
      withCase(id, (store) => {
        const playbook = playbookNamed(workspace, name)
        const at = now()
        const before = running(store, at).find(
          (one) => one.playbook === playbook.id && one.steps.some(({ closed }) => closed === undefined),
        )
        if (before !== undefined)
          throw new UserError({
            code: 'playbook-runs',
            message: `${playbook.id} runs in this case since ${before.startedAt}`,
            hint: 'see "breachline playbook status"; close its steps before it is started again',
          })
        const cuts = cutsOf(workspace, store)
        const made = startedSteps(playbook, { at, owners: new Map(Object.entries(owners)), cuts })
        store.db.transaction(() => {
          for (const { text, owner, due, plan } of made)
            addTask(store.db, { by: signer, at, text, owner, ...(due === undefined ? {} : { due }), plan: { ...plan } })
        })
        return runningOf(store, playbook.id, at)
      }),
    approve: (id, { task: name, reason }) =>
      withCase(id, (store) => {
        const { task, plan } = stepNamed(store, name)
        if (!plan.disruptive)
          throw new UserError({
            code: 'not-disruptive',
            message: `${task.number} (${plan.step}) needs no second person`,
            hint: 'close it with "breachline playbook done"',
          })
        return decide(store.db, {
          by: signer,
          at: now(),
          kind: 'containment',
          text: `${task.number} may be done: ${task.text}`,
          reason,
          about: [task.id],
        })
      }),
    close: (id, { task: name, outcome, anyway }) =>
      withCase(id, (store) => {
        const { task, plan } = stepNamed(store, name)
        const step = running(store, now())
          .flatMap(({ steps }) => steps)
          .find((one) => one.task === task.number)
        if (step?.closed === undefined && step !== undefined && step.waitsFor.length > 0 && anyway === undefined)
          throw new UserError({
            code: 'step-waits',
            message: `${task.number} (${plan.step}) waits for ${step.waitsFor.join(', ')}`,
            hint: 'close those first, or say why it was done before them with --anyway "..."',
          })
        if (plan.disruptive && step?.approvedBy.every((person) => person === signer.name) === true)
          throw new UserError({
            code: 'needs-two',
            message: `${task.number} (${plan.step}) changes or stops something in use: a second person approves it first`,
            hint: `write: breachline playbook approve ${task.number} --reason "..." --as SOMEBODY-ELSE`,
          })
        const told = anyway === undefined ? outcome : `${outcome} (before ${step?.waitsFor.join(', ') ?? ''}: ${anyway})`
        closeTask(store.db, task.id, { by: signer, at: now(), outcome: told })
        const closed = running(store, now())
          .flatMap(({ steps }) => steps)
          .find((one) => one.task === task.number)
        if (closed === undefined) throw new Error('a step that was closed is gone')
        return closed
      }),
  }
}

/** What is cut together by the plan of the case's first story; what is kept before and rebuilt after are steps of the playbook. */
function cutsOf(workspace: Workspace, store: CaseStore): readonly PlannedCut[] {
  const stories = store.lastAnswer() === undefined ? null : lastAnswer(store).stories
  if (stories === null) return []
  const [first] = plannedStories({ workspace, info: store.info(), stories }).stories
  const cuts = (first?.containment?.steps ?? []).filter(({ phase }) => phase === 'cut')
  const numbers = new Set(cuts.map(({ n }) => n))
  return cuts.map(({ n, text, after }) => ({ n, text, after: after.filter((one) => numbers.has(one)) }))
}

function stepNamed(
  store: CaseStore,
  name: string,
): { readonly task: Task; readonly plan: NonNullable<ReturnType<typeof readStepPlan>> } {
  const task = tasks(store.db).find((one) => one.number === name.toUpperCase() || one.id === name)
  const plan = readStepPlan(task?.plan)
  if (task !== undefined && plan !== undefined) return { task, plan }
  throw new UserError({
    code: 'step-unknown',
    message: `${name} is no step of a playbook in this case`,
    hint: '"breachline playbook status" lists them',
  })
}

function runningOf(store: CaseStore, id: string, at: string): RunningPlaybook {
  const found = running(store, at).findLast((one) => one.playbook === id)
  if (found === undefined) throw new Error('a playbook that was started is gone')
  return found
}

/** Playbooks in the order they were started; a playbook and the moment of its start are one run. */
function running(store: CaseStore, now: string): RunningPlaybook[] {
  const approvals = decisions(store.db).filter(({ kind }) => kind === 'containment')
  const runs = new Map<string, { readonly task: Task; readonly plan: NonNullable<ReturnType<typeof readStepPlan>> }[]>()
  for (const task of tasks(store.db)) {
    const plan = readStepPlan(task.plan)
    if (plan === undefined) continue
    const key = `${plan.playbook} ${task.openedAt}`
    runs.set(key, [...(runs.get(key) ?? []), { task, plan }])
  }
  return [...runs.values()].flatMap((all): RunningPlaybook[] => {
    const [first] = all
    if (first === undefined) return []
    const open = new Set(all.filter(({ task }) => task.closed === undefined).map(({ plan }) => plan.step))
    const steps = all.map(({ task, plan }): RunningStep => ({
      task: task.number,
      step: plan.step,
      text: task.text,
      owner: task.owner ?? '',
      ...(task.due === undefined ? {} : { due: task.due }),
      gives: plan.gives,
      disruptive: plan.disruptive,
      approvedBy: [...new Set(approvals.filter(({ about }) => about.includes(task.id)).flatMap(({ by }) => by))],
      waitsFor: plan.after.filter((one) => open.has(one)),
      late: task.closed === undefined && task.due !== undefined && task.due < now,
      ...(task.closed === undefined ? {} : { closed: task.closed }),
    }))
    return [
      {
        playbook: first.plan.playbook,
        name: first.plan.name,
        startedAt: first.task.openedAt,
        startedBy: first.task.openedBy.join(', '),
        steps,
      },
    ]
  })
}
