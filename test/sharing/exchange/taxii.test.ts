import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { addPeer, removePeer } from '../../../src/app/share-peers.ts'
import { publish, reportedSightings, shelfOf } from '../../../src/app/share-shelf.ts'
import type { Workspace } from '../../../src/app/workspace.ts'
import { taxiiRoutes } from '../../../src/server/taxii.ts'

const directory = mkdtempSync(join(tmpdir(), 'taxii-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const workspace = {
  directory,
  path: (...parts: string[]) => join(directory, ...parts),
  world: { now: () => '2026-10-07T00:00:00.000Z' },
} as unknown as Workspace

const id = (type: string, n: number): string => `${type}--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const indicator = (n: number, modified = '2026-10-01T00:00:00.000Z') => ({
  type: 'indicator',
  spec_version: '2.1',
  id: id('indicator', n),
  created: '2026-10-01T00:00:00.000Z',
  modified,
  pattern: `[ipv4-addr:value = '203.0.113.${n}']`,
})
const incident = '00000000-0000-4000-8000-00000000aaaa'
publish(
  workspace,
  incident,
  Array.from({ length: 25 }, (_, n) => indicator(n)),
)
publish(workspace, 'another', [
  indicator(3, '2026-10-05T00:00:00.000Z'),
  { type: 'identity', id: id('identity', 1), created: '2026-10-01T00:00:00.000Z' },
])
const token = addPeer(workspace, 'Straits Mobile', 'Aisha Rahman')
const other = addPeer(workspace, 'Other Peer', 'Aisha Rahman')
const shelf = shelfOf(workspace)
const app = taxiiRoutes(shelf)
const released = shelf.idOf('released')
const sightings = shelf.idOf('sightings')
const mediaType = 'application/taxii+json;version=2.1'

/** A client as the standard has it: HTTP Basic, the media type, addresses with a slash at the end. */
async function ask(
  path: string,
  more: { body?: unknown; headers?: Record<string, string>; method?: string; token?: string } = {},
) {
  const response = await app.request(path, {
    method: more.method ?? (more.body === undefined ? 'GET' : 'POST'),
    headers: {
      accept: mediaType,
      authorization: `Basic ${Buffer.from(`peer:${more.token ?? token}`).toString('base64')}`,
      ...(more.body === undefined ? {} : { 'content-type': mediaType }),
      ...more.headers,
    },
    ...(more.body === undefined ? {} : { body: typeof more.body === 'string' ? more.body : JSON.stringify(more.body) }),
  })
  return { status: response.status, headers: response.headers, json: (await response.json()) as Record<string, unknown> }
}

const ids = (answer: { json: Record<string, unknown> }): string[] =>
  ((answer.json['objects'] ?? []) as { id: string }[]).map((one) => one.id)

test('discovery, API root and collections, in the media type of TAXII 2.1', async () => {
  const found = await ask('/')
  expect(found.headers.get('content-type')).toBe(mediaType)
  expect(found.json).toEqual({ title: 'An operator', default: '/taxii2/api/', api_roots: ['/taxii2/api/'] })
  expect((await ask('/api/')).json).toMatchObject({ versions: [mediaType], max_content_length: 10_485_760 })
  const collections = (await ask('/api/collections/')).json['collections'] as Record<string, unknown>[]
  expect(collections.map((one) => [one['id'], one['can_read'], one['can_write']])).toEqual([
    [released, true, false],
    [sightings, false, true],
  ])
  expect((await ask(`/api/collections/${released}/`)).json).toEqual(collections[0])
})

test('pages hold every object once, in order of arrival, with the times of the first and the last', async () => {
  const all: string[] = []
  let next = ''
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await ask(`/api/collections/${released}/objects/?limit=7${next}`)
    all.push(...ids(page))
    expect(page.headers.get('x-taxii-date-added-first')).toMatch(/^2026-10-07T00:00:00\.\d{6}Z$/)
    if (page.json['more'] !== true) break
    next = `&next=${String(page.json['next'])}`
  }
  expect(all).toHaveLength(26)
  expect(new Set(all).size).toBe(26)
  const whole = await ask(`/api/collections/${released}/objects/`)
  const last = whole.headers.get('x-taxii-date-added-last') ?? ''
  expect(ids(await ask(`/api/collections/${released}/objects/?added_after=${last}`))).toEqual([])
  publish(workspace, 'third', [indicator(99)])
  expect(ids(await ask(`/api/collections/${released}/objects/?added_after=${last}`))).toEqual([id('indicator', 99)])
})

test('filters by id, type, version and version of STIX; manifest and versions', async () => {
  const of = (query: string) => ask(`/api/collections/${released}/objects/?${query}`)
  expect(ids(await of(`match[id]=${id('indicator', 1)},${id('indicator', 2)}`))).toEqual([id('indicator', 1), id('indicator', 2)])
  expect(ids(await of('match[type]=identity'))).toEqual([id('identity', 1)])
  expect(ids(await of('match[spec_version]=2.0'))).toEqual([])
  const third = await ask(`/api/collections/${released}/objects/${id('indicator', 3)}/`)
  expect((third.json['objects'] as { modified: string }[]).map((one) => one.modified)).toEqual(['2026-10-05T00:00:00.000Z'])
  const first = await ask(`/api/collections/${released}/objects/${id('indicator', 3)}/?match[version]=first`)
  expect((first.json['objects'] as { modified: string }[]).map((one) => one.modified)).toEqual(['2026-10-01T00:00:00.000Z'])
  expect((await ask(`/api/collections/${released}/objects/${id('indicator', 3)}/versions/`)).json['versions']).toEqual([
    '2026-10-01T00:00:00.000Z',
    '2026-10-05T00:00:00.000Z',
  ])
  const manifest = (await ask(`/api/collections/${released}/manifest/?match[type]=identity`)).json['objects'] as object[]
  expect(manifest).toMatchObject([
    { id: id('identity', 1), version: '2026-10-01T00:00:00.000Z', media_type: 'application/stix+json;version=2.1' },
  ])
})

test.each([
  ['/api/collections/', 401, { authorization: '' }],
  ['/api/collections/', 401, { authorization: 'Bearer nobody' }],
  ['/api/collections/', 401, { authorization: `Basic ${Buffer.from('peer:nobody').toString('base64')}` }],
  ['/api/collections/', 406, { accept: 'text/html' }],
  ['/api/collections/', 406, { accept: 'application/taxii+json;version=2.0' }],
  ['/api/collections/00000000-0000-4000-8000-000000000000/objects/', 404, {}],
  [`/api/collections/${sightings}/objects/`, 403, {}],
  [`/api/collections/${released}/objects/?limit=0`, 400, {}],
  [`/api/collections/${released}/objects/?limit=x`, 400, {}],
  [`/api/collections/${released}/objects/?added_after=yesterday`, 400, {}],
  [`/api/collections/${released}/objects/?next=1%20OR%201=1`, 400, {}],
  [`/api/collections/${released}/objects/?match[id]='%20OR%201=1`, 400, {}],
  [`/api/collections/${released}/objects/..%2F..%2Fetc%2Fpasswd/`, 404, {}],
  [`/api/collections/${released}/objects/${id('indicator', 500)}/`, 404, {}],
  ['/nowhere/', 404, {}],
])('%s is refused with %i', async (path, status, headers) => {
  const answer = await ask(path, { headers })
  expect(answer.status).toBe(status)
  expect(answer.json).toMatchObject({ http_status: String(status) })
  if (status === 401) expect(answer.headers.get('www-authenticate')).toContain('Basic')
  expect(JSON.stringify(answer.json)).not.toContain('203.0.113')
})

const sighting = (n: number, more: object = {}) => ({
  type: 'sighting',
  spec_version: '2.1',
  id: id('sighting', n),
  created: '2026-10-07T00:00:00.000Z',
  modified: '2026-10-07T00:00:00.000Z',
  sighting_of_ref: id('indicator', n),
  count: 3,
  ...more,
})

test('sightings of released objects are taken; anything else, and words with them, are not', async () => {
  const answer = await ask(`/api/collections/${sightings}/objects/`, {
    body: { objects: [sighting(1), sighting(777), sighting(2, { description: 'call 60123456789' }), indicator(5), 7] },
  })
  expect(answer.status).toBe(202)
  expect(answer.json).toMatchObject({ status: 'complete', total_count: 5, success_count: 1, failure_count: 4, pending_count: 0 })
  expect(answer.json['successes']).toMatchObject([{ id: id('sighting', 1) }])
  expect(reportedSightings(workspace).map((one) => [one.peer, (JSON.parse(one.body) as { id: string }).id])).toEqual([
    ['Straits Mobile', id('sighting', 1)],
  ])
  const status = `/api/status/${String(answer.json['id'])}/`
  expect((await ask(status)).json['success_count']).toBe(1)
  expect((await ask(status, { token: other })).status).toBe(404)
})

test('the collection of what was released is read only, reports have a form, and nothing is deleted', async () => {
  expect((await ask(`/api/collections/${released}/objects/`, { body: { objects: [indicator(700)] } })).status).toBe(403)
  expect((await ask(`/api/collections/${sightings}/objects/`, { body: 'nonsense' })).status).toBe(422)
  expect((await ask(`/api/collections/${sightings}/objects/`, { body: { objects: [] } })).status).toBe(422)
  expect(
    (await ask(`/api/collections/${sightings}/objects/`, { body: {}, headers: { 'content-type': 'text/plain' } })).status,
  ).toBe(415)
  expect((await ask(`/api/collections/${released}/objects/${id('indicator', 1)}/`, { method: 'DELETE' })).status).toBe(403)
  expect(ids(await ask(`/api/collections/${released}/objects/${id('indicator', 1)}/`))).toEqual([id('indicator', 1)])
})

test('a token is void once its peer is removed', async () => {
  const third = addPeer(workspace, 'Third', 'Aisha Rahman')
  expect((await ask('/', { token: third })).status).toBe(200)
  expect(() => addPeer(workspace, 'Third', 'Aisha Rahman')).toThrow('has a token')
  expect(removePeer(workspace, 'Third')).toBe(true)
  expect((await ask('/', { token: third })).status).toBe(401)
})

test('what a later release no longer holds is taken back; objects of other incidents stay', async () => {
  const later = '2026-10-09T00:00:00.000Z'
  publish(workspace, incident, [indicator(1, later)])
  const of = async (n: number): Promise<Record<string, unknown>> =>
    (
      (await ask(`/api/collections/${released}/objects/${id('indicator', n)}/`)).json['objects'] as Record<string, unknown>[]
    )[0] ?? {}
  expect(await of(1)).toMatchObject({ modified: later })
  expect(await of(1)).not.toHaveProperty('revoked')
  expect(await of(2)).toMatchObject({ modified: later, revoked: true })
  expect(await of(99)).not.toHaveProperty('revoked')
  expect(publish(workspace, incident, [indicator(1, later)])).toBe(0)
})
