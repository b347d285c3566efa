import { expect, test } from 'vitest'
import { scoreDrill, type ScoredAnswer, type Truth } from '../../src/drill/index.ts'

const watched = Array.from({ length: 20 }, (_, at) => `60122200${String(at).padStart(3, '0')}`)
const truth: Truth = {
  scenario: 'demo',
  seed: 1,
  size: 2_000,
  generated: true,
  operator: 'Meridian Telekom',
  claim: {
    actor: 'NIGHT HERON',
    posts: 4,
    postedAt: [],
    demand: '',
    deadline: '',
    deadlineEvery: 'PT6H',
    claimedSubscribers: 9,
    actualSubscribers: 5,
    sampleLines: 100,
  },
  provenance: {
    copy: 'pasir-2026-04',
    file: '',
    holder: 'Pasir Delivery',
    system: 'CRM',
    asOf: '2026-04-22',
    rows: 100,
    sourceRows: 86,
    paddingRows: 14,
    paddingLeak: 'forum-2021',
    decoys: [],
  },
  intrusion: {
    entry: 'sc-web-01',
    hosts: ['crm-app-02', 'dc-01', 'cdr-jmp-03'],
    database: 'cdr-db-01',
    accounts: ['meridian\\svc_deploy'],
    madeAccount: 'meridian\\svc_x',
    webShell: '/x.jsp',
    addresses: [],
    stages: [],
    takenBytes: 1,
    silent: [],
  },
  lookups: {
    watched,
    petty: ['60122299999'],
    stolenAccounts: ['a.b'],
    databaseAccount: 'cdr_etl',
    accesses: 0,
    covertAccesses: 0,
    untoldContacts: 0,
    blind: { file: 'billing', accesses: 1 },
  },
  counts: { events: 0, webRequests: 0, explanations: 0, ownCopyRows: 0 },
  files: [],
}
const right: ScoredAnswer = {
  threads: [{ actor: 'Night Heron', posts: [1, 2, 3, 4], demands: [{}], deadlines: [{ every: 'PT6H' }] }],
  provenance: {
    rows: 100,
    padding: { rows: 14 },
    sources: [{ copy: 'copies/pasir-2026-04.csv', holder: 'Pasir Delivery', posterior: 0.99, asOf: { day: '2026-04-23' } }],
  },
  stories: [
    { hosts: [{ name: 'print-01', status: 'suspected' }] },
    {
      hosts: ['SC-WEB-01.corp.meridian.example', 'crm-app-02', 'dc-01', 'cdr-jmp-03'].map((name) => ({
        name,
        status: 'compromised',
      })),
      initialAccess: { where: 'sc-web-01' },
      accounts: [{ name: 'MERIDIAN\\svc_deploy' }],
    },
  ],
  lookups: {
    watched: watched.map((msisdn) => ({ subscriber: `t${msisdn}` })),
    accounts: [{ account: 'A.B' }, { account: 'cdr_etl' }],
    notRecorded: [{ source: 'audit/billing-postgresql.log' }],
  },
}
const tokenOf = (msisdn: string): string => `t${msisdn}`

test('a right answer passes and its figures are told', () => {
  const table = scoreDrill({ truth, answer: right, tokenOf })
  expect(table.passed).toBe(true)
  expect(table.scores.find((score) => score.name.includes('as-of'))?.value).toBe('1 days')
  expect(table.scores.find((score) => score.name.includes('rank'))?.value).toBe('2 of 2')
  expect(table.lines).toHaveLength(table.scores.length)
})

test('an empty answer fails every bar but the false alarms', () => {
  const table = scoreDrill({ truth, answer: {}, tokenOf })
  expect(table.passed).toBe(false)
  expect(table.scores.filter((score) => score.met === true).map((score) => score.name)).toEqual([
    'lookups: clean subscribers flagged',
  ])
})

test('the wrong copy first, a missing host, a clean subscriber: each fails its own bar', () => {
  const failed = (answer: ScoredAnswer): string[] =>
    scoreDrill({ truth, answer, tokenOf })
      .scores.filter((score) => score.met === false)
      .map((score) => score.name)
  expect(failed({ ...right, provenance: { sources: [{ copy: 'bayu-2026-05', posterior: 0.99 }] } })).toEqual([
    'provenance: right copy first',
    'provenance: posterior over 0.9',
  ])
  const [, story] = right.stories as { hosts: { name: string }[]; initialAccess: { where: string } }[]
  expect(failed({ ...right, stories: [{ ...story, hosts: (story?.hosts ?? []).slice(0, 3) }] })).toEqual([
    'story: entry and hosts in one story',
  ])
  const more = [...(right.lookups?.watched ?? []), { subscriber: 't60122288888' }]
  expect(failed({ ...right, lookups: { ...right.lookups, watched: more } })).toEqual(['lookups: clean subscribers flagged'])
  const petty = [...(right.lookups?.watched ?? []), { subscriber: 't60122299999' }]
  expect(failed({ ...right, lookups: { ...right.lookups, watched: petty } })).toEqual([])
})

test('subscribers found may come re-identified instead of as tokens', () => {
  const table = scoreDrill({ truth, answer: right, reidentified: watched.slice(0, 14).map((msisdn) => `+${msisdn}`) })
  expect(table.scores.find((score) => score.name.includes('watched'))).toMatchObject({ value: '14 of 20', met: false })
})
