import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Shelf, ShelfName } from '../app/index.ts'
import { limits } from '../base/index.ts'
import { manifestEntry, questionOf, TaxiiProblem } from './taxii-question.ts'
import { reportOf } from './taxii-report.ts'

const mediaType = 'application/taxii+json;version=2.1'
const stixType = 'application/stix+json;version=2.1'
/** Reports kept for asking after their status, per server. */
const statusesKept = 1_000

/**
 * TAXII 2.1 under `/taxii2`: discovery, one API root, a collection of what was released (read only) and one into which peers write
 * sightings and nothing else. Every request needs a peer's token, as HTTP Basic password or as Bearer.
 */
export function taxiiRoutes(shelf: Shelf): Hono {
  const app = new Hono({ strict: false })
  const collections = { released: shelf.idOf('released'), sightings: shelf.idOf('sightings') }
  const statuses = new Map<string, { readonly peer: string; readonly status: object }>()
  const answer = (
    context: Context,
    body: object,
    headers: Readonly<Record<string, string>> = {},
    code: 200 | 202 = 200,
  ): Response => context.body(JSON.stringify(body), code, { 'content-type': mediaType, ...headers })
  const peerOf = (context: Context): string => {
    const given = context.req.header('authorization') ?? ''
    const basic = /^Basic ([A-Za-z0-9+/=]{1,500})$/i.exec(given)?.[1]
    const password =
      basic === undefined
        ? undefined
        : Buffer.from(basic, 'base64')
            .toString('utf8')
            .replace(/^[^:]*:/, '')
    const token = password ?? /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(given)?.[1]
    const peer = token === undefined ? undefined : shelf.peerOf(token)
    if (peer === undefined) throw new TaxiiProblem(401, 'no valid token', 'send the token that the operator gave you')
    return peer
  }
  const collectionOf = (context: Context, use: 'read' | 'write' | 'show' = 'show'): ShelfName => {
    const id = context.req.param('collection')
    const name = id === collections.released ? 'released' : id === collections.sightings ? 'sightings' : undefined
    if (name === undefined) throw new TaxiiProblem(404, 'no such collection', 'list the collections')
    if (use === 'read' && name !== 'released') throw new TaxiiProblem(403, 'this collection is not read', 'read the other one')
    if (use === 'write' && name !== 'sightings')
      throw new TaxiiProblem(403, 'this collection is read only', 'write sightings into the other one')
    return name
  }
  const described = (name: ShelfName): object => ({
    id: collections[name],
    title: name === 'released' ? 'Released' : 'Sightings',
    description:
      name === 'released' ? 'What a named person released for peers.' : 'Sightings of released objects, reported by peers.',
    can_read: name === 'released',
    can_write: name === 'sightings',
    media_types: [stixType],
  })

  app.use(async (context, next) => {
    const accept = context.req.header('accept') ?? '*/*'
    if (!/\*\/\*|application\/\*|application\/taxii\+json(?:\s*;\s*version=2\.1)?\s*(?:,|;q|$)/i.test(accept))
      throw new TaxiiProblem(406, 'this media type is not served', `accept ${mediaType}`)
    peerOf(context)
    return next()
  })
  app.use(
    bodyLimit({ maxSize: limits.requestBytes, onError: () => problem(413, 'the request is too large', 'send less at a time') }),
  )
  app.get('/', (context) => answer(context, { title: shelf.title, default: '/taxii2/api/', api_roots: ['/taxii2/api/'] }))
  app.get('/api', (context) =>
    answer(context, { title: shelf.title, versions: [mediaType], max_content_length: limits.requestBytes }),
  )
  app.get('/api/collections', (context) => answer(context, { collections: [described('released'), described('sightings')] }))
  app.get('/api/collections/:collection', (context) => answer(context, described(collectionOf(context))))
  app.get('/api/collections/:collection/objects', (context) => objects(context))
  app.get('/api/collections/:collection/objects/:object', (context) => objects(context, context.req.param('object')))
  app.get('/api/collections/:collection/objects/:object/versions', (context) => {
    const { page, headers, paging } = read(context, context.req.param('object'), ['all'])
    return answer(context, { ...paging, versions: page.objects.map((one) => one.version) }, headers)
  })
  app.get('/api/collections/:collection/manifest', (context) => {
    const { page, headers, paging } = read(context)
    return answer(context, { ...paging, objects: page.objects.map(manifestEntry) }, headers)
  })
  app.post('/api/collections/:collection/objects', async (context) => {
    collectionOf(context, 'write')
    const peer = peerOf(context)
    if (!/^application\/taxii\+json\s*(?:;\s*version=2\.1)?$/i.test(context.req.header('content-type') ?? ''))
      throw new TaxiiProblem(415, 'this media type is not taken', `send ${mediaType}`)
    const { sightings, wrong } = reportOf(await context.req.text())
    const { taken, refused } = shelf.report(peer, sightings)
    const status = {
      id: crypto.randomUUID(),
      status: 'complete',
      total_count: sightings.length + wrong.length,
      success_count: taken.length,
      successes: taken.map((id) => ({ id, version: sightings.find((one) => one.id === id)?.modified })),
      failure_count: refused.length + wrong.length,
      failures: [
        ...refused.map((id) => ({
          id,
          version: sightings.find((one) => one.id === id)?.modified,
          message: 'no sighting of a released object',
        })),
        ...wrong.map((id) => ({ id, version: '1970-01-01T00:00:00.000Z', message: 'only sightings are taken' })),
      ],
      pending_count: 0,
    }
    statuses.set(status.id, { peer, status })
    if (statuses.size > statusesKept) statuses.delete(statuses.keys().next().value ?? '')
    return answer(context, status, {}, 202)
  })
  app.get('/api/status/:status', (context) => {
    const kept = statuses.get(context.req.param('status'))
    if (kept?.peer !== peerOf(context)) throw new TaxiiProblem(404, 'no such report', 'report again')
    return answer(context, kept.status)
  })
  app.delete('/api/collections/:collection/objects/:object', (context) => {
    collectionOf(context)
    throw new TaxiiProblem(403, 'nothing is deleted here', 'a later version revokes an object')
  })
  app.notFound(() => problem(404, 'there is no such address', 'begin at /taxii2/'))
  app.onError((error) => {
    if (error instanceof TaxiiProblem) return problem(error.status, error.message, error.hint)
    return problem(500, 'something of ours went wrong', 'try again later')
  })
  return app

  function read(context: Context, object?: string, versions?: readonly string[]): ReturnType<typeof pageOf> {
    return pageOf(
      shelf,
      collectionOf(context, 'read'),
      questionOf(context.req.queries(), {
        ...(object === undefined ? {} : { object }),
        ...(versions === undefined ? {} : { versions }),
      }),
    )
  }

  function objects(context: Context, object?: string): Response {
    const { page, headers, paging } = read(context, object)
    if (object !== undefined && page.objects.length === 0) throw new TaxiiProblem(404, 'no such object', 'list the objects')
    // Objects stand in the database as JSON: they are not read again to be written.
    const body = page.objects.map((one) => one.body).join(',')
    const rest = JSON.stringify(paging).slice(0, -1)
    return context.body(body === '' ? `${rest}}` : `${rest},"objects":[${body}]}`, 200, { 'content-type': mediaType, ...headers })
  }
}

function pageOf(shelf: Shelf, name: ShelfName, question: Parameters<Shelf['page']>[1]) {
  const page = shelf.page(name, question)
  const [first, last] = [page.objects[0], page.objects.at(-1)]
  const headers: Record<string, string> =
    first === undefined || last === undefined
      ? {}
      : { 'x-taxii-date-added-first': first.added, 'x-taxii-date-added-last': last.added }
  return { page, headers, paging: { more: page.more, ...(page.more && last !== undefined ? { next: String(last.seq) } : {}) } }
}

function problem(status: number, title: string, description: string): Response {
  const headers = {
    'content-type': mediaType,
    ...(status === 401 ? { 'www-authenticate': 'Basic realm="taxii", charset="UTF-8"' } : {}),
  }
  return new Response(JSON.stringify({ title, description, http_status: String(status) }), { status, headers })
}
