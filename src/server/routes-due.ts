import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { parseIso, UserError } from '../base/index.ts'
import { designations, dueActSchema, registerCsv } from '../response/index.ts'
import type { BreachRegister, LawList, NotNotifiedText } from './api.ts'
import { body } from './body.ts'

const actRequest = z.strictObject({ act: dueActSchema, reason: z.string().trim().min(1).max(4_000) })

const designationRequest = z.strictObject({
  designation: z.enum(designations),
  answer: z.enum(['yes', 'no']),
  reason: z.string().trim().min(1).max(4_000),
})

/** Routes of laws, clocks and harm, mounted under `/api/cases`; `-` is no case id and stands for the workspace. */
export function dueRoutes(desk: Desk): Hono {
  const app = new Hono()
  app.get('/-/laws', async (context) => context.json<LawList>({ laws: await desk.duties.laws() }))
  app.get('/-/register', async (context) => context.json<BreachRegister>({ lines: await desk.duties.register() }))
  app.get('/-/register.csv', async (context) =>
    context.body(registerCsv(await desk.duties.register()), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="breach-register.csv"',
    }),
  )
  app.post('/-/designations', async (context) => {
    await desk.duties.designate(await body(context, designationRequest))
    return context.json({ recorded: true })
  })
  app.get('/:case/due', async (context) => {
    const at = context.req.query('at')
    return context.json(await desk.duties.due(context.req.param('case'), at === undefined ? undefined : instant(at)))
  })
  app.post('/:case/due-acts', async (context) =>
    context.json(await desk.duties.act(context.req.param('case'), await body(context, actRequest))),
  )
  app.get('/:case/due.ics', async (context) => {
    const id = context.req.param('case')
    const text = await desk.duties.ics(id, context.req.query('confidential') === '1')
    return context.body(text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${id}-due.ics"`,
    })
  })
  app.get('/:case/not-notified', async (context) => {
    const markdown = await desk.duties.notNotified(context.req.param('case'), context.req.query('which') ?? '')
    return context.json<NotNotifiedText>({ markdown })
  })
  return app
}

function instant(text: string): string {
  const moment = parseIso(text)
  if (moment?.zone === 'stated') return moment.at
  throw new UserError({
    code: 'moment-unreadable',
    message: 'the moment is no ISO 8601 time with its zone',
    hint: 'write it as 2026-10-06T09:12:00+08:00',
  })
}
