import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newCase, run, scratch } from './fake.ts'

const text = Array.from({ length: 40 }, (_, at) => `branch ${at} opens at ${at % 24}`).join('. ')
let page = `<title>Queue</title><p>${text}</p>`
let status = 200
const server: Server = createServer((request, response) => {
  if (request.url === '/moved') response.writeHead(302, { location: '/' }).end()
  else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end()
  else if (request.url === '/endless') {
    response.writeHead(200)
    const more = (): void => void (response.destroyed ? undefined : response.write('x'.repeat(1024 * 1024), more))
    more()
  } else response.writeHead(status, { server: 'test', 'content-type': 'text/html' }).end(page)
})
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

let minute = 0
const at =
  (home: string) =>
  (...args: string[]): ReturnType<typeof run> =>
    run([...args, '--workspace', join(home, 'data')], home, `2026-10-07T00:${String((minute += 1)).padStart(2, '0')}:00.000Z`)

test('a page is taken before and after; a defacement is told, and both states go into a case with a note', async () => {
  const call = at(scratch())
  expect((await call('pages', 'take')).err).toContain('no page is on the list')
  expect((await call('pages', 'add', `${origin}/`)).out).toBe(`${origin}/\n`)
  expect((await call('pages', 'take')).out).toContain('taken for the first time')
  expect((await call('pages', 'take')).out).toContain('same since 2026-10-07T00:')
  page = '<title>X</title><h1>Defaced by somebody</h1>'
  const taken = await call('pages', 'take', '--json')
  expect(JSON.parse(taken.out)).toMatchObject({
    taken: [{ status: 200, cut: false, change: { kind: 'defacement' } }],
    failed: [],
  })
  expect((await call('pages', 'list')).out).toMatch(/127\.0\.0\.1.* 3 +2026-10-07T00:/)
  await call(...newCase('Defaced', 'defaced'))
  const { code, out, err } = await call('pages', 'compare', `${origin}/`, '--case', 'defaced')
  expect(code, err).toBe(0)
  expect(out).toContain('it says "defaced by", which it did not before')
  expect(out).toContain('exhibits E1, E2; N1 written')
  expect((await call('pages', 'compare', `${origin}/`, '--to', '2026-01-01T00:00:00Z')).err).toContain('there are no two states')
})

test('redirects are followed and told, circles and pages without an end end, other addresses are refused', async () => {
  const call = at(scratch())
  page = '<p>here'
  expect(JSON.parse((await call('pages', 'take', `${origin}/moved`, '--json')).out)).toMatchObject({
    taken: [{ answeredBy: `${origin}/` }],
  })
  expect(JSON.parse((await call('pages', 'take', `${origin}/loop`, '--json')).out)).toMatchObject({ taken: [{ status: 302 }] })
  expect(JSON.parse((await call('pages', 'take', `${origin}/endless`, '--json')).out)).toMatchObject({
    taken: [{ bytes: 10 * 1024 * 1024, cut: true }],
  })
  status = 503
  expect((await call('pages', 'take', `${origin}/`)).out).toContain('503')
  for (const odd of ['file:///etc/passwd', 'https://user:secret@example.org/', 'queue'])
    expect((await call('pages', 'take', odd)).code, odd).toBe(2)
  const gone = await call('pages', 'take', 'http://127.0.0.1:1/')
  expect([gone.code, gone.err]).toEqual([4, expect.stringContaining('does not answer (ECONNREFUSED)')])
})
