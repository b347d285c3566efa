import { Hono } from 'hono'
import { z } from 'zod'
import { lanesAtMost, type Desk } from '../app/index.ts'
import { UserError } from '../base/index.ts'
import type { StoryDensity, StoryEvents, StoryView } from './api.ts'
import { body } from './body.ts'

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/, 'is no time such as 2026-10-05T07:27:00Z')
const name = z.string().min(1).max(300)
const range = { from: instant, to: instant }
const densityAsked = z.strictObject({
  ...range,
  buckets: z.coerce.number().int().min(2).max(600).default(240),
  hosts: z.array(name).max(lanesAtMost).default([]),
})
const eventsAsked = z.strictObject({ ...range, host: name.optional() })
const storyNote = z.strictObject({
  story: z.string().max(200),
  step: z.int().min(1).optional(),
  text: z.string().trim().min(1).max(20_000),
})

/** Routes under `/api/cases/:case/story-...`: what the page asks about stories, and notes on them. */
export function storyRoutes(desk: Desk['stories']): Hono {
  const app = new Hono()
  app.get('/:case/story-view', async (context) => {
    const view: StoryView = await desk.view(context.req.param('case'), context.req.query('story') ?? '')
    return context.json(view)
  })
  app.get('/:case/story-density', async (context) => {
    const { from, to, buckets } = context.req.query()
    const asked = checked(densityAsked, { from, to, buckets, hosts: context.req.queries('host') })
    const density: StoryDensity = await desk.density(context.req.param('case'), asked)
    return context.json(density)
  })
  app.get('/:case/story-events', async (context) => {
    const { host, ...rest } = checked(eventsAsked, context.req.query())
    const events: StoryEvents = await desk.events(context.req.param('case'), { ...rest, ...(host === undefined ? {} : { host }) })
    return context.json(events)
  })
  app.post('/:case/story-notes', async (context) => {
    const { step, ...rest } = await body(context, storyNote)
    return context.json(await desk.annotate(context.req.param('case'), { ...rest, ...(step === undefined ? {} : { step }) }))
  })
  return app
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const first = result.error.issues[0]
  throw new UserError({
    code: 'request-wrong',
    message: `${first?.path.join('.') || 'the request'}: ${first?.message ?? 'does not fit'}`,
    hint: 'see the types of the API in src/server/api.ts',
  })
}
