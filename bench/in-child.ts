import { fork } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../src/base/index.ts'
import type { Reply } from './child.ts'
import type { Run, Task } from './measure.ts'

/** One run in a fresh process with an empty folder, both gone afterwards. Throws a `UserError` when the run failed. */
export async function inChild(task: Task, signal: AbortSignal | undefined): Promise<Run> {
  await mkdir(task.scratch, { recursive: true })
  try {
    const reply = await replyOf(task, signal)
    if (reply.kind === 'done') return reply.run
    throw new UserError({ code: 'run-failed', message: reply.message, hint: reply.hint ?? 'the run ended with the error above' })
  } finally {
    await rm(task.scratch, { recursive: true, force: true })
  }
}

function replyOf(task: Task, signal: AbortSignal | undefined): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'child.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      ...(signal === undefined ? {} : { signal }),
    })
    let reply: Reply | undefined
    child.once('message', (said: Reply) => (reply = said))
    child.once('error', reject)
    child.once('exit', (code, killed) => {
      if (reply === undefined) reject(new Error(`the run ended early (${killed ?? `exit code ${code}`})`))
      else resolve(reply)
    })
    child.send(task)
  })
}
