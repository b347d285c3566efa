import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cluster } from '../../src/intrusion/cluster.ts'
import { composeStories } from '../../src/intrusion/compose.ts'
import { hopsOf } from '../../src/intrusion/movements.ts'
import { withoutSecrets } from '../../src/intrusion/secrets.ts'
import { orderedLength } from '../../src/intrusion/tactics.ts'
import { at, move, sighting } from './made.ts'

const chain = [
  sighting({
    time: at('08:00'),
    host: 'web-1',
    title: 'Web Shell',
    tactics: ['persistence'],
    techniques: ['T1505.003'],
    sourceIp: '203.0.113.9',
  }),
  sighting({ time: at('09:00'), host: 'web-1', title: 'Hive Saved', tactics: ['credential-access'], account: 'corp\\iis' }),
  sighting({ time: at('11:00'), host: 'app-2', title: 'Service Installed', tactics: ['lateral-movement'], account: 'corp\\svc' }),
  sighting({ time: at('12:00'), host: 'dc-3', title: 'Directory Copied', tactics: ['credential-access'], level: 'critical' }),
]
const moves = [
  move({ time: at('10:55'), from: 'web-1', to: 'app-2' }),
  move({ time: at('11:50'), from: 'app-2', to: 'dc-3', account: 'corp\\adm' }),
]

test('hits on several hosts join across the moves between them, into one story with its way in', () => {
  const [story, ...others] = composeStories({ sightings: chain, movements: moves, reads: [], silences: [] })
  expect(others).toEqual([])
  expect(story?.initialAccess).toMatchObject({ kind: 'web-server', where: 'web-1', time: at('08:00') })
  expect(story?.hosts.map((host) => [host.name, host.status])).toEqual([
    ['web-1', 'compromised'],
    ['app-2', 'compromised'],
    ['dc-3', 'compromised'],
  ])
  expect(story?.lateralMovement.map((hop) => `${hop.from} ${hop.to} ${hop.account}`)).toEqual([
    'web-1 app-2 corp\\svc',
    'app-2 dc-3 corp\\adm',
  ])
  expect(story?.steps.map((step) => step.host)).toEqual(['web-1', 'web-1', 'app-2', 'dc-3'])
})

test('without the moves the hosts stay apart', () => {
  expect(cluster(chain, [])).toHaveLength(3)
})

test('more than six hours between two hits on a host are two stories', () => {
  const far = [sighting({ time: at('01:00'), host: 'a' }), sighting({ time: at('07:01'), host: 'a' })]
  expect(cluster(far, [])).toHaveLength(2)
  expect(cluster([...far, sighting({ time: at('04:00'), host: 'a' })], [])).toHaveLength(1)
})

test('accounts that every machine has join nothing; an account of its own does', () => {
  const pair = (account: string) => [
    sighting({ time: at('01:00'), host: 'a', account }),
    sighting({ time: at('01:30'), host: 'b', account }),
  ]
  for (const account of ['nt authority\\system', 'corp\\web-1$', '', '-']) expect(cluster(pair(account), [])).toHaveLength(2)
  expect(cluster(pair('corp\\mallika'), [])).toHaveLength(1)
})

test('a hop must start where somebody already was', () => {
  const early = move({ time: at('07:00'), from: 'web-1', to: 'app-2' })
  expect(hopsOf(chain, [early])).toEqual([])
  expect(hopsOf(chain, [move({ time: at('10:55'), from: 'elsewhere', to: 'app-2' })])).toEqual([])
})

test('a host that was only logged on to is touched, not compromised', () => {
  const [story] = composeStories({
    sightings: chain,
    movements: [...moves, move({ time: at('12:30'), from: 'dc-3', to: 'file-4', account: 'corp\\svc' })],
    reads: [],
    silences: [],
  })
  expect(story?.hosts.find((host) => host.name === 'file-4')?.status).toBe('touched')
})

test('several records of one move make it surer, and are one hop', () => {
  const hops = hopsOf(chain, [
    moves[0] as (typeof moves)[0],
    move({ time: at('10:55'), from: 'web-1', to: 'app-2', means: 'admin share' }),
  ])
  expect(hops).toHaveLength(1)
  expect(hops[0]).toMatchObject({ certainty: 0.96, means: 'admin share, network logon' })
})

test('a low hit alone is no story', () => {
  expect(
    composeStories({
      sightings: [sighting({ time: at('01:00'), host: 'a', level: 'low' })],
      movements: [],
      reads: [],
      silences: [],
    }),
  ).toEqual([])
})

test('silence is told for hosts of the story only, and database objects by who read them', () => {
  const cite = chain[0]?.cite as NonNullable<(typeof chain)[0]>['cite']
  const [story] = composeStories({
    sightings: chain,
    movements: [...moves, move({ time: at('13:00'), from: 'dc-3', to: 'db-5', means: 'database session', account: 'corp\\svc' })],
    reads: [
      { time: at('13:05'), host: 'db-5', from: 'dc-3', account: 'etl', object: 'cdr.calls', cite },
      { time: at('13:05'), host: 'db-5', from: 'app-9', account: 'billing', object: 'cdr.invoices', cite },
    ],
    silences: [
      { host: 'app-2', from: at('09:00'), to: at('10:00'), cite },
      { host: 'print-8', from: at('09:00'), to: at('10:00'), cite },
    ],
  })
  expect(story?.reached.map((one) => one.what)).toEqual(['cdr.calls on db-5'])
  expect(story?.gaps).toHaveLength(1)
})

test('the order of the input changes nothing', () => {
  const told = JSON.stringify(composeStories({ sightings: chain, movements: moves, reads: [], silences: [] }))
  fc.assert(
    fc.property(
      fc.shuffledSubarray(chain, { minLength: 4 }),
      fc.shuffledSubarray(moves, { minLength: 2 }),
      (sightings, movements) => {
        expect(JSON.stringify(composeStories({ sightings, movements, reads: [], silences: [] }))).toBe(told)
      },
    ),
  )
})

test.each([
  ['rar.exe a -hpS3cret! -v200m x.rar', 'rar.exe a -hp*** -v200m x.rar'],
  ['7z a -pHunter2 x.7z', '7z a -p*** x.7z'],
  ['net user helper Passw0rd! /add', 'net user helper *** /add'],
  ['net user helper /add', 'net user helper /add'],
  ['set PGPASSWORD=abc& pg_dump -p 5432', 'set PGPASSWORD=***& pg_dump -p 5432'],
  ['wmic /user:a /password:b process', 'wmic /user:a /password:*** process'],
])('%s is quoted as %s', (command, quoted) => {
  expect(withoutSecrets(command)).toBe(quoted)
})

test('the order of tactics counts softly', () => {
  expect(orderedLength(['initial-access', 'execution', 'exfiltration'])).toBe(3)
  expect(orderedLength(['exfiltration', 'execution', 'initial-access'])).toBe(1)
  expect(orderedLength(['execution', 'execution'])).toBe(1)
})
