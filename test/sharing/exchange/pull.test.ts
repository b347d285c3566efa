import { expect, test } from 'vitest'
import { limits } from '../../../src/base/index.ts'
import { collectionsOf, peerAddress, type PeerCollection } from '../../../src/app/subscribe-discover.ts'
import { pull, push } from '../../../src/app/subscribe-fetch.ts'
import { StixReader } from '../../../src/sharing/index.ts'

const collection: PeerCollection = {
  url: 'https://peer.example/taxii2/api/collections/c1/',
  id: 'c1',
  title: 'Released',
  canRead: true,
  canWrite: false,
}
const mediaType = 'application/taxii+json;version=2.1'
const object = (n: number): object => ({
  type: 'relationship',
  id: `relationship--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
})

/** A peer that answers each request with what `page` says. */
function serving(page: (url: URL, n: number) => Response | Promise<Response>): {
  fetch: typeof fetch
  asked: URL[]
  tokens: (string | null)[]
} {
  const asked: URL[] = []
  const tokens: (string | null)[] = []
  const answer = (input: URL | string | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    asked.push(url)
    tokens.push(new Headers(init?.headers).get('authorization'))
    expect(init?.redirect).toBe('manual')
    return Promise.resolve(page(url, asked.length))
  }
  return { fetch: answer, asked, tokens }
}

const envelope = (body: object | string, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { headers: { 'content-type': mediaType, ...headers } })

async function pulled(page: Parameters<typeof serving>[0], elapsed: () => number = () => 0) {
  const peer = serving(page)
  const reader = new StixReader('peer')
  const told = await pull({ collection, addedAfter: '', peer: { fetch: peer.fetch, token: 'secret' }, reader, elapsed })
  return { ...told, objects: reader.objects, requests: peer.asked.length, asked: peer.asked }
}

test('pages are followed to the end, and the next pull begins after the last object', async () => {
  const told = await pulled((url, n) =>
    envelope(
      { more: n < 3, ...(n < 3 ? { next: `n${n}` } : {}), objects: [object(n)] },
      { 'x-taxii-date-added-last': `2026-10-07T00:00:0${n}.000000Z` },
    ),
  )
  expect(told).toMatchObject({ pages: 3, objects: 3, addedLast: '2026-10-07T00:00:03.000000Z' })
  expect(told.cut).toBeUndefined()
  expect(told.asked.map((url) => url.searchParams.get('next'))).toEqual([null, 'n1', 'n2'])
})

test('a server that loops its pagination is left, whichever way it loops', async () => {
  const same = await pulled(() => envelope({ more: true, next: 'again', objects: [object(1)] }))
  expect(same).toMatchObject({ requests: 2, addedLast: '' })
  expect(same.cut).toContain('repeats its pages')
  const round = await pulled((_, n) => envelope({ more: true, next: `n${n % 3}`, objects: [object(n)] }))
  expect(round.requests).toBe(4)
  const empty = await pulled((_, n) => envelope({ more: true, next: `n${n}`, objects: [] }))
  expect(empty).toMatchObject({ requests: 1, objects: 0 })
  expect(empty.cut).toContain('held no object')
  const nowhere = await pulled(() => envelope({ more: true, objects: [object(1)] }))
  expect(nowhere.cut).toContain('not where')
})

test('a server that never ends is left after so many pages, or so long', async () => {
  const many = await pulled((_, n) => envelope({ more: true, next: `n${n}`, objects: [object(n)] }))
  expect(many.requests).toBe(limits.sharedPages)
  expect(many.cut).toContain('pages')
  let clock = 0
  const slow = await pulled(
    (_, n) => envelope({ more: true, next: `n${n}`, objects: [object(n)] }),
    () => (clock += limits.sharedMs / 3),
  )
  expect(slow.requests).toBeLessThan(5)
  expect(slow.cut).toContain('too long')
}, 60_000)

test('a cut page is told, and nothing of it is remembered as read', async () => {
  const told = await pulled(() =>
    envelope('{"more":false,"objects":[{"type":"indicator"', { 'x-taxii-date-added-last': '2026-10-07T00:00:00.000000Z' }),
  )
  expect(told).toMatchObject({ addedLast: '', cut: 'page 1 was not whole' })
})

test.each([
  [new Response(null, { status: 302, headers: { location: 'http://10.0.0.1/' } }), 'peer-answer'],
  [new Response('{}', { status: 401 }), 'peer-token'],
  [new Response('{}', { status: 500 }), 'peer-answer'],
  [new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'peer-answer'],
])('answer %# ends the pull with an error that helps', async (response, code) => {
  await expect(pulled(() => response)).rejects.toMatchObject({ code })
})

test('discovery finds the collections, and follows no address on another host: the token stays', async () => {
  const roots = (api: string) =>
    serving((url) =>
      url.pathname.endsWith('/collections/')
        ? envelope({
            collections: [
              { id: 'c1', title: 'A\u0007', can_read: true, can_write: false },
              { id: '../x', can_read: true, can_write: true },
              7,
            ],
          })
        : envelope({ title: 'peer', default: api, api_roots: [api] }),
    )
  const here = roots('/taxii2/api/')
  const found = await collectionsOf(peerAddress('https://peer.example/taxii2'), { fetch: here.fetch, token: 'secret' })
  expect(found).toEqual([
    { url: 'https://peer.example/taxii2/api/collections/c1/', id: 'c1', title: 'A\\u{7}', canRead: true, canWrite: false },
  ])
  for (const elsewhere of [
    'https://evil.example/taxii2/api/',
    '//evil.example/',
    'http://peer.example/taxii2/api/',
    'file:///etc/',
  ]) {
    const away = roots(elsewhere)
    await expect(
      collectionsOf(peerAddress('https://peer.example/taxii2/'), { fetch: away.fetch, token: 'secret' }),
    ).rejects.toMatchObject({ code: 'peer-answer' })
    expect(away.asked.map((url) => url.host)).toEqual(['peer.example'])
  }
})

test.each([
  'http://peer.example/',
  'ftp://peer.example/',
  'https://user:pass@peer.example/',
  'peer.example',
  'javascript:alert(1)',
])('%s is no address of a peer', (text) => {
  expect(() => peerAddress(text)).toThrow('no address of a peer')
})

test.each(['http://127.0.0.1:8710/taxii2/', 'http://localhost:8710/taxii2', 'https://peer.example/taxii2/'])(
  '%s is one',
  (text) => {
    expect(peerAddress(text).pathname).toBe('/taxii2/')
  },
)

test('a status that is too large or none is refused', async () => {
  const large = serving(() => envelope(`{"success_count":1,"x":"${'y'.repeat(2_000_000)}"}`))
  await expect(push(collection.url, [{}], { fetch: large.fetch })).rejects.toMatchObject({ code: 'peer-answer' })
  const none = serving(() => envelope('[]'))
  await expect(push(collection.url, [{}], { fetch: none.fetch })).rejects.toMatchObject({ code: 'peer-answer' })
})
