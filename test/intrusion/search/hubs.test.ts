import { expect, test } from 'vitest'
import { caseOf, hosts, search } from './case.ts'

const two = (a: string, b: string): string => `
  09:00 web:203.0.113.7 > proc:${a}|shell web-request bits=7 !critical:persistence
  09:02 web:198.51.100.4 > proc:${b}|shell web-request bits=7 !critical:persistence`

test('a scanner that logs on everywhere joins nothing, however odd its logons are', async () => {
  const scanned = (bits: number): string =>
    Array.from(
      { length: 8 },
      (_, n) => `
    09:1${n} proc:scan-1|nessusd > sess:app-${n}|0x1 logon by=corp\\scan bits=${bits}
    09:1${n} host:scan-1 > sess:app-${n}|0x1 logon by=corp\\scan bits=${bits}
    09:1${n}:20 sess:app-${n}|0x1 > proc:app-${n}|probe runs by=corp\\scan bits=2 !high:discovery`,
    ).join('')
  for (const [bits, scanners, count] of [
    [6, ['scan-1'], 8],
    [0, [], 8],
    [6, [], 1],
  ] as const) {
    const { stories } = await search(caseOf(scanned(bits)), { estate: { scanners } })
    expect(stories).toHaveLength(count)
    if (count === 8) for (const story of stories) expect(hosts(story, 'compromised')).toHaveLength(1)
  }
})

test('a server nobody named is a hub by its degree, or by the accounts that come to it', async () => {
  const crowd = Array.from(
    { length: 24 },
    (_, n) => `08:${10 + n} sess:pc-${n}|0x1 > host:edr-1 relay by=corp\\u${n} sure=0.9`,
  ).join('\n')
  const from = (server: string): string => `
    09:00 proc:pc-3|evil > sess:pc-3|0x1 injects bits=6 !high:execution
    09:01 sess:pc-3|0x1 > host:${server} relay by=corp\\u3 sure=0.9
    09:05 host:${server} > sess:app-1|0x9 logon bits=2
    09:06 sess:app-1|0x9 > proc:app-1|x runs bits=3 !high:execution`
  expect((await search(caseOf(from('srv-1')))).stories).toHaveLength(1)
  expect((await search(caseOf(crowd, from('edr-1')))).stories).toHaveLength(2)
  expect((await search(caseOf(from('srv-1')), { budget: { hubDegree: 1 } })).stories).toHaveLength(2)
})

test('through a domain controller only where something was made to run on it, or an alert lies on it', async () => {
  const over = (middle: string): string => `
    09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !critical:persistence
    09:10 proc:web-1|shell > sess:dc-1|0x10 logon bits=5
    ${middle}
    09:20 proc:dc-1|x > sess:app-2|0x11 logon bits=5
    09:21 sess:app-2|0x11 > proc:app-2|y runs bits=5 !critical:execution`
  const estate = { controllers: ['dc-1'] }
  const ran = '09:11 sess:dc-1|0x10 > proc:dc-1|x runs bits=4'
  const installed =
    '09:11 sess:dc-1|0x10 > keep:dc-1|service|s persists bits=4\n09:12 keep:dc-1|service|s > proc:dc-1|x triggers bits=4'
  expect((await search(caseOf(over(ran)), { estate })).stories).toHaveLength(2)
  expect((await search(caseOf(over(installed)), { estate })).stories).toHaveLength(1)
  expect((await search(caseOf(over(`${ran} !high:credential-access`)), { estate })).stories).toHaveLength(1)
  expect((await search(caseOf(over(`${ran} !medium:credential-access`)), { estate })).stories).toHaveLength(2)
  expect((await search(caseOf(over(ran)))).stories).toHaveLength(1)
})

test('a jump host is passed on one session, not where several could have gone on', async () => {
  const over = (sure: string): string => `
    09:00 addr:203.0.113.7 > sess:jump-1|0x1 logon in=3389 bits=5 !critical:initial-access
    09:01 sess:jump-1|0x1 > host:jump-1 relay sure=${sure} bits=3
    09:02 host:jump-1 > sess:app-2|0x11 logon bits=5
    09:03 sess:app-2|0x11 > proc:app-2|y runs bits=5 !critical:execution`
  const estate = { jumpHosts: ['jump-1'] }
  expect((await search(caseOf(over('1')), { estate })).stories).toHaveLength(1)
  expect((await search(caseOf(over('0.5')), { estate })).stories).toHaveLength(2)
  const own = over('0.5').replace('host:jump-1 relay', 'proc:jump-1|mstsc runs').replace('host:jump-1 >', 'proc:jump-1|mstsc >')
  expect((await search(caseOf(own), { estate })).stories).toHaveLength(1)
})

test('a shared administrator account does not glue two intruders', async () => {
  const uses = ['x', 'y', 'z'].map((host) => `08:00 acct:corp\\admin > sess:${host}|0x1 uses bits=0`).join('\n')
  const both = `${two('web-1', 'web-2')}
    09:05 proc:web-1|shell > sess:app-1|0x1 logon by=corp\\admin bits=5
    09:05 acct:corp\\admin > sess:app-1|0x1 uses bits=0
    09:06 sess:app-1|0x1 > proc:app-1|p runs by=corp\\admin bits=5 !high:execution
    09:07 proc:web-2|shell > sess:app-2|0x1 logon by=corp\\admin bits=5
    09:07 acct:corp\\admin > sess:app-2|0x1 uses bits=0
    09:08 sess:app-2|0x1 > proc:app-2|p runs by=corp\\admin bits=5 !high:execution`
  const { stories } = await search(caseOf(uses, both))
  expect(stories.map((story) => hosts(story, 'compromised')).sort()).toEqual([
    ['app-1', 'web-1'],
    ['app-2', 'web-2'],
  ])
  const shared = await search(caseOf('09:00 @a !high by=corp\\admin', '09:10 @b !high by=corp\\admin'), {
    estate: { sharedAccounts: ['corp\\admin'] },
  })
  expect(shared.stories).toHaveLength(2)
  const own = await search(caseOf('09:00 @a !high by=corp\\lee', '09:10 @b !high by=corp\\lee'))
  expect(own.stories).toHaveLength(1)
})

test('an account is passed only by the record that raised an alert on it', async () => {
  const over = (mark: string): string => `
    09:00 web:203.0.113.7 > proc:web-1|dump web-request bits=7 !critical:persistence
    09:10 proc:app-9|other > acct:corp\\dba credential bits=5 ${mark}
    09:20 acct:corp\\dba > sess:db-3|0x20 uses bits=4
    09:21 sess:db-3|0x20 > proc:db-3|y runs bits=5 !critical:execution`
  const unmarked = await search(caseOf(over('')))
  expect(unmarked.stories.map((story) => hosts(story, 'compromised')).sort()).toEqual([['db-3'], ['web-1']])
  const { stories } = await search(caseOf(over('!high:credential-access')))
  expect(stories.map((story) => hosts(story, 'compromised')).sort()).toEqual([['app-9', 'db-3'], ['web-1']])
})

test('the session of the system does not join what runs in it', async () => {
  const in2 = (session: string): string => `
      09:00 sess:app-1|${session} > proc:app-1|a runs bits=6 !critical:execution
      09:00 web:203.0.113.7 > proc:app-1|a web-request bits=5
      10:00 sess:app-1|${session} > proc:app-1|b runs bits=6 !critical:execution
      10:00 web:198.51.100.1 > proc:app-1|b web-request bits=5`
  expect((await search(caseOf(in2('0x3e7')))).stories).toHaveLength(2)
  expect((await search(caseOf(in2('0x4a1')))).stories).toHaveLength(1)
})

test('two intruders on one host stay two, and what no way leads to hangs on the nearer, if it began before', async () => {
  const { stories } = await search(
    caseOf(`
      08:50 proc:web-1|before > proc:web-1|k0 starts !high:discovery
      09:00 web:203.0.113.7 > proc:web-1|a web-request bits=7 !critical:persistence
      09:50 proc:web-1|between > proc:web-1|k1 starts !high:discovery
      10:00 web:198.51.100.4 > proc:web-1|b web-request bits=7 !critical:persistence
      10:04 proc:web-1|after > proc:web-1|k2 starts !high:discovery
    `),
  )
  const told = stories.map((story) => [story.entry.node, ...story.sightings.keys()].join(' ')).sort()
  expect(told).toEqual([
    'proc:web-1|k0 proc:web-1|k0',
    'web:198.51.100.4 proc:web-1|b proc:web-1|k2',
    'web:203.0.113.7 proc:web-1|a proc:web-1|k1',
  ])
})

test('two intruders at once, on hosts that talk to each other in the ordinary way, stay two stories', async () => {
  const { stories } = await search(
    caseOf(
      two('web-1', 'web-2'),
      `
      09:10 proc:web-1|shell > sess:app-1|0x1 logon bits=6
      09:11 sess:app-1|0x1 > proc:app-1|p runs bits=6 !high:credential-access
      09:12 proc:web-2|shell > sess:app-2|0x1 logon bits=6
      09:13 sess:app-2|0x1 > proc:app-2|p runs bits=6 !high:credential-access
      09:20 proc:app-1|mon > sess:app-2|0x7 logon bits=0
      09:21 sess:app-2|0x7 > proc:app-2|mon runs bits=0
    `,
    ),
  )
  expect(stories.map((story) => `${story.entry.node} ${hosts(story, 'compromised').join()}`).sort()).toEqual([
    'web:198.51.100.4 app-2,web-2',
    'web:203.0.113.7 app-1,web-1',
  ])
})
