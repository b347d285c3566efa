import { expect, test } from 'vitest'
import { caseOf, hosts, search } from './case.ts'

const first = `
  09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !critical:persistence
  09:10 proc:web-1|shell > sess:app-2|0x10 logon bits=6
  09:11 sess:app-2|0x10 > proc:app-2|a runs bits=6 !high:execution`

test('a wave months later joins by the service that the first one left', async () => {
  const of = (left: string): string => `${first}
    ${left}
    120/03:00 keep:app-2|service|upd > proc:app-2|b triggers bits=4
    120/03:05 proc:app-2|b > sess:db-3|0x20 logon bits=6
    120/03:06 sess:db-3|0x20 > proc:db-3|c runs bits=6 !critical:credential-access`
  const { stories } = await search(caseOf(of('09:15 proc:app-2|a > keep:app-2|service|upd persists bits=6')))
  expect(stories).toHaveLength(1)
  expect(stories[0]?.entry.node).toBe('web:203.0.113.7')
  expect(hosts(stories[0], 'compromised')).toEqual(['app-2', 'db-3', 'web-1'])
  expect((await search(caseOf(of('')))).stories).toHaveLength(2)
})

test('a wave joins by the web shell that the first one wrote, and its way in is told as a later one', async () => {
  const of = (written: string): string => `${first}
    09:20 proc:web-1|shell > file:web-1|${written} writes bits=6 !high:persistence
    90/02:00 web:192.0.2.77 > file:web-1|c:\\inetpub\\x.aspx web-request bits=6
    90/02:00 file:web-1|c:\\inetpub\\x.aspx > proc:web-1|z loads bits=6
    90/02:05 proc:web-1|z > proc:web-1|zz starts bits=5 !critical:execution`
  const { stories } = await search(caseOf(of('c:\\inetpub\\x.aspx')))
  expect(stories).toHaveLength(1)
  expect(stories[0]?.waves.map(({ node, kind }) => `${node} ${kind}`)).toEqual(['web:192.0.2.77 web-server'])
  expect((await search(caseOf(of('c:\\inetpub\\other.aspx')))).stories).toHaveLength(2)
})

test('a wave joins by a rare address that both called, not by one that everybody calls', async () => {
  const of = (more: string): string => `${first}
    09:30 proc:app-2|a > addr:198.51.100.9 connects bits=6 !high:command-and-control
    100/01:00 proc:hr-7|m > addr:198.51.100.9 connects bits=6 !high:command-and-control
    ${more}`
  const { stories } = await search(caseOf(of('')))
  expect(stories).toHaveLength(1)
  expect(hosts(stories[0], 'compromised')).toEqual(['app-2', 'hr-7', 'web-1'])
  expect(stories[0]?.edges.filter((edge) => edge.kind === 'seen-with')).toHaveLength(1)
  const everybody = Array.from({ length: 30 }, (_, n) => `10/05:00 proc:pc-${n}|c > addr:198.51.100.9 connects`).join('\n')
  expect((await search(caseOf(of(everybody)))).stories).toHaveLength(2)
})

test('a wave joins by an account that the first one made', async () => {
  const of = (account: string): string => `${first}
    09:30 sess:app-2|0x10 > acct:corp\\helper changes bits=6
    100/01:00 vpn:gw|9 > sess:hr-7|0x1 logon by=${account} bits=5
    100/01:01 sess:hr-7|0x1 > proc:hr-7|m runs by=${account} bits=5 !critical:execution`
  expect((await search(caseOf(of('corp\\helper')))).stories).toHaveLength(1)
  expect((await search(caseOf(of('corp\\lee')))).stories).toHaveLength(2)
})

test('the hash of a tool everybody has joins nothing months later', async () => {
  const { stories } = await search(
    caseOf(`${first}
      09:12 file:app-2|c:\\t\\psexec.exe > hash:ab12 content
      09:12:30 hash:ab12 > file:app-2|c:\\t\\psexec.exe content !high:execution
      80/01:00 hash:ab12 > file:hr-7|c:\\t\\psexec.exe content !high:execution`),
  )
  expect(stories).toHaveLength(2)
})

test('within hours alerts on one host hang together by a hint that says so; a day apart they do not', async () => {
  const of = (clock: string): string => `${first}\n${clock} proc:app-2|lonely > proc:app-2|k starts !high:discovery`
  const near = (await search(caseOf(of('11:00')))).stories
  expect(near).toHaveLength(1)
  const hint = near[0]?.edges.find((edge) => edge.kind === 'seen-with')
  expect(hint?.certainty).toBeLessThan(0.5)
  expect((await search(caseOf(of('1/15:00')))).stories).toHaveLength(2)
})

test('a story that began before the shared thing was reached hangs where time allows', async () => {
  const { stories } = await search(
    caseOf(`${first}
      12:00 proc:app-2|a > proc:app-2|late starts bits=6
      12:30 proc:app-2|late > addr:198.51.100.9 connects bits=6 !high:command-and-control
      11:00 proc:hr-7|m > addr:198.51.100.9 connects bits=6 !high:command-and-control`),
  )
  expect(stories).toHaveLength(1)
  const hint = stories[0]?.edges.find((edge) => edge.kind === 'seen-with')
  const source = stories[0]?.nodes.find((node) => node.id === hint?.src)
  expect(hint?.dst).toBe('proc:hr-7|m')
  expect((source?.arrived ?? '~') <= (hint?.t0 ?? '')).toBe(true)
})

test('a logon from a host that fell within the week hangs on that story by a hint; from a jump host, a hub or a month later it does not', async () => {
  const of = (day: number, from: string): string => `${first}
    ${day}/07:00 host:${from} > sess:hr-7|0x9 logon bits=5
    ${day}/07:01 sess:hr-7|0x9 > proc:hr-7|m runs bits=5 !critical:execution`
  const near = (await search(caseOf(of(3, 'app-2')))).stories
  expect(near).toHaveLength(1)
  expect(near[0]?.edges.find((edge) => edge.kind === 'seen-with')?.dst).toBe('host:app-2')
  expect(hosts(near[0], 'compromised')).toEqual(['app-2', 'hr-7', 'web-1'])
  expect((await search(caseOf(of(30, 'app-2')))).stories).toHaveLength(2)
  expect((await search(caseOf(of(3, 'app-9')))).stories).toHaveLength(2)
  expect((await search(caseOf(of(3, 'app-2')), { estate: { jumpHosts: ['app-2'] } })).stories).toHaveLength(2)
  expect((await search(caseOf(of(3, 'app-2')), { estate: { backup: ['app-2'] } })).stories).toHaveLength(2)
})
