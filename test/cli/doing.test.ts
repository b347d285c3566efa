import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Workspace } from '../../src/app/index.ts'
import { openCase } from '../../src/app/case-store.ts'
import { propose, type Proposal } from '../../src/casefile/index.ts'
import type { AtRiskQueue, TrackedRecommendations, TrackedRequest } from '../../src/response/index.ts'
import { newCase, run, scratch } from './fake.ts'

const ana = 'Ana Lim'
const ben = 'Ben Osman'
const token = '0c32095153f3b68683353d0187d4bf70'
const person = 'P-0c32095153f3'
const inventory = `[[system]]
id = "crm"
name = "Customer care"
hosts = ["ord-app-07"]
data = ["identity"]

[[system]]
id = "print-room"
name = "Print room"
hosts = ["pr-01"]
data = []

[[log_source]]
id = "vpn-gateway"
kind = "vpn"
retention_days = 30
owner = "Network team"
`

function proposal(kind: Proposal['kind'], code: string, subject: string, more: Partial<Proposal> = {}): Proposal {
  return { kind, code, subject, params: {}, cites: [], text: 'As found.', grounds: [], producer: 'test', ...more }
}

/** A case in which something was found, as an investigation leaves it. */
async function withFindings(before: (data: string) => void = () => {}): Promise<(...args: string[]) => ReturnType<typeof run>> {
  const home = scratch()
  const data = join(home, 'data')
  const call = (...args: string[]): ReturnType<typeof run> => run([...args, '--workspace', data], home)
  for (const name of [ana, ben]) expect((await run(['key', 'new', name, '--role', 'analyst'], home)).code).toBe(0)
  const made = await call(...newCase('Claim'), '--as', ana)
  expect(made.code, made.err).toBe(0)
  const file = join(home, 'inventory.toml')
  writeFileSync(file, inventory)
  expect((await call('inventory', 'import', file, '--as', ana)).code).toBe(0)
  const log = join(home, 'answer.log')
  writeFileSync(log, 'made up\n')
  expect((await call('evidence', 'add', log, '--case', 'claim', '--as', ana)).code).toBe(0)
  const workspace = { path: (...parts: string[]) => join(data, ...parts) } as unknown as Workspace
  before(data)
  const store = openCase(workspace, 'claim')
  const stories = [
    {
      id: 'S_1',
      score: 90,
      from: '2026-07-01T05:18:00.000000Z',
      to: '2026-07-02T02:55:00.000000Z',
      title: '',
      initialAccess: {
        kind: 'web-server',
        where: 'sc-web-07',
        time: '2026-07-01T05:18:00.000000Z',
        certainty: 1,
        text: '',
        cites: [],
      },
      hosts: [{ name: 'ord-app-07', status: 'compromised', cites: [] }],
      accounts: [],
      lateralMovement: [],
      steps: [{ techniques: ['T1190'], cites: [], text: '', time: '', host: '', tactic: '', level: '' }],
      reached: [],
      gaps: [],
    },
  ]
  store.keepAnswer({
    run: 'r',
    at: '2026-10-06T00:00:00.000Z',
    json: JSON.stringify({
      threads: [],
      assessment: { assertions: [], headline: 'As found.', counts: { supported: 0, contradicted: 0, open: 0 } },
      stories: { stories, detections: 1, events: 1, unjoined: 0 },
      affected: { groups: [], floor: 5, notes: [] },
      coverage: { sources: [], gaps: [], rows: [] },
      provenance: null,
      furtherSamples: [],
      lookups: null,
    }),
  })
  propose(
    store.db,
    [
      proposal('story', 'attack-story', 'story:S_1', { value: stories[0] }),
      proposal('lookup', 'read-without-recorded-reason', `subscriber:${token}`, {
        text: 'The records of +60 12-*** **78 were read on 16 days.',
        value: {
          days: 16,
          first: '2026-07-06T01:00:00.000000Z',
          last: '2026-09-27T05:00:00.000000Z',
          accounts: ['cdr_report'],
          fields: ['cell_id'],
        },
      }),
      proposal('lookup', 'tickets-after-reads', 'account:crm_7'),
      proposal('provenance', 'sample-fabricated', 'sample:1'),
    ],
    { run: 'r', at: '2026-10-06T00:00:00.000Z' },
  )
  store.close()
  return call
}

test('recommendations: proposed on findings, adopted by a person with owner and day, done, tested again, a promise kept', async () => {
  const call = await withFindings()
  const state = async (): Promise<TrackedRecommendations> =>
    JSON.parse((await call('recommend', 'list', '--json', '--as', ana)).out) as TrackedRecommendations
  const ids = (await state()).recommendations.map(({ id }) => id)
  expect(ids).toEqual([
    'close-web-way-in',
    'call-records-apart',
    'reason-before-reading',
    'logs-kept-longer/vpn-gateway',
    'log-where-data-lies/crm',
  ])
  const without = await call('recommend', 'adopt', 'close-web', '--owner', 'Aisha', '--reason', 'x', '--as', ana)
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('--due is missing')])
  const adopted = await call(
    'recommend',
    'adopt',
    'close-web',
    '--owner',
    'Aisha Rahman',
    '--due',
    '2026-10-06',
    '--reason',
    'Seen',
    '--as',
    ana,
  )
  expect([adopted.code, adopted.out], adopted.err).toEqual([0, 'D1 recorded: close-web-way-in\n'])
  expect((await call('recommend', 'list', '--as', ana)).out).toMatch(
    /R1 +close-web-way-in +adopted LATE +Aisha Rahman +2026-10-06/,
  )
  expect((await call('recommend', 'retest', 'R1', 'holds', '--found', 'x', '--reason', 'x', '--as', ana)).err).toContain(
    'R1 is adopted',
  )
  expect((await call('recommend', 'done', 'R1', '--proof', 'p', '--exhibit', 'E9', '--reason', 'x', '--as', ana)).err).toContain(
    'no exhibit E9',
  )
  expect(
    (await call('recommend', 'done', 'R1', '--proof', 'Packages', '--exhibit', 'E1', '--reason', 'Patched', '--as', ana)).code,
  ).toBe(0)
  await call(
    'recommend',
    'promise',
    'Additional measures',
    '--where',
    'press release',
    '--on',
    '2026-10-05',
    '--reason',
    'Released',
    '--as',
    ana,
  )
  expect((await call('recommend', 'cover', 'D3', 'reason-before', '--reason', 'x', '--as', ana)).err).toContain('is proposed')
  expect((await call('recommend', 'cover', 'D3', 'R1', '--reason', 'Meant by it', '--as', ana)).code).toBe(0)
  expect((await call('recommend', 'promises', '--as', ana)).out).toContain('D3  done (R1)')
  expect((await call('recommend', 'retest', 'R1', 'holds', '--found', 'Refused', '--reason', 'Scan', '--as', ben)).code).toBe(0)
  const shown = (await call('recommend', 'show', 'R1', '--as', ana)).out
  for (const text of [
    'done, tested again and held',
    'mitigation: M1051 Update Software (answers T1190)',
    'tested 2026-10-07: holds: Refused (Ben Osman)',
  ])
    expect(shown).toContain(text)
  expect((await state()).promises).toMatchObject([{ id: 'D3', state: 'held', by: ['close-web-way-in'] }])

  const own = [
    'recommend',
    'write',
    'portal-off',
    '--text',
    'Switch it off',
    '--owner',
    'Ben',
    '--due',
    '2026-11-01',
    '--proof',
    'p',
    '--retest',
    't',
    '--reason',
    'r',
    '--as',
    ben,
  ]
  expect((await call(...own, '--on', 'F_zz')).err).toContain('F_zz is no finding or gap of this case')
  expect((await call(...own, '--on', 'no-log-source:crm', '--mitigation', 'M9999')).err).toContain('M9999 is no mitigation')
  expect((await call(...own, '--on', 'no-log-source:crm', '--technique', 'T1190', '--mitigation', 'M1042')).code).toBe(0)
  const written = (await state()).recommendations.find(({ id }) => id === 'portal-off')
  expect(written).toMatchObject({ number: 'R2', state: 'adopted', grounds: [{ gap: 'no-log-source:crm' }] })
  expect(JSON.stringify(await state())).not.toContain('+60')
})

test('a request lives from the draft to its end: due by the earliest, statement against evidence, overdue shown', async () => {
  const call = await withFindings()
  const draft = [
    'request',
    'draft',
    'evidence',
    '--to',
    'Citrine Outreach',
    '--what',
    'access log',
    '--reason',
    'The sample agrees',
    '--as',
    ana,
  ]
  expect((await call(...draft)).err).toContain('a request needs a time')
  expect((await call(...draft, '--duty', 'none')).err).toContain('no duty "none" stands in this case')
  const made = await call(...draft, '--due', '2026-10-20T18:00:00+08:00', '--source', 'vpn-gateway', '--json')
  expect(JSON.parse(made.out), made.err).toMatchObject({ number: 'RQ1', decision: 'D1', due: '2026-10-07T00:00:00.000000Z' })
  expect((JSON.parse(made.out) as { text: string }).text).toContain('(from then on records are overwritten)')
  await call(...draft, '--due', '2026-10-06T18:00:00+08:00')
  expect((await call('request', 'list', '--as', ana)).out).toMatch(/RQ2 +OVERDUE +2026-10-06T10:00Z +Citrine Outreach +send it/)
  expect((await call('request', 'answer', 'RQ2', '--statement', '--reason', 'x', '--as', ben)).err).toContain(
    'RQ2 was not sent yet',
  )
  await call('request', 'sent', 'RQ2', '--to', 'Legal desk', '--by', 'courier', '--as', ana)
  expect((await call('request', 'text', 'RQ2', '--reminder', '--as', ana)).out).toContain(
    'was to be answered by 2026-10-06 10:00 UTC',
  )
  await call('request', 'reminded', 'RQ2', '--by', 'telephone', '--as', ana)
  await call('request', 'answer', 'RQ2', '--statement', '--reason', 'Nobody had access, they write', '--as', ben)
  expect((await call('request', 'close', 'RQ2', '--reason', 'x', '--as', ben)).err).toContain('answered by a statement only')
  expect((await call('request', 'answer', 'RQ2', '--reason', 'x', '--as', ben)).err).toContain(
    'evidence is named by exhibit or hash',
  )
  const answered = await call('request', 'answer', 'RQ2', '--exhibit', 'E1', '--reason', 'Whole February', '--as', ben)
  expect(answered.out).toContain('RQ2 is answered: check what came')
  await call('request', 'close', 'RQ2', '--reason', 'Hashes compared', '--as', ben)
  expect((await call('request', 'reminded', 'RQ2', '--by', 'post', '--as', ben)).err).toContain('RQ2 is closed')
  const { requests } = JSON.parse((await call('request', 'list', '--json', '--as', ana)).out) as { requests: TrackedRequest[] }
  expect(requests.map(({ number, state, overdue }) => [number, state, overdue])).toEqual([
    ['RQ1', 'drafted', false],
    ['RQ2', 'closed', false],
  ])
  expect(requests[1]?.evidence).toMatchObject([{ exhibit: 'E1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }])
  expect((await call('request', 'show', 'RQ9', '--as', ana)).code).toBe(2)
})

const contract = `id: citrine-contract
law: Agreement with Citrine Outreach (invented)
origin: contract
zone: Asia/Kuala_Lumpur
roles: [contract-party]
status: in-force
effectiveFrom: 2026-01-01
version: '1'
checked: 2026-11-01
advice: not legal advice
rules:
  - id: evidence
    recipient: Citrine Outreach
    step: Evidence within two days of asking
    trigger: [suspicion]
    period: { hours: 48 }
    thresholds: []
    form: none
    source: { text: clause 9, read: 2026-11-01, basis: own }
forms:
  - { id: none, note: No form., fields: [] }
`

test("a contract's duty to hand over evidence gives the request its time, and is not named in the decision", async () => {
  const call = await withFindings((data) => {
    mkdirSync(join(data, 'private', 'laws'), { recursive: true })
    writeFileSync(join(data, 'private', 'laws', 'citrine.yml'), contract)
  })
  const made = await call(
    'request',
    'draft',
    'evidence',
    '--to',
    'Citrine Outreach',
    '--what',
    'access log',
    '--reason',
    'x',
    '--as',
    ana,
    '--duty',
    'citrine-contract/evidence',
    '--due',
    '2026-10-30T00:00:00+08:00',
    '--json',
  )
  expect(made.code, made.err).toBe(0)
  expect(JSON.parse(made.out), made.err).toMatchObject({ due: '2026-10-09T00:00:00.000000Z' })
  expect((JSON.parse(made.out) as { text: string }).text).toContain('the time of the agreement between us')
  expect((await call('request', 'show', 'RQ1', '--as', ana)).out).toContain('(by citrine-contract/evidence)')
  expect((await call('case', 'show', 'claim', '--as', ana)).out).not.toContain('citrine-contract')
})

test('persons at risk: law, authority, channel, eviction and two persons before anybody is told; nothing of it in a report', async () => {
  const call = await withFindings()
  const enter = (...args: string[]): ReturnType<typeof run> => call('at-risk', ...args, '--reason', 'As advised', '--as', ana)
  const told = ['told', person]
  expect((await enter(...told)).err).toContain('may not be told: law: not decided')
  expect((await enter('release', person)).err).toContain('law: not decided')
  await enter('law', 'yes')
  await enter('ask', 'all', '--authority', 'Police, cyber crime unit', '--by', 'in person')
  const noEnd = await enter('answer', 'delay', 'all', '--authority', 'Police, cyber crime unit')
  expect([noEnd.code, noEnd.err]).toEqual([2, expect.stringContaining('--until is missing')])
  await enter('answer', 'delay', 'all', '--authority', 'Police, cyber crime unit', '--until', '2026-10-20T00:00:00+08:00')
  expect((await call('at-risk', 'list', '--as', ana)).out).toContain('delay 2026-10-19T16:00Z')
  await enter('channel', 'in-person', 'all', '--not-ours')
  expect((await enter('release', 'all')).err).toContain('asks to wait until 2026-10-19 16:00 UTC')
  await enter('answer', 'go', 'all', '--authority', 'Police, cyber crime unit')
  expect((await enter('channel', 'text-message', 'all', '--over', 'CRM')).err).toContain(
    'its host ord-app-07 is compromised in the story',
  )
  expect((await enter('channel', 'text-message', 'all', '--over', 'smsc')).err).toContain('not in the inventory')
  expect((await enter('channel', 'letter', 'all')).err).toContain('what carries it is not said')
  expect((await enter('channel', 'letter', 'all', '--over', 'print-room')).code).toBe(0)
  expect((await enter('release', 'all')).code).toBe(0)
  expect((await enter('release', 'all')).err).toContain('a second person must')
  expect((await call('at-risk', 'brief', person, '--as', ana)).err).toContain('is not released by two persons')
  expect((await call('at-risk', 'release', person, '--reason', 'Go', '--as', ben)).code).toBe(0)
  expect((await enter(...told)).err).toContain('eviction: not done yet')
  await enter('eviction', 'done')
  const brief = (await call('at-risk', 'brief', person, '--as', ben)).out
  expect(brief).toContain(`token ${token}`)
  expect(brief).toContain('plain envelope, the address alone')
  expect((await enter(...told)).out).toContain('1 person of 1 told')
  expect((await enter(...told)).err).toContain(`${person} is told`)
  const queue = JSON.parse((await call('at-risk', 'list', '--json', '--as', ana)).out) as AtRiskQueue
  expect(queue.persons).toMatchObject([{ pseudonym: person, state: 'told', releasedBy: [ana, ben], days: 16 }])
  expect(JSON.stringify(queue)).not.toMatch(new RegExp(`${token}|\\+60`))
  const ledger = await call('case', 'show', 'claim', '--as', ana)
  expect(ledger.out + ledger.err).not.toMatch(/P-0c32|cyber crime unit/)
  expect((await call('verify', 'claim', '--as', ana)).out).not.toContain('wrong')
})

test('the eviction is that of the playbook, once its containment is closed', async () => {
  const call = await withFindings()
  const state = async (): Promise<string> =>
    (JSON.parse((await call('at-risk', 'list', '--json', '--as', ana)).out) as AtRiskQueue).eviction.state
  expect(await state()).toBe('not-started')
  const started = await call('playbook', 'start', 'covert-record-access', '--json', '--as', ana)
  const { steps } = JSON.parse(started.out) as { steps: { task: string; step: string }[] }
  expect(await state()).toBe('running')
  for (const { task } of steps.filter(({ step }) => step.startsWith('quiet-eviction'))) {
    expect((await call('playbook', 'approve', task, '--reason', 'Agreed', '--as', ben)).code).toBe(0)
    const closed = await call('playbook', 'done', task, '--outcome', 'cut', '--anyway', 'exercise', '--as', ana)
    expect(closed.code, closed.err).toBe(0)
  }
  expect(await state()).toBe('done')
})
