import { Hono } from 'hono'
import { z } from 'zod'
import type { Desk } from '../app/index.ts'
import { parseIso, UserError } from '../base/index.ts'
import type { CaseList, CasePage, CiteRequest, NoticeDraft, PreservationText } from './api.ts'
import { body } from './body.ts'

const id = z.string().max(200)
const hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const unit = z.enum(['record', 'row', 'line'])
const locator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole') }),
  z.strictObject({ kind: z.literal('record'), n: count }),
  z.strictObject({ kind: z.literal('row'), n: count }),
  z.strictObject({ kind: z.literal('line'), n: count }),
  z.strictObject({ kind: z.literal('bytes'), from: count, to: count }),
  z.strictObject({ kind: z.literal('region'), x: count, y: count, width: count, height: count }),
  z.strictObject({ kind: z.literal('range'), unit, from: count, to: count }),
  z.strictObject({ kind: z.literal('set'), unit, n: z.array(count).max(100_000) }),
])
const cite = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exhibit'),
    sha256: hex,
    file: z.string().max(4000),
    member: z.string().max(4000).optional(),
    at: locator,
  }),
  z.strictObject({ kind: z.literal('reference'), file: id, version: id, key: id }),
  z.strictObject({ kind: z.literal('inventory'), entry: id, revision: count }),
  z.strictObject({ kind: z.literal('copy'), copy: id, rows: locator }),
  z.strictObject({ kind: z.literal('finding'), id }),
  z.strictObject({ kind: z.literal('decision'), id }),
])

const ruling = z.strictObject({
  finding: id,
  ruling: z.enum(['adopt', 'reject', 'park', 'reopen']),
  reason: z.string().min(1).max(4000),
})
const noteRequest = z.strictObject({ text: z.string().min(1).max(20_000), about: z.array(id).max(100).optional() })
const decisionRequest = z.strictObject({
  kind: z.enum(['awareness', 'containment', 'notify', 'do-not-notify', 'release', 'scope', 'handover', 'other']),
  text: z.string().min(1).max(4000),
  reason: z.string().min(1).max(4000),
  moment: z.string().max(64).optional(),
  about: z.array(id).max(100).optional(),
})

const because = z.string().trim().min(1).max(4000)
const storyChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cut'),
    story: id,
    steps: z.array(z.int().min(1)).max(10_000).optional(),
    host: id.optional(),
    reason: because,
  }),
  z.strictObject({ kind: z.literal('join'), stories: z.array(id).min(2).max(100), reason: because }),
])

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day such as 2026-01-06')
const preservationRequest = z.strictObject({
  source: id,
  record: z.boolean(),
  period: z.strictObject({ from: day.optional(), to: day.optional() }).optional(),
})
const lossRequest = z.strictObject({
  source: id,
  from: day.optional(),
  to: day.optional(),
  lostAt: z.string().max(64).optional(),
  reason: z.string().min(1).max(4000),
})

/** Routes under `/api/cases`: reading a case, opening cites, and the acts of the person at the page. */
export function caseRoutes(desk: Desk): Hono {
  const app = new Hono()
  app.get('/', (context) => context.json<CaseList>({ cases: desk.cases(), actor: desk.actor, key: desk.key }))
  app.get('/:case', async (context) => {
    const page: CasePage = await desk.page(context.req.param('case'))
    if (page.view.stories !== undefined) desk.stories.warm(context.req.param('case'))
    return context.json(page)
  })
  app.get('/:case/report', async (context) => {
    const html = await desk.report(context.req.param('case'))
    return context.body(html, 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="${context.req.param('case')}-report.html"`,
    })
  })
  app.get('/:case/notice', async (context) => {
    const draft: NoticeDraft = { markdown: await desk.notice(context.req.param('case'), context.req.query('duty') ?? '') }
    return context.json(draft)
  })
  app.post('/:case/cite', async (context) => {
    const schema = z.strictObject({ cite, purpose: z.string().trim().min(3).max(500).optional() })
    const request = (await body(context, schema)) as CiteRequest
    return context.json(await desk.openCite(context.req.param('case'), request.cite, request.purpose))
  })
  app.post('/:case/rulings', async (context) =>
    context.json(await desk.rule(context.req.param('case'), await body(context, ruling))),
  )
  app.post('/:case/notes', async (context) => {
    const { text, about } = await body(context, noteRequest)
    return context.json(await desk.note(context.req.param('case'), { text, ...(about === undefined ? {} : { about }) }))
  })
  app.post('/:case/decisions', async (context) => {
    const { moment, about, ...rest } = await body(context, decisionRequest)
    const at = moment === undefined ? undefined : parseIso(moment)
    if (moment !== undefined && at === undefined)
      throw new UserError({
        code: 'moment-unreadable',
        message: 'the moment is not an ISO 8601 time',
        hint: 'write it as 2026-10-06T09:12:00+08:00',
      })
    const decision = { ...rest, ...(about === undefined ? {} : { about }), ...(at === undefined ? {} : { moment: at }) }
    return context.json(await desk.decide(context.req.param('case'), decision))
  })
  app.post('/:case/story-changes', async (context) =>
    context.json(await desk.changeStories(context.req.param('case'), given(await body(context, storyChange)))),
  )
  app.get('/:case/lost-next', async (context) => {
    const { from, to } = context.req.query()
    const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
    return context.json(await desk.lostNext(context.req.param('case'), period))
  })
  app.post('/:case/preservation', async (context) => {
    const { period, ...rest } = await body(context, preservationRequest)
    const asked = period === undefined ? {} : { period: given(period) }
    const written: PreservationText = await desk.preservation(context.req.param('case'), { ...rest, ...asked })
    return context.json(written)
  })
  app.post('/:case/losses', async (context) => {
    const loss = given(await body(context, lossRequest))
    return context.json(await desk.recordLoss(context.req.param('case'), loss))
  })
  return app
}

/** Without the members that are absent: the exact optional types of the desk know no `undefined`. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
