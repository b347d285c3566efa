import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { body } from './body.ts'

const approval = z.strictObject({ n: z.int().min(1), reason: z.string().trim().min(1).max(4_000) })

/** Requests to name persons, mounted under `/api/cases`: they are of the workspace. */
export function reidentifyRoutes({ reidentify }: Pick<Desk, 'reidentify'>): Hono {
  const app = new Hono()
  app.get('/-/reidentify', async (context) => context.json({ requests: await reidentify.list() }))
  app.post('/-/reidentify', async (context) => {
    const { n, reason } = await body(context, approval)
    return context.json(await reidentify.approve(n, reason))
  })
  return app
}
