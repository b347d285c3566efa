// One run in a process of its own: takes a task from its parent, answers with figures, its peak memory and its time on the cores.
import { UserError } from '../src/base/index.ts'
import type { Run, Task } from './measure.ts'
import { measures } from './measures.ts'

/** What a run answers; `error` when it failed. */
export type Reply =
  | { readonly kind: 'done'; readonly run: Run }
  | { readonly kind: 'error'; readonly message: string; readonly hint?: string }

process.once('message', (task: Task) => {
  void answer(task).then((reply) => process.send?.(reply, () => process.exit(0)))
})

async function answer(task: Task): Promise<Reply> {
  try {
    const measure = await measures.get(task.name)?.()
    if (measure === undefined) return { kind: 'error', message: `there is no measure "${task.name}"` }
    const figures = await measure.run(task)
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    return { kind: 'done', run: { figures, peakBytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 } }
  } catch (error) {
    if (error instanceof UserError) return { kind: 'error', message: error.message, hint: error.hint }
    return { kind: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
