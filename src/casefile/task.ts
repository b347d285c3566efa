import { UserError, type Canonical } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { acts, wordsOf, writeAct, type Act, type ActBy } from './act.ts'

export interface NewTask extends ActBy {
  readonly text: string
  /** Who is to do it, by name. */
  readonly owner?: string
  /** ISO 8601. */
  readonly due?: string
  /** Ids of findings, duties, assertions it is about. */
  readonly about?: readonly string[]
  /** What it is a step of, in the form of the room that made it. */
  readonly plan?: Canonical
}

/** Something to be done, and what came of it. */
export interface Task {
  readonly id: string
  /** `T1`, `T2`, … */
  readonly number: string
  readonly text: string
  readonly owner?: string
  readonly due?: string
  readonly about: readonly string[]
  readonly plan?: Canonical
  readonly openedBy: readonly string[]
  readonly openedAt: string
  readonly closed?: { readonly by: readonly string[]; readonly at: string; readonly outcome: string }
}

/** Opens a task, signed. The same task sent twice is opened once. */
export function addTask(db: Db, task: NewTask): Task {
  const text = wordsOf(task.text, { what: 'A task', hint: 'Say what is to be done.' })
  const body = { text, owner: task.owner?.toWellFormed(), due: task.due, about: task.about ?? [], plan: task.plan }
  const { id } = writeAct(db, { ...task, kind: 'task-opened', prefix: 'T', body })
  return taskById(db, id)
}

/** Closes a task with its outcome, signed. Throws a UserError for an unknown task or one closed with another outcome. */
export function closeTask(db: Db, task: string, closing: ActBy & { readonly outcome: string }): Task {
  const outcome = wordsOf(closing.outcome, { what: 'The outcome of a task', hint: 'Say what came of it.' })
  const open = taskById(db, task)
  if (open.closed?.outcome === outcome) return open
  if (open.closed !== undefined)
    throw new UserError({
      code: 'task-closed',
      message: `Task ${open.number} is closed already.`,
      hint: 'Open a new task for what is left to do.',
    })
  writeAct(db, { ...closing, kind: 'task-closed', prefix: 'TC', body: { task: open.id, outcome } })
  return taskById(db, open.id)
}

/** All tasks in the order they were opened. */
export function tasks(db: Db): readonly Task[] {
  const closed = new Map(acts(db, 'task-closed').map((act) => [act.body['task'], act]))
  return acts(db, 'task-opened').map((act): Task => {
    const end = closed.get(act.id)
    const body = act.body as unknown as Pick<Task, 'text' | 'owner' | 'due' | 'about' | 'plan'>
    return {
      ...body,
      id: act.id,
      number: `T${act.number}`,
      openedBy: act.by,
      openedAt: act.at,
      ...(end === undefined ? {} : { closed: { by: end.by, at: end.at, outcome: outcomeOf(end) } }),
    }
  })
}

/** A task by id or number (`T2`). */
function taskById(db: Db, name: string): Task {
  const found = tasks(db).find((one) => one.id === name || one.number === name.toUpperCase())
  if (found !== undefined) return found
  throw new UserError({
    code: 'task-unknown',
    message: `The case has no task ${name}.`,
    hint: 'List the tasks with `breachline case show`.',
  })
}

function outcomeOf(act: Act): string {
  const { outcome } = act.body
  return typeof outcome === 'string' ? outcome : ''
}
