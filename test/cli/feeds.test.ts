import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newCase, run, scratch } from './fake.ts'

const item = (title: string, text: string): string => `<item><title>${title}</title><description>${text}</description></item>`
let items = item('Rain', 'It rains in Ipoh.')
let asked: { url: string; since?: string | undefined }[] = []
const server: Server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', since: request.headers['if-none-match'] })
  const etag = `"${items.length}"`
  if (request.url === '/busy') response.writeHead(429, { 'retry-after': '7200' }).end()
  else if (request.url === '/endless') {
    response.writeHead(200)
    const more = (): void => void (response.destroyed ? undefined : response.write('<rss>'.repeat(200_000), more))
    more()
  } else if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else
    response
      .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
      .end(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`)
})
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Runs commands in one workspace; the clock says when. */
const at =
  (home: string) =>
  (time: string, ...args: string[]): ReturnType<typeof run> =>
    run([...args, '--workspace', join(home, 'data')], home, `2026-10-07T${time}:00.000Z`)

test('a feed is asked politely, a post that names us is told once, and goes into a case as part of the claim', async () => {
  asked = []
  const home = scratch()
  const call = at(home)
  expect((await call('08:00', 'feeds', 'look')).err).toContain('no feed is on the list')
  expect((await call('08:00', 'feeds', 'add', `${origin}/rss`)).out).toBe(`${origin}/rss\n`)
  const none = await call('08:00', 'feeds', 'look')
  expect([none.code, asked.length]).toEqual([2, 0])
  expect(none.err).toContain('nothing is looked for')
  expect((await call('08:00', 'feeds', 'word', 'name', 'Meridian Telekom')).out).toContain('is looked for')
  expect((await call('08:00', 'feeds', 'look')).out).toContain('1 post, no hit')
  expect((await call('08:10', 'feeds', 'look')).out).toContain('left alone')
  expect((await call('08:16', 'feeds', 'look')).out).toContain('nothing new')
  expect(asked).toEqual([{ url: '/rss' }, { url: '/rss', since: expect.any(String) as string }])
  items += item('A list', 'M3ridian Telekom: 10 lines at http://leak.onion/m, call 60123456789')
  const told = await call('08:40', 'feeds', 'look')
  expect(told.code, told.err).toBe(0)
  expect(told.out).toContain('F1 ')
  expect(told.out).toContain('in letters that look alike')
  expect(told.out).not.toMatch(/http:\/\/leak|60123456789/)
  items += item('Sport', 'Nothing of interest.')
  expect((await call('09:00', 'feeds', 'look')).out).toContain('3 posts, no hit')
  expect((await call('09:00', 'feeds', 'hits')).out.match(/^F\d+/gm)).toEqual(['F1'])
  const opened = await call('09:00', ...newCase('Claim', 'claim'))
  expect(opened.code, opened.err).toBe(0)
  const taken = await call('09:01', 'feeds', 'take', 'F1', '--case', 'claim')
  expect(taken.out, taken.err).toBe('F1 is E1 of the case\n')
  expect((await call('09:02', 'feeds', 'take', 'F9', '--case', 'claim')).code).toBe(2)
  expect((await call('09:03', 'feeds', 'remove', `${origin}/rss`)).out).toContain('off the list')
  expect((await call('09:03', 'feeds', 'list')).out).toContain('no feed is on the list')
})

test('a server that refuses is left alone as long as it asks for; a feed without an end ends; others are looked at all the same', async () => {
  const call = at(scratch())
  await call('08:00', 'feeds', 'word', 'domain', 'meridian.example')
  await call('08:00', 'feeds', 'add', `${origin}/busy`, `${origin}/endless`, 'http://127.0.0.1:1/gone')
  const { code, err } = await call('08:00', 'feeds', 'look')
  expect(code).toBe(4)
  expect(err).toContain('its server answers 429')
  expect(err).toContain('longer than 10 MB, or has no end')
  expect(err).toContain('does not answer')
  asked = []
  expect((await call('09:59', 'feeds', 'look')).out).toContain(`${origin}/busy: left alone`)
  expect(asked.map(({ url }) => url)).toEqual(['/endless'])
  await call('10:01', 'feeds', 'look')
  expect(asked.map(({ url }) => url)).toContain('/busy')
})

test('files dropped in a folder are read once; links, folders and hidden files are not', async () => {
  const home = scratch()
  const call = at(home)
  const dropped = join(home, 'dropped')
  mkdirSync(join(dropped, 'below'), { recursive: true })
  writeFileSync(join(dropped, 'note.txt'), 'Somebody offers accounts of vpn.meridian.example.')
  writeFileSync(join(dropped, '.hidden.txt'), 'meridian.example')
  writeFileSync(join(home, 'outside.txt'), 'meridian.example')
  symlinkSync(join(home, 'outside.txt'), join(dropped, 'link.txt'))
  await call('08:00', 'feeds', 'word', 'domain', 'meridian.example')
  await call('08:00', 'feeds', 'add', dropped)
  const first = JSON.parse((await call('08:00', 'feeds', 'look', '--json')).out) as {
    looks: { hits: { file: string }[]; posts: number }[]
  }
  expect(first.looks.map(({ posts, hits }) => [posts, hits.map(({ file }) => file)])).toEqual([[1, ['note.txt']]])
  writeFileSync(join(dropped, 'copy.txt'), 'Somebody offers accounts of vpn.meridian.example.')
  expect((await call('08:01', 'feeds', 'look')).out).toContain('nothing new')
  writeFileSync(join(dropped, 'second.txt'), 'vpn.meridian.example again')
  expect((await call('08:02', 'feeds', 'look')).out).toContain('F2 ')
})

test('what is looked for comes from the inventory too', async () => {
  const home = scratch()
  const call = at(home)
  const file = join(home, 'inventory.toml')
  writeFileSync(
    file,
    '[[vendor]]\nid = "orbis"\nname = "Orbis Billing"\nstatus = "ended"\nended = "2025-01-31"\nservices = []\nsub_processors = ["Aminia Hosting"]\n\n[[system]]\nid = "crm"\nname = "CRM"\nhosts = ["crm.meridian.example", "CRM-01"]\ndata = []\n',
  )
  const imported = await call('08:00', 'inventory', 'import', file)
  expect(imported.code, imported.err).toBe(0)
  const { words } = JSON.parse((await call('08:00', 'feeds', 'words', '--json')).out) as {
    words: { kind: string; text: string; of: string }[]
  }
  expect(words.map(({ kind, text, of }) => [kind, text, of])).toEqual([
    ['name', 'Orbis Billing', 'vendor:orbis'],
    ['name', 'Aminia Hosting', 'vendor:orbis'],
    ['domain', 'crm.meridian.example', 'system:crm'],
  ])
  expect((await call('08:00', 'feeds', 'word', 'colour', 'red')).code).toBe(2)
  expect((await call('08:00', 'feeds', 'add', 'ftp://meridian.example/')).code).toBe(2)
  expect((await call('08:00', 'feeds', 'add', 'no-such-folder')).code).toBe(2)
})
