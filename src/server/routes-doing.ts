import { Hono } from 'hono'
import { z } from 'zod'
import type { AskedRecommendAct, AskedRequest, AskedRequestAct, Desk } from '../app/index.ts'
import { atRiskActSchema } from '../response/index.ts'
import { body } from './body.ts'

const text = z.string().trim().min(1).max(4_000)
const name = z.string().trim().min(1).max(200)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const reason = text
const exhibits = z.array(z.string().regex(/^E\d{1,6}$/)).max(1_000)

const recommendRequest = z.strictObject({
  reason,
  act: z.discriminatedUnion('act', [
    z.strictObject({ act: z.literal('adopt'), recommendation: name, owner: name, due: day }),
    z.strictObject({
      act: z.literal('write'),
      recommendation: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
      text,
      owner: name,
      due: day,
      ground: name,
      techniques: z.array(name).max(100),
      mitigations: z.array(name).max(50),
      proof: text,
      retest: text,
      retestDays: z.int().min(0).max(999),
    }),
    z.strictObject({ act: z.literal('done'), recommendation: name, proof: text, exhibits }),
    z.strictObject({ act: z.literal('retest'), recommendation: name, passed: z.boolean(), on: day, found: text, exhibits }),
    z.strictObject({ act: z.literal('drop'), recommendation: name }),
    z.strictObject({ act: z.literal('promise'), text, where: text, on: day }),
    z.strictObject({ act: z.literal('cover'), promise: name, recommendations: z.array(name).min(1).max(100) }),
  ]),
})

const draftRequest = z.strictObject({
  reason,
  request: z.strictObject({
    kind: z.enum(['evidence', 'preservation']),
    to: z.strictObject({ kind: z.enum(['vendor', 'authority', 'owner', 'other']), name }),
    what: z.array(text).min(1).max(50),
    period: z.strictObject({ from: day, to: day }).exactOptional(),
    due: z.string().max(40).exactOptional(),
    duty: name.exactOptional(),
    source: name.exactOptional(),
  }),
})

const request = z.string().regex(/^(?:P|RQ)\d{1,6}$/)
const at = z.string().max(40)
const requestRequest = z.strictObject({
  reason,
  act: z.discriminatedUnion('act', [
    z.strictObject({ act: z.literal('send'), request, at, channel: name, to: name }),
    z.strictObject({ act: z.literal('remind'), request, at, channel: name }),
    z.strictObject({ act: z.literal('extend'), request, due: at }),
    z.strictObject({
      act: z.literal('answer'),
      request,
      at,
      gives: z.enum(['evidence', 'statement']),
      exhibits,
      hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(1_000),
    }),
    z.strictObject({ act: z.literal('refuse'), request, at }),
    z.strictObject({ act: z.literal('close'), request, anyway: z.boolean() }),
  ]),
})

/** Routes of recommendations, requests and persons at risk, mounted under `/api/cases`. */
export function doingRoutes(desk: Desk): Hono {
  const app = new Hono()
  app.get('/:case/recommendations', async (context) => context.json(await desk.recommendations.state(context.req.param('case'))))
  app.post('/:case/recommendation-acts', async (context) => {
    const entered: { act: AskedRecommendAct; reason: string } = await body(context, recommendRequest)
    return context.json(await desk.recommendations.act(context.req.param('case'), entered))
  })
  app.get('/:case/requests', async (context) => context.json({ requests: await desk.requests.state(context.req.param('case')) }))
  app.post('/:case/requests', async (context) => {
    const asked: { request: AskedRequest; reason: string } = await body(context, draftRequest)
    return context.json(await desk.requests.draft(context.req.param('case'), asked))
  })
  app.post('/:case/request-acts', async (context) => {
    const entered: { act: AskedRequestAct; reason: string } = await body(context, requestRequest)
    return context.json(await desk.requests.act(context.req.param('case'), entered))
  })
  app.get('/:case/requests/:request', async (context) => {
    const reminder = context.req.query('reminder') === '1'
    return context.json({
      text: await desk.requests.text(context.req.param('case'), { request: context.req.param('request'), reminder }),
    })
  })
  app.get('/:case/at-risk', async (context) => context.json(await desk.atRisk.state(context.req.param('case'))))
  app.post('/:case/at-risk-acts', async (context) => {
    const entered = await body(context, z.strictObject({ act: atRiskActSchema, reason }))
    return context.json(await desk.atRisk.act(context.req.param('case'), entered))
  })
  app.post('/:case/at-risk-briefs', async (context) => {
    const { person } = await body(context, z.strictObject({ person: name }))
    return context.json(await desk.atRisk.brief(context.req.param('case'), person))
  })
  return app
}
