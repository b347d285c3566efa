import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { limits, parseIso, UserError } from '../base/index.ts'
import { audiences, signRoles } from '../response/index.ts'
import { body } from './body.ts'

const words = z.string().trim().min(1).max(4_000)
const text = z.string().min(1).max(limits.statementBytes)
const name = z.string().min(1).max(100)
const stated = z
  .string()
  .max(40)
  .refine((one) => parseIso(one)?.zone === 'stated', 'is no ISO 8601 time with its zone')
  .transform((one) => parseIso(one)?.at ?? one)
const audience = z.enum(audiences)
const language = z.string().min(1).max(40)

const draftRequest = z.strictObject({ audience, language, nextAt: stated.optional(), submit: z.boolean().optional() })
const checkRequest = z.strictObject({ text })
const submitRequest = z.strictObject({ text, audience, language })
const signRequest = z.strictObject({ statement: name, role: z.enum(signRoles), answer: z.enum(['yes', 'no']), reason: words })
const releaseRequest = z.strictObject({
  statement: name,
  to: z.string().trim().min(1).max(1_000),
  reason: words,
  correcting: words.optional(),
})
const filedRequest = z.strictObject({
  text,
  audience,
  language,
  at: stated,
  to: z.string().trim().min(1).max(1_000),
  reason: words,
})
const counselRequest = z.strictObject({ statement: name, outcome: z.enum(['correct', 'stands']), reason: words })

/** Routes of statements and of the versions of the assessment, mounted under `/api/cases`. */
export function statementRoutes(desk: Desk): Hono {
  const app = new Hono()
  const { statements } = desk
  app.get('/:case/statements', async (context) => context.json(await statements.list(context.req.param('case'))))
  app.post('/:case/statements', async (context) =>
    context.json(await statements.submit(context.req.param('case'), await body(context, submitRequest))),
  )
  app.post('/:case/statement-drafts', async (context) => {
    const { nextAt, submit, ...asked } = await body(context, draftRequest)
    const more = { ...(nextAt === undefined ? {} : { nextAt }), ...(submit === undefined ? {} : { submit }) }
    return context.json(await statements.draft(context.req.param('case'), { ...asked, ...more }))
  })
  app.post('/:case/statement-checks', async (context) =>
    context.json(await statements.check(context.req.param('case'), (await body(context, checkRequest)).text)),
  )
  app.post('/:case/statement-sign-offs', async (context) =>
    context.json(await statements.signOff(context.req.param('case'), await body(context, signRequest))),
  )
  app.post('/:case/statement-releases', async (context) => {
    const { correcting, ...asked } = await body(context, releaseRequest)
    const more = correcting === undefined ? {} : { correcting }
    return context.json(await statements.release(context.req.param('case'), { ...asked, ...more }))
  })
  app.post('/:case/statements-filed', async (context) =>
    context.json(await statements.filed(context.req.param('case'), await body(context, filedRequest))),
  )
  app.post('/:case/statement-counsel', async (context) =>
    context.json(await statements.counsel(context.req.param('case'), await body(context, counselRequest))),
  )
  app.get('/:case/versions', async (context) => {
    const since = context.req.query('since')
    const moment = since === undefined ? undefined : parseIso(since)
    if (since !== undefined && moment === undefined)
      throw new UserError({
        code: 'since-wrong',
        message: 'since is no ISO 8601 time',
        hint: 'write it as 2026-10-06T09:12:00+08:00',
      })
    return context.json({ versions: await statements.changes(context.req.param('case'), moment?.at) })
  })
  return app
}
