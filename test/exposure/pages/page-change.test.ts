import { expect, test } from 'vitest'
import { pageChange, pageParts, type SeenPage } from '../../../src/exposure/index.ts'

const url = 'https://queue.meridian.example/branch'
const body = Array.from({ length: 60 }, (_, at) => `counter ${at} serves customers of plan ${at * 7}`).join('. ')
const page = (html: string, more: Partial<SeenPage> = {}): SeenPage => ({
  ...pageParts(html, more.answeredBy ?? url),
  url,
  answeredBy: url,
  status: 200,
  server: 'nginx',
  certificate: { subject: 'queue.meridian.example', issuer: 'Example CA', fingerprint: 'aa' },
  ...more,
})
const plain = `<html><head><title>Branch queue</title><script src="/app.js"></script><script src="https://cdn.example.net/x.js"></script></head><body><h1>Take a number</h1><p>${body}</p><form action="/ticket"><input name="n"></form></body></html>`
const before = page(plain)

test('a page is taken apart: what is read, and where it sends', () => {
  expect(before).toMatchObject({ title: 'Branch queue', scripts: ['', 'cdn.example.net'], forms: [''], asksPassword: false })
  expect(before.words.slice(2, 5)).toEqual(['take', 'a', 'number'])
  expect(pageParts('<script>hacked by</script><style>x{}</style><p>quiet', url).words).toEqual(['quiet'])
})

test.each<[string, SeenPage, string, RegExp]>([
  ['unchanged', page(plain), 'same', /^$/],
  [
    'a new notice',
    page(plain.replace('Take a number', 'Take a number. Closed on Friday')),
    'content',
    /9\d % of what stood there still stands/,
  ],
  [
    'a script of somebody else',
    page(plain.replace('cdn.example.net', 'stats.example.com')),
    'content',
    /scripts from stats\.example\.com are new/,
  ],
  [
    'a signature in place of the page',
    page('<title>0wn3d</title><h1>Hacked by R00TK1T</h1><p>greetz to all'),
    'defacement',
    /it says "hacked by"/,
  ],
  ['a signature within the page', page(plain.replace('Take a number', 'Digodam oleh orang')), 'defacement', /digodam oleh/],
  ['an answer from elsewhere', page(plain, { answeredBy: 'https://203.0.113.9/branch' }), 'takeover', /came from 203\.0\.113\.9/],
  [
    'sent on',
    page(`<meta http-equiv="refresh" content="0; url=https://evil.example/x">${plain}`),
    'takeover',
    /on to evil\.example/,
  ],
  [
    'a form for passwords to elsewhere',
    page(plain.replace('action="/ticket"><input name="n">', 'action="https://login.example.org/c"><input type=password>')),
    'takeover',
    /sends to login\.example\.org/,
  ],
  ['a bucket nobody holds', page('<Error><Code>NoSuchBucket</Code></Error>'), 'takeover', /nobody holds/],
  [
    'another server and certificate',
    page('<title>Shop</title><p>shoes and bags', {
      server: 'cloud',
      certificate: { subject: 'x', issuer: 'Other CA', fingerprint: 'bb' },
    }),
    'takeover',
    /certificate is by Other CA/,
  ],
  ['replaced without a word', page('<title>Maintenance</title><p>back soon'), 'unclear', /nothing says by whom/],
  ['an error', page('<h1>Bad gateway</h1>', { status: 502 }), 'unclear', /answers 502/],
])('%s', (_, after, kind, reason) => {
  const change = pageChange(before, after)
  expect(change.kind, change.reasons.join('; ')).toBe(kind)
  expect(change.reasons.join('; ')).toMatch(reason)
})

test('www and the name below it are one site; a page that always quoted the phrase is not defaced by it', () => {
  expect(pageChange(before, page(plain, { answeredBy: 'https://www.queue.meridian.example/branch' })).kind).toBe('same')
  const news = plain.replace('Take a number', 'News: a shop was hacked by somebody')
  expect(pageChange(page(news), page(news.replace('News', 'Old news'))).kind).toBe('content')
  expect(pageChange(before, page(plain.replace('action="/ticket"', 'action="https://pay.meridian.example/"'))).kind).toBe(
    'content',
  )
})

test('hostile pages end: depth, a million words, broken mark-up', () => {
  expect(pageParts('<div>'.repeat(100_000), url).words).toEqual([])
  expect(pageParts(`<p>${'word '.repeat(1_000_000)}`, url).words).toHaveLength(50_000)
  expect(pageParts('<a href=javascript:x><form action="::::"><script src="data:x">', url)).toMatchObject({
    scripts: [],
    words: [],
  })
})
