import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { documentFormats, letterLanguages, letterParts, phases } from '../response/index.ts'
import { handoverFormats } from '../sharing/index.ts'
import { body } from './body.ts'

const text = z.string().trim().min(1).max(4_000)
const name = z.string().trim().min(1).max(200)
const format = z.enum(documentFormats)
const phase = z.enum(phases).exactOptional()
const items = z.array(name).max(200)
const releaseHolders = z.boolean()

const exportRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('affected') }),
  z.strictObject({ kind: z.literal('report'), format: z.enum(['html', 'json']), releaseHolders }),
  z.strictObject({ kind: z.literal('handover'), format: z.enum(handoverFormats), releaseHolders }),
  z.strictObject({ kind: z.literal('sitrep'), since: z.string().max(40).exactOptional(), json: z.boolean(), releaseHolders }),
])
const draftRequest = z.strictObject({ duty: name, phase, format })
const letterRequest = z.strictObject({ duty: name, lang: z.enum(letterLanguages), items, format })
const filingRequest = z.strictObject({
  duty: name,
  at: z.string().max(40),
  reason: text,
  phase,
  ref: name.exactOptional(),
  anyway: text.exactOptional(),
  lang: z.enum(letterLanguages).exactOptional(),
  items: items.exactOptional(),
  told: z.int().min(0).exactOptional(),
})
const saidRequest = z.strictObject({
  said: z.strictObject({ part: z.enum(letterParts), lang: z.enum(letterLanguages), text: z.string().max(20_000) }),
  reason: text,
})
const approvalRequest = z.strictObject({ purpose: text, reason: text, duty: name.exactOptional() })
const listRequest = z.strictObject({ approval: name.exactOptional() })

/** Routes of what leaves a case, mounted under `/api/cases`: documents, notices and letters, and the list of those to be told. Bytes go as base64. */
export function leavingRoutes(desk: Desk): Hono {
  const app = new Hono()
  const { notices, telling } = desk
  app.post('/:case/exports', async (context) =>
    context.json({ text: await desk.leave(context.req.param('case'), await body(context, exportRequest)) }),
  )
  app.post('/:case/notice-drafts', async (context) => {
    const { notice, bytes } = await notices.draft(context.req.param('case'), await body(context, draftRequest))
    return context.json({ notice, document: base64(bytes) })
  })
  app.post('/:case/notice-letters', async (context) => {
    const { letter, bytes } = await notices.letter(context.req.param('case'), await body(context, letterRequest))
    return context.json({ letter, document: base64(bytes) })
  })
  app.post('/:case/notice-texts', async (context) => {
    const { said, reason } = await body(context, saidRequest)
    const { number } = await notices.say(context.req.param('case'), said, reason)
    return context.json({ number })
  })
  app.get('/:case/notices', async (context) => context.json({ notices: await notices.list(context.req.param('case')) }))
  app.post('/:case/notices', async (context) =>
    context.json(await notices.file(context.req.param('case'), await body(context, filingRequest))),
  )
  app.get('/:case/notices/:number', async (context) => {
    const asked = format.catch('text').parse(context.req.query('format'))
    return context.json({ document: base64(await notices.show(context.req.param('case'), context.req.param('number'), asked)) })
  })
  app.get('/:case/letter-groups', async (context) => context.json({ groups: await notices.groups(context.req.param('case')) }))
  app.get('/:case/telling', async (context) => context.json(await telling.groups(context.req.param('case'))))
  app.post('/:case/telling-approvals', async (context) =>
    context.json(await telling.approve(context.req.param('case'), await body(context, approvalRequest))),
  )
  app.post('/:case/telling-lists', async (context) =>
    context.json(await telling.export(context.req.param('case'), await body(context, listRequest))),
  )
  return app
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
