import { expect, test } from 'vitest'
import { caseOf, hosts, search, steps } from './case.ts'

const webToDatabase = `
  09:00    web:203.0.113.7 > proc:web-1|shell web-request bits=7 sure=0.9 !high:persistence
  09:05    proc:web-1|shell > proc:web-1|dump starts bits=3
  09:06    proc:web-1|dump > file:web-1|c:\\t\\lsass.dmp writes bits=5 !high:credential-access
  09:30    proc:web-1|shell > sess:app-2|0x10 logon by=corp\\svc bits=6 sure=0.9
  09:31    sess:app-2|0x10 > keep:app-2|service|upd persists bits=6 !high:lateral-movement
  09:31    keep:app-2|service|upd > proc:app-2|upd triggers bits=4
  09:40    proc:app-2|upd > sess:db-3|0x20 logon by=corp\\svc bits=5
  09:41    sess:db-3|0x20 > obj:db-3|cdr.calls queries bits=5
  09:50    proc:app-2|upd > addr:198.51.100.9 sends bytes=900000000 bits=6
`

test('one story from the web client over a server to the table and out, with labels that keep to what was seen', async () => {
  const { stories, unjoined } = await search(caseOf(webToDatabase), {
    estate: { crownJewels: ['obj:db-3|cdr.calls'], internetFacing: ['web-1'] },
  })
  expect(unjoined).toEqual([])
  expect(stories).toHaveLength(1)
  const [story] = stories
  expect(story?.entry).toMatchObject({
    node: 'web:203.0.113.7',
    kind: 'web-server',
    time: '2026-03-01T09:00:00.000000Z',
    certainty: 0.9,
  })
  expect(hosts(story, 'compromised')).toEqual(['app-2', 'web-1'])
  expect(hosts(story, 'touched')).toEqual(['db-3'])
  expect(story?.sinks.map((sink) => `${sink.kind} ${sink.node} ${sink.crown}`)).toEqual([
    'object obj:db-3|cdr.calls true',
    'transfer addr:198.51.100.9 false',
  ])
  expect(story?.stopped).toBeUndefined()
  expect(story?.score.hosts).toBe(5)
  expect(story?.score.order).toBe(6)
})

test('a host that was only logged on to is touched, and no more when the logon itself raised an alert', async () => {
  const of = caseOf(`
    09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !critical
    09:30 proc:web-1|shell > sess:app-2|0x10 logon bits=6 !high:lateral-movement
    10:00 sess:app-2|0x10 > obj:app-2|crm.people queries bits=6
  `)
  const logons = of.sightings.map((one) =>
    one.tactics[0] === 'lateral-movement' ? { ...one, eventClass: 'authentication' } : one,
  )
  const { stories } = await search({ ...of, sightings: logons })
  expect(stories).toHaveLength(1)
  expect(hosts(stories[0], 'compromised')).toEqual(['web-1'])
  expect(hosts(stories[0], 'touched')).toEqual(['app-2'])
})

test('no alert, no story; and an alert alone is a story of one host whose start is not shown', async () => {
  const of = caseOf(webToDatabase)
  expect(await search({ ...of, sightings: [] })).toEqual({ stories: [], unjoined: [], exhausted: false })
  const { stories } = await search(caseOf('09:00 @hr-7 !high:execution'))
  expect(stories).toHaveLength(1)
  expect(stories[0]).toMatchObject({
    entry: { kind: 'first-seen', node: 'host:hr-7', certainty: 0.3 },
    edges: [],
    stopped: { why: 'silence' },
  })
})

test('a weak alert off the path stays unjoined, one that the story meets is joined', async () => {
  const of = caseOf(
    webToDatabase,
    '09:33 proc:app-2|upd > proc:app-2|who starts bits=3 !low:discovery',
    '09:33 @hr-7 !low:discovery',
  )
  const { stories, unjoined } = await search(of)
  expect(stories).toHaveLength(1)
  expect(stories[0]?.sightings.get('proc:app-2|who')).toHaveLength(1)
  expect(unjoined.map((one) => one.host)).toEqual(['hr-7'])
})

test('a path may not go back in time', async () => {
  const at = (clock: string): string => `
    09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !high:persistence
    09:10 proc:web-1|shell > proc:web-1|psexec starts bits=6
    ${clock} proc:web-1|psexec > sess:app-2|0x10 logon bits=6
    ${clock}:30 sess:app-2|0x10 > proc:app-2|tool runs bits=3 !high:credential-access`
  expect((await search(caseOf(at('09:11')))).stories).toHaveLength(1)
  const { stories } = await search(caseOf(at('08:30')))
  expect(stories.map((story) => story.entry.kind).sort()).toEqual(['first-seen', 'web-server'])
  expect(stories.flatMap(steps)).not.toContain('proc:web-1|shell -> proc:web-1|psexec')
})

test('two seconds between clocks are borne across hosts, not within one', async () => {
  const late = (gap: string): string => `
    09:00:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !high:persistence
    09:10:00 proc:web-1|shell > proc:web-1|psexec starts bits=3
    ${gap} proc:web-1|psexec > sess:app-2|0x10 logon bits=6
    09:10:05 sess:app-2|0x10 > proc:app-2|tool runs bits=3 !high:execution`
  expect((await search(caseOf(late('09:09:58.5')))).stories).toHaveLength(1)
  expect((await search(caseOf(late('09:09:50')))).stories).toHaveLength(2)
})

test('the way in is named by what it is', async () => {
  const into = (line: string): string => `${line}\n09:05 proc:ws-1|p > proc:ws-1|q starts bits=4 !critical:execution`
  const entries = new Map([
    ['09:00 addr:203.0.113.9 > sess:ws-1|0x5 logon in=3389 bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'rdp'],
    ['09:00 addr:203.0.113.9 > sess:ws-1|0x5 logon in=ssh bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'remote-logon'],
    ['09:00 addr:10.0.0.9 > sess:ws-1|0x5 logon in=3389 bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'first-seen'],
    ['09:00 addr:192.0.2.40 > sess:ws-1|0x5 logon in=3389 bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'partner-network'],
    ['09:00 addr:203.0.113.9 > sess:ws-1|0x5 logon in=type\u00a010 bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'rdp'],
    [
      '08:59 addr:203.0.113.9 > addr:10.9.0.4 access until=17:00 bits=2\n09:00 addr:10.9.0.4 > sess:ws-1|0x5 logon bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs',
      'vpn',
    ],
    [
      '08:59 addr:203.0.113.9 > vpn:acme|18 access\n09:00 vpn:acme|18 > sess:ws-1|0x5 logon bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs',
      'vendor-session',
    ],
    [
      '08:59 host:pc-4 > vpn:lee|18 access bits=5\n09:00 vpn:lee|18 > sess:ws-1|0x5 logon bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs',
      'first-seen',
    ],
    ['08:00 proc:ws-1|1 > proc:ws-1|o starts in=winword.exe\n09:00 proc:ws-1|o > proc:ws-1|p starts bits=5 in=cmd.exe', 'mail'],
    [
      '08:00 proc:ws-1|1 > proc:ws-1|o starts in=cmd.exe\n09:00 proc:ws-1|o > proc:ws-1|p starts bits=5 in=notepad.exe',
      'first-seen',
    ],
    ['09:00 vpn:gw|17 > sess:ws-1|0x5 logon bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'vpn'],
    ['09:00 vpn:acme|18 > sess:ws-1|0x5 logon bits=5\n09:01 sess:ws-1|0x5 > proc:ws-1|p runs', 'vendor-session'],
    ['09:00 proc:ws-1|44|?outlook.exe > proc:ws-1|p starts bits=5', 'mail'],
    ['09:00 file:ws-1|e:\\menu.exe > proc:ws-1|p loads bits=5 in=removable', 'usb'],
    ['09:00 proc:ws-1|44|?explorer.exe > proc:ws-1|p starts bits=5', 'first-seen'],
  ])
  for (const [line, kind] of entries) {
    const { stories } = await search(caseOf(into(line)), { estate: { vendorAccesses: ['acme'], partners: ['192.0.2.'] } })
    expect(stories.map((story) => story.entry.kind)).toEqual([kind])
  }
})

test('of two ways in the dearer is kept as the alternative, with what differs', async () => {
  const { stories } = await search(
    caseOf(`
      09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 sure=0.9
      08:50 web:198.51.100.4 > proc:web-1|shell web-request bits=7 sure=0.5
      09:05 proc:web-1|shell > proc:web-1|dump starts bits=3 !critical:credential-access
    `),
  )
  expect(stories).toHaveLength(1)
  expect(stories[0]?.entry.node).toBe('web:203.0.113.7')
  expect(stories[0]?.alternative?.entry.node).toBe('web:198.51.100.4')
  expect(stories[0]?.alternative?.costDifference).toBeGreaterThan(0.5)
  expect(stories[0]?.alternative?.onlyThere.map((edge) => edge.src)).toEqual(['web:198.51.100.4'])
  expect(stories[0]?.alternative?.onlyHere.map((edge) => edge.src)).toEqual(['web:203.0.113.7'])
})

test('what hangs on a doubtful edge is suspected, unless an alert stands for it', async () => {
  const of = (level: string): string => `
    09:00 web:203.0.113.7 > proc:web-1|shell web-request bits=7 !critical:persistence
    09:10 proc:web-1|shell > host:web-1 relay sure=0.3 bits=6
    09:11 host:web-1 > sess:app-2|0x10 logon bits=7
    09:12 sess:app-2|0x10 > proc:app-2|tool runs bits=6 !${level}:execution`
  const weak = await search(caseOf(of('medium')))
  expect(weak.stories).toHaveLength(1)
  expect(hosts(weak.stories[0], 'compromised')).toEqual(['web-1'])
  expect(hosts(weak.stories[0], 'suspected')).toEqual(['app-2'])
  const strong = await search(caseOf(of('critical')))
  expect(hosts(strong.stories[0], 'compromised')).toEqual(['app-2', 'web-1'])
  const node = strong.stories[0]?.nodes.find(({ id }) => id === 'host:web-1')
  expect(node?.why).toContain('doubtful-link')
})

test('a login path that is clear and new starts a story of its own', async () => {
  const of = caseOf(`
    09:00 addr:203.0.113.9 > sess:jump-1|0x5 logon in=3389 bits=5
    09:10 sess:jump-1|0x5 > sess:db-3|0x20 logon by=corp\\dba bits=1
  `)
  const paths = (clear: boolean) => [{ hops: of.edges, certainty: 1, clear, newAccess: true }]
  expect((await search(of, { paths: paths(false) })).stories).toEqual([])
  const { stories } = await search(of, { paths: paths(true) })
  expect(stories).toHaveLength(1)
  expect(steps(stories[0])).toEqual(['addr:203.0.113.9 -> sess:jump-1|0x5', 'sess:jump-1|0x5 -> sess:db-3|0x20'])
  expect(hosts(stories[0], 'compromised')).toEqual([])
})

test('a weak alert is joined only where the way to it costs less than it tells, and after the story came there', async () => {
  const from = (lines: string) => search(caseOf(webToDatabase, lines))
  const near = '09:41 proc:app-2|upd > proc:app-2|n starts bits=3 !low:discovery'
  const far = '09:41 proc:app-2|upd > proc:app-2|m starts bits=0\n09:42 proc:app-2|m > proc:app-2|n starts bits=0 !low:discovery'
  const early =
    '08:41 proc:app-2|q > proc:app-2|n starts bits=1 !low:discovery\n09:42 proc:app-2|upd > proc:app-2|n injects bits=6'
  expect((await from(near)).unjoined).toEqual([])
  expect((await from(far)).unjoined).toHaveLength(1)
  expect((await from(early)).unjoined).toHaveLength(1)
})

test('of two ways of equal length the surer is told, and doubt along it lessens the certainty of the way in', async () => {
  const { stories } = await search(
    caseOf(`
      09:00 vpn:gw|1 > sess:ws-1|0x5 logon bits=5 sure=0.9
      09:01 sess:ws-1|0x5 > proc:ws-1|p runs bits=3 sure=0.6
      09:01 sess:ws-1|0x5 > proc:ws-1|r runs bits=3 sure=0.8
      09:02 proc:ws-1|p > proc:ws-1|q starts bits=3
      09:02 proc:ws-1|r > proc:ws-1|q injects bits=3
      09:02 proc:ws-1|q > proc:ws-1|z starts bits=3 !critical:execution
    `),
  )
  expect(steps(stories[0]).slice(1, 3)).toEqual(['sess:ws-1|0x5 -> proc:ws-1|r', 'proc:ws-1|r -> proc:ws-1|q'])
  expect(stories[0]?.entry.certainty).toBe(0.72)
})

test('of a busy node every alert is given what precedes its own moment', async () => {
  const busy = Array.from({ length: 12 }, (_, n) => `3/08:${10 + n} file:web-1|lib${n} > proc:web-1|srv loads bits=0`).join('\n')
  const of = caseOf(
    busy,
    `
    09:00 web:203.0.113.7 > proc:web-1|srv web-request bits=7
    09:01 proc:web-1|srv > proc:web-1|a starts bits=5 !critical:execution
    3/09:00 web:198.51.100.4 > proc:web-1|srv web-request bits=7
    3/09:01 proc:web-1|srv > proc:web-1|b starts bits=5 !critical:execution
  `,
  )
  const { stories } = await search(of, { budget: { fanOut: 4 } })
  const ways = stories.flatMap((story) => [story.entry.node, ...story.waves.map((wave) => wave.node)])
  expect(ways.sort()).toEqual(['web:198.51.100.4', 'web:203.0.113.7'])
})

test('stories come strongest first, each with the parts of its score', async () => {
  const { stories } = await search(caseOf('01:00 @hr-7 !high:execution', webToDatabase, '23:00 @hr-9 !critical:impact'))
  const totals = stories.map((story) => story.score.total)
  expect(totals).toEqual(totals.toSorted((a, b) => b - a))
  expect(totals.slice(1)).toEqual([10, 8])
  const { total, alerts, order, hosts: further, connecting } = (stories[0] as (typeof stories)[number]).score
  expect(total).toBeCloseTo(alerts + order + further - connecting, 2)
})
