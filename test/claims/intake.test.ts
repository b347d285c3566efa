import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimDocuments, readClaims } from '../../src/claims/index.ts'
import { coreTime } from '../base/core-time.ts'

async function read(file: string, content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const { documents, faults } = await claimDocuments({ file, bytes })
  return { documents, faults, codes: faults.map((one) => one.code), threads: readClaims(documents).threads, bytes }
}

const claim = 'We are Ashgate. We hacked Tidewater Telecom and copied 1.7 TB of your files.'

test('a mail: encoded words, alternatives and encodings are undone, the cite of plain text opens, attachments are read or named', async () => {
  const plain = `From: =?utf-8?B?QXNoZ2F0ZQ==?= <a@mail.example>\r\nTo: b@tidewater.example\r\nDate: Sat, 1 Aug 2026 13:30:00 +0200\r\nSubject: x\r\n\r\n${claim}\r\n`
  const one = await read('note.eml', plain)
  expect(one.threads[0]?.actor).toBe('Ashgate')
  expect(one.threads[0]?.posts[0]?.at?.at).toBe('2026-08-01T11:30:00.000000Z')
  const { cite } = one.threads[0]?.assertions[0] ?? {}
  if (cite?.kind !== 'exhibit' || cite.at.kind !== 'bytes') throw new Error('a cite of bytes was expected')
  expect(Buffer.from(one.bytes).subarray(cite.at.from, cite.at.to).toString()).toBe(
    'We hacked Tidewater Telecom and copied 1.7 TB of your files.',
  )

  const body = Buffer.from(`${claim}\n`).toString('base64')
  const multipart = `From: Ashgate <a@mail.example>\nTo: b@c.example\nSubject: y\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${body}\n--B\nContent-Type: application/zip; name="proof.zip"\nContent-Disposition: attachment; filename="../proof.zip"\n\nPK\n--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename="more.txt"\n\nHacker group Cinderlock claimed to have breached Harrow Net.\n--B--\n`
  const two = await read('note.eml', multipart)
  expect(two.codes).toContain('mail-attachment-kept')
  expect(two.threads.map((thread) => thread.actor).sort()).toEqual(['Ashgate', 'Cinderlock'])
  const members = two.documents.map((document) => document.part?.name)
  expect(members).toContain('more.txt')
  expect(members.some((member) => member?.includes('..'))).toBe(false)
})

test('a mail of mails without end stops with a fault', async () => {
  let inner = 'From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Sat, 1 Aug 2026 13:30:00 +0200\n\nend\n'
  for (let depth = 0; depth < 60; depth += 1)
    inner = `From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b${depth}"\n\n--b${depth}\nContent-Type: multipart/mixed; boundary="b${depth - 1}"\n\n${inner.split('\n\n').slice(1).join('\n\n')}\n--b${depth}--\n`
  expect((await read('deep.eml', inner)).codes).toContain('mail-too-deep')
})

test('trackers: three forms, entities, cut titles, broken entries; their time bounds the post and is never its time', async () => {
  const list = JSON.stringify([
    { post_title: 'Halyard Messaging &amp; Sons', group_name: 'cinderlock', discovered: '2026-03-05 02:00:00.000001' },
    { post_title: `${'x'.repeat(60)} cut here by the tracker ...`, group_name: 'cinderlock', discovered: '2021-09-09 12:00:00' },
    { post_title: '', group_name: 'cinderlock' },
  ])
  const { threads, codes } = await read('posts.json', list)
  expect(codes.sort()).toEqual(['feed-entry-unreadable', 'feed-title-cut'])
  expect(threads[0]?.victims.map((one) => one.name)).toContain('Halyard Messaging & Sons')
  for (const post of threads[0]?.posts ?? []) {
    expect(post.at).toBeUndefined()
    expect(post.reportedAt?.bound).toBe('not-later-than')
    expect(post.source).toBe('reported')
  }
  const live = await read(
    'recent.json',
    JSON.stringify({
      victims: [{ victim: 'Corvane', group: 'redquay', discovered: '2026-06-21', claim_url: 'http://abcdefghijklmnop.onion/x' }],
    }),
  )
  expect(live.threads[0]?.links?.[0]?.text).toBe('hxxp://abcdefghijklmnop[.]onion/x')
  expect(JSON.stringify(live.threads)).not.toMatch(/http:\/\/|p\.onion/)
})

test('other JSON is no tracker and no chat, and says so', async () => {
  const { documents, codes } = await read('a.json', '{"group":"sales","items":[1,2]}')
  expect(documents).toEqual([])
  expect(codes).toEqual(['telegram-not-an-export'])
  expect((await read('result.json', '{"messages":[{"id":1,"text":"cut')).codes).toEqual(['telegram-not-json'])
})

test('a feed that never ends is read up to the limit; the same item under a new guid is one', async () => {
  const item = (n: number) =>
    `<item><guid>${n}</guid><title>redquay has published a new victim : Corvane</title><pubDate>Sun, 21 Jun 2026 03:10:00 GMT</pubDate></item>`
  const twice = await read('feed.xml', `<?xml version="1.0"?><rss><channel><title>t</title>${item(1)}${item(2)}</channel></rss>`)
  expect(twice.threads[0]?.posts).toHaveLength(1)
  const endless = `<?xml version="1.0"?><rss><channel>${'<item><title>x</title></item>'.repeat(6_000)}`
  const long = await read('feed.xml', endless)
  expect(long.codes).toContain('feed-too-long')
})

test('items of one news feed are articles of their own, each with its actor and its cite', async () => {
  const item = (actor: string, victim: string) =>
    `<item><title>News</title><pubDate>Sun, 21 Jun 2026 03:10:00 GMT</pubDate><description>The hacking group ${actor} claims to have breached ${victim}.</description></item>`
  const { threads } = await read(
    'news.xml',
    `<?xml version="1.0"?><rss><channel>${item('Cinderlock', 'Harrow Net')}${item('Ashgate', 'Corvane Telecom')}</channel></rss>`,
  )
  expect(threads.map((one) => [one.actor, one.assertions[0]?.cite])).toEqual([
    ['Ashgate', expect.objectContaining({ at: { kind: 'record', n: 2 } })],
    ['Cinderlock', expect.objectContaining({ at: { kind: 'record', n: 1 } })],
  ])
})

test('a web archive: coded and chunked answers are read, redirects left out, the rest after a broken record is a fault', async () => {
  const page = gzipSync(`<!doctype html><p>Hacker group Cinderlock claimed to have breached Harrow Net.</p>`)
  const chunked = Buffer.concat([Buffer.from(`${page.length.toString(16)}\r\n`), page, Buffer.from('\r\n0\r\n\r\n')])
  const record = (answer: Buffer) =>
    Buffer.concat([
      Buffer.from(
        `WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-05-07T10:00:00Z\r\nWARC-Target-URI: https://news.example/a\r\nContent-Length: ${answer.length}\r\n\r\n`,
      ),
      answer,
      Buffer.from('\r\n\r\n'),
    ])
  const good = record(
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n'),
      chunked,
    ]),
  )
  const moved = record(Buffer.from('HTTP/1.1 302 Found\r\nContent-Type: text/html\r\n\r\n<p>Hacker group Foo breached Bar.</p>'))
  const { threads, documents, codes } = await read(
    'a.warc.gz',
    gzipSync(Buffer.concat([good, moved, Buffer.from('WARC/1.0\r\nContent-Length: 999\r\n\r\nx')])),
  )
  expect(codes).toEqual(['warc-record-broken'])
  expect(documents).toHaveLength(1)
  expect(threads[0]).toMatchObject({ actor: 'Cinderlock' })
  expect(threads[0]?.posts[0]?.reportedAt).toMatchObject({ at: '2026-05-07T10:00:00.000000Z', bound: 'not-later-than' })
  expect(threads[0]?.assertions[0]?.cite).toMatchObject({ kind: 'exhibit', at: { kind: 'record', n: 1 } })
})

test('archives in archives are opened three deep and no deeper', async () => {
  let packed: Uint8Array = Buffer.from(claim)
  for (let depth = 0; depth < 6; depth += 1) packed = gzipSync(packed)
  const { documents, codes } = await read('a.gz', packed)
  expect(documents).toEqual([])
  expect(codes).toEqual(['claim-file-packed'])
  expect((await read('cut.gz', gzipSync(claim).subarray(0, 20))).codes).toEqual(['claim-file-packed'])
})

test('a PDF: compressed content, kerned strings and mapped codes are text; pictures alone or a password are a fault', async () => {
  const content = deflateSync(
    Buffer.from(
      'BT /F1 11 Tf 50 780 Td [(We hacked T) -20 (idewater Telecom and)-300(copied) -300 (1.7 TB.)] TJ 0 -14 Td /F2 11 Tf <0001000200030001> Tj ET',
    ),
  )
  const map = 'beginbfchar <0001> <0041> <0002> <0042> endbfchar beginbfrange <0003> <0004> <0043> endbfrange'
  const pdf = Buffer.concat([
    Buffer.from(
      '%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>> endobj\n',
    ),
    Buffer.from(`4 0 obj <</Length ${content.length}/Filter/FlateDecode>> stream\n`),
    content,
    Buffer.from(
      `\nendstream endobj\n5 0 obj <</Type/Font>> endobj\n6 0 obj <</Type/Font/ToUnicode 7 0 R>> endobj\n7 0 obj <</Length ${map.length}>> stream\n${map}\nendstream endobj\n%%EOF`,
    ),
  ])
  const { documents } = await read('a.pdf', pdf)
  const text = documents.flatMap((one) => (one.kind === 'article' ? one.paragraphs.map((part) => part.text) : [])).join('\n')
  expect(text).toBe('We hacked Tidewater Telecom and copied 1.7 TB.\nABCA')
  expect((await read('b.pdf', '%PDF-1.4\n1 0 obj <</Type/Page>> endobj\n')).codes).toEqual(['pdf-no-text'])
  expect((await read('c.pdf', '%PDF-1.4\ntrailer <</Encrypt 9 0 R>>')).codes).toEqual(['pdf-encrypted'])
})

test('a forum page gives each post to its author, without what it quotes; a saved channel too', async () => {
  const page = `<!doctype html><div class="post bg1" id="p1"><p class="author"><a class="username">oxide</a> \u00bb 02 Mar 2026, 18:00</p><div class="content"><blockquote>We hacked Quillnet</blockquote>We hacked Vellmar Mobile.<br>Proof tomorrow.</div></div><div class="post bg2" id="p2"><p class="author"><a class="username">keypad</a></p><div class="content">wow</div></div>`
  const { threads } = await read('viewtopic.html', page)
  expect(threads.map((one) => [one.actor, one.victims.map((victim) => victim.name)])).toEqual([['oxide', ['Vellmar Mobile']]])
  expect(threads[0]?.posts[0]).toMatchObject({
    text: 'We hacked Vellmar Mobile.\nProof tomorrow.',
    at: { at: '2026-03-02T18:00:00.000000Z' },
  })
  const channel =
    '<div class="tgme_widget_message" data-post="nightjar/7"><a class="tgme_widget_message_owner_name"><span>Nightjar Crew</span></a><div class="tgme_widget_message_text">We breached Harrow Net.</div><a class="tgme_widget_message_date"><time datetime="2026-03-11T01:00:00+00:00">01:00</time></a></div>'
  const saved = await read('s.html', `<!doctype html>${channel}`)
  expect(saved.threads[0]).toMatchObject({ actor: 'Nightjar Crew', posts: [{ id: 'nightjar/7', channel: 'Telegram' }] })
})

test('hostile HTML: scripts, deep nesting and a page of a million elements give words or a fault, never an exception', async () => {
  const scripted = await read(
    'a.html',
    '<!doctype html><script>document.write("We hacked Foo Net")</script><p onclick="x()">Nothing here.</p>',
  )
  expect(scripted.threads).toEqual([])
  const deep = await read('b.html', `<!doctype html><div class="post">${'<div class="content">'.repeat(5_000)}x`)
  expect(deep.codes).toContain('html-too-deep')
  const started = coreTime()
  await read(
    'c.html',
    `<!doctype html>${'<div class="post"><a class="username">x</a><div class="content">y</div></div>'.repeat(20_000)}`,
  )
  expect(coreTime() - started).toBeLessThan(10_000)
})

test('any bytes under any name give documents or faults', async () => {
  const heads = fc.constantFrom(
    '%PDF-1.4\n',
    'WARC/1.0\r\n',
    'From: a\nTo: b\nSubject: c\n\n',
    '<rss><channel>',
    '[{"group":"a","victim":"b"',
    '\x1f\x8b',
    '<!doctype html><div class="post">',
  )
  await fc.assert(
    fc.asyncProperty(heads, fc.uint8Array({ maxLength: 400 }), async (head, rest) => {
      const { documents, faults } = await claimDocuments({ file: 'x', bytes: Buffer.concat([Buffer.from(head, 'latin1'), rest]) })
      expect(documents.length + faults.length).toBeGreaterThan(0)
      readClaims(documents)
    }),
    { seed: 5, numRuns: 200 },
  )
})
