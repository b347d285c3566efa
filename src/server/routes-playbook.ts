import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import type { PlaybookList, RunningPlaybooks } from './api.ts'
import { body } from './body.ts'

const words = z.string().trim().min(1).max(4_000)
const task = z.string().min(1).max(100)
const startRequest = z.strictObject({
  playbook: z.string().min(1).max(100),
  owners: z.record(z.string().max(200), z.string().max(200)).optional(),
})
const approveRequest = z.strictObject({ task, reason: words })
const closeRequest = z.strictObject({ task, outcome: words, anyway: words.optional() })

/** Routes of playbooks, mounted under `/api/cases`; `-` is no case id and stands for the workspace. */
export function playbookRoutes(desk: Desk): Hono {
  const app = new Hono()
  app.get('/-/playbooks', async (context) => context.json<PlaybookList>({ playbooks: await desk.playbooks.known() }))
  app.get('/:case/playbooks', async (context) =>
    context.json<RunningPlaybooks>({ running: await desk.playbooks.state(context.req.param('case')) }),
  )
  app.post('/:case/playbooks', async (context) => {
    const { playbook, owners } = await body(context, startRequest)
    return context.json(
      await desk.playbooks.start(context.req.param('case'), { playbook, ...(owners === undefined ? {} : { owners }) }),
    )
  })
  app.post('/:case/playbook-approvals', async (context) =>
    context.json(await desk.playbooks.approve(context.req.param('case'), await body(context, approveRequest))),
  )
  app.post('/:case/playbook-steps', async (context) => {
    const { task: number, outcome, anyway } = await body(context, closeRequest)
    return context.json(
      await desk.playbooks.close(context.req.param('case'), {
        task: number,
        outcome,
        ...(anyway === undefined ? {} : { anyway }),
      }),
    )
  })
  return app
}
