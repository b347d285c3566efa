import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { papLevels, shareFormats, tlpLevels } from '../sharing/index.ts'
import { body } from './body.ts'

const request = z.strictObject({
  story: z.string().max(200).optional(),
  tlp: z.enum(tlpLevels),
  pap: z.enum(papLevels),
  reason: z.string().trim().min(1).max(4_000).optional(),
  format: z.enum(shareFormats).optional(),
  publish: z.boolean().optional(),
})

/** `/:case/share` and `/:case/sharing` under `/api/cases`: what others may know of a case, released and written where that is asked; what left, and peers. */
export function shareRoutes(desk: Pick<Desk, 'share' | 'sharing'>): Hono {
  const app = new Hono()
  app.get('/:case/sharing', async (context) => context.json(await desk.sharing(context.req.param('case'))))
  app.post('/:case/share', async (context) => {
    const { story, reason, format, publish, ...marks } = await body(context, request)
    const asked = {
      ...marks,
      ...(story === undefined ? {} : { story }),
      ...(reason === undefined ? {} : { reason }),
      ...(format === undefined ? {} : { format }),
      ...(publish === undefined ? {} : { publish }),
    }
    return context.json(await desk.share(context.req.param('case'), asked))
  })
  return app
}
