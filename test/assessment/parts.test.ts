import { expect, test } from 'vitest'
import { assess, type AssessedPart, type Findings } from '../../src/assessment/index.ts'
import type { Reading, Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { Registered } from '../../src/inventory/index.ts'
import type { Story } from '../../src/intrusion/index.ts'
import type { Verdict } from '../../src/provenance/index.ts'

const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'post.json', at: { kind: 'record', n: 2 } }
const sampleCite: Cite = { kind: 'exhibit', sha256: 'd'.repeat(64), file: 'sample.csv', at: { kind: 'whole' } }

/** An invented claim; what is said by whom. */
function claim(...said: readonly (Partial<Reading> & Pick<Reading, 'kind'>)[]): Thread {
  return {
    id: 'thread:x',
    actor: 'X',
    victims: [{ name: 'Meridian Telekom', standing: 'named', cites: [cite] }],
    posts: [
      {
        at: { at: '2026-10-05T08:00:00.000000Z', zone: 'stated' },
        channel: 'x',
        source: 'actor',
        text: '',
        attachments: [],
        cite,
      },
    ],
    assertions: [],
    readings: said.map((one, n): Reading => ({ id: `R${n + 1}`, by: 'actor', text: `sentence ${n + 1}`, cite, ...one })),
    demands: [],
    deadlines: [],
    statements: [],
    thirdParties: [],
  }
}

function verdict(given: Partial<Verdict>): Verdict {
  return {
    rows: 100,
    read: 100,
    identified: 100,
    columns: [{ name: 'tel', meaning: 'msisdn' }],
    kind: { real: 0.9999, recycled: 0, fabricated: 0.0001, mixed: 0, combo: 0 },
    sources: [
      {
        copy: 'k',
        holder: 'Kestrel Billing',
        system: 'CRM',
        cutDay: '2026-09-28',
        posterior: 1,
        log10LR: 6,
        rowsInside: 100,
        rowsAgreeing: 99,
        asOf: { day: '2026-09-28', from: '2026-09-26', to: '2026-09-28' },
        alsoHeldBy: [],
        fields: [],
        cites: [],
      },
    ],
    unknownCopy: 0,
    knownLeaks: [],
    fabricated: 0,
    padding: { rows: 0 },
    verdict: 'agrees-with-copy',
    statement: 'The sample agrees with the extract cut for Kestrel Billing.',
    grounds: [{ text: 'ground', cites: [sampleCite] }],
    prior: '',
    calibration: '',
    ...given,
  }
}

const story = (given: Partial<Story>): NonNullable<Findings['stories']> => ({
  stories: [
    {
      id: 'S_1',
      score: 45,
      from: '2026-09-02T08:00:00.000000Z',
      to: '2026-09-02T12:00:00.000000Z',
      title: '',
      hosts: [{ name: 'crm-app-01', status: 'compromised', cites: [cite] }],
      accounts: [],
      lateralMovement: [],
      steps: [{ time: '', host: 'crm-app-01', tactic: '', techniques: [], level: 'high', text: 'a step', cites: [cite] }],
      reached: [],
      gaps: [],
      ...given,
    },
  ],
  detections: 1,
  events: 1,
  unjoined: 0,
})

const inventory: readonly Registered[] = [
  {
    kind: 'system',
    id: 'crm',
    name: 'CRM',
    hosts: ['crm-app-01'],
    internetFacing: false,
    data: [],
    entry: 'system:crm',
    revision: 1,
  },
  {
    kind: 'system',
    id: 'queue',
    name: 'Queue system',
    hosts: ['queue-01'],
    internetFacing: true,
    data: [],
    entry: 'system:queue',
    revision: 1,
  },
]

function partsOf(thread: Thread, findings: Partial<Findings> = {}): Record<string, AssessedPart> {
  const given = { operator: 'Meridian Telekom', coverage: { sources: [], gaps: [] }, ...findings }
  return Object.fromEntries(assess([thread], given).threads?.flatMap((one) => one.parts.map((part) => [part.part, part])) ?? [])
}

test('A1 a claim of access alone is not judged on data; what nobody says is told as implied', () => {
  const parts = partsOf(claim({ kind: 'access' }))
  expect(Object.keys(parts)).toEqual(['access', 'third-party'])
  expect(parts['access']?.asserted).toHaveLength(1)
  expect(parts['third-party']?.asserted).toEqual([])
  expect(Object.keys(partsOf(claim({ kind: 'possession' })))).toEqual([
    'access',
    'data',
    'whose',
    'third-party',
    'personal-data',
    'age',
  ])
})

test('A1 what is said of another organisation is no part of the claim, and a thread about others has no parts', () => {
  expect(partsOf(claim({ kind: 'capability', victim: 'Northshore Tutors' }, { kind: 'access' }))).not.toHaveProperty('disruption')
  expect(partsOf(claim({ kind: 'access', victim: 'Northshore Tutors' }))).toEqual({})
})

test.each<[Reading['by'], string]>([
  ['victim', 'We confirm that intruders were in our CRM.'],
  ['authority', 'An intrusion into the CRM took place.'],
  ['researcher', 'We saw the intrusion.'],
  ['press', 'The company was breached.'],
])('A2 words of %s raise nothing: quoted beside, on neither side', (by, text) => {
  const quiet = partsOf(claim({ kind: 'access' }))['access']
  const loud = partsOf(claim({ kind: 'access' }, { kind: 'access', by, text }))['access']
  expect(loud).toMatchObject({ status: 'open', strength: 'none', for: [], against: [] })
  expect(loud?.said).toMatchObject([{ by, text, denies: false }])
  expect(loud?.restsOn).toContain('no evidence at hand bears on it')
  expect(loud?.ground).toEqual(quiet?.ground)
  expect(quiet).not.toHaveProperty('restsOn')
})

test('A2 the words of the actor are never quoted as a statement, doubtful readings of others neither', () => {
  const parts = partsOf(claim({ kind: 'access' }, { kind: 'access', by: 'press', doubts: ['perhaps ironic'] }))
  expect(parts['access']?.said).toEqual([])
})

test.each<[number, Story['initialAccess'], string]>([
  [39, undefined, 'weak'],
  [40, undefined, 'moderate'],
  [90, undefined, 'moderate'],
  [90, { kind: 'web-server', where: 'web-1', time: '', certainty: 0.9, text: 'first', cites: [cite] }, 'strong'],
])('A3 a story of %s bits is %s evidence', (score, initialAccess, strength) => {
  const given = initialAccess === undefined ? { score } : { score, initialAccess }
  const { access } = partsOf(claim({ kind: 'access' }), { stories: story(given) })
  expect(access?.strength).toBe(strength)
  expect(access?.status).toBe(score < 40 ? 'open' : 'supported')
})

test('A4 the system named: steps on its hosts support it, a copy of another system leans against it, a name nobody knows stays open', () => {
  const said = (subject: string): Thread => claim({ kind: 'access', subject })
  expect(partsOf(said('the CRM backend'), { inventory, stories: story({}) })['system']).toMatchObject({
    status: 'supported',
    strength: 'moderate',
  })
  expect(partsOf(said('your queue system'), { inventory, stories: story({}) })['system']).toMatchObject({
    status: 'open',
    for: [],
  })
  const queue = partsOf(said('your queue system'), { inventory, provenance: verdict({}) })['system']
  expect(queue).toMatchObject({ status: 'open', strength: 'moderate', for: [] })
  expect(queue?.against[0]?.text).toContain('another system than Queue system')
  expect(queue?.beside.map((one) => one.text)).toEqual([
    'The inventory has Queue system as reachable from outside. That says what was possible, not that it was done.',
  ])
  const unknown = partsOf(said('the scrmx box'), { inventory, provenance: verdict({}) })['system']
  expect(unknown).toMatchObject({ status: 'open', strength: 'none', for: [], against: [] })
})

test('A4 a kind of system is looked for only where no name is said', () => {
  const kinds = inventory.map((one) => (one.kind === 'system' ? { ...one, type: 'database' } : one))
  const ground = (subject: string): string | undefined =>
    partsOf(claim({ kind: 'access', subject }), { inventory: kinds })['system']?.ground.text
  expect(ground('the CRM database')).toContain('it was CRM.')
  expect(ground('a database')).toContain('it was CRM, Queue system.')
  const parts = partsOf(claim({ kind: 'access', subject: 'a database' }), { inventory: kinds, stories: story({}) })
  expect(parts['system']).toMatchObject({ status: 'open', strength: 'moderate', against: [] })
})

test('A4 a hole that stands open says what was possible, and supports nothing', () => {
  const hole = {
    cve: 'CVE-2026-0001',
    title: '',
    product: 'product:portal',
    revision: 1,
    name: 'Portal 1.0',
    system: 'queue',
    status: 'affected',
    grounds: [],
    exploited: true,
    ransomware: false,
    actions: [],
    exposed: true,
  } as unknown as NonNullable<Findings['exposure']>['open'][number]
  const { system, access } = partsOf(claim({ kind: 'access', subject: 'queue system' }), {
    inventory,
    exposure: { open: [hole] },
  })
  expect(system).toMatchObject({ status: 'open', strength: 'none', for: [] })
  expect(access).toMatchObject({ status: 'open', for: [] })
  expect(system?.beside.at(-1)?.text).toBe(
    'CVE-2026-0001 stands open on Portal 1.0, and is exploited elsewhere. That says what was possible, not that it was done.',
  )
})

test('A6 numbers of several operators lean to a place where they come together, and name none', () => {
  const dayOne: NonNullable<Findings['dayOne']> = {
    cites: [sampleCite],
    operators: {
      numbers: 100,
      several: true,
      shares: [
        { operator: 'Meridian Telekom', share: 0.5 },
        { operator: 'Halcyon Mobile', share: 0.5 },
      ],
      what: '',
    },
  }
  const parts = partsOf(claim({ kind: 'possession' }), { dayOne, provenance: verdict({ verdict: 'unknown-copy', sources: [] }) })
  expect(parts['third-party']).toMatchObject({ status: 'open', strength: 'weak' })
  expect(parts['third-party']?.ground.text).not.toMatch(/Halcyon|Kestrel/)
  expect(parts['whose']).toMatchObject({ status: 'supported' })
  expect(parts['whose']?.ground.text).toContain('a part of it, not the whole')
})

test.each<[string, readonly string[], Partial<Verdict>, string]>([
  ['names', ['name:person', 'code:plan'], {}, 'supported'],
  ['serial numbers of routers', ['cpe-serial', 'code:model'], {}, 'open'],
  ['plans and models', ['code:plan', 'code:model'], {}, 'contradicted'],
  ['names in invented rows', ['name:person'], { verdict: 'fabricated' }, 'open'],
  ['columns that nobody told', [], {}, 'open'],
  ['names, no row readable', ['name:person'], { read: 0 }, 'open'],
])('A7 a sample of %s', (_, meanings, given, status) => {
  const columns = meanings.map((meaning) => ({ name: meaning, meaning }))
  const part = partsOf(claim({ kind: 'possession' }), { provenance: verdict({ columns, ...given }) })['personal-data']
  expect(part?.status).toBe(status)
  if (status === 'contradicted') expect(part?.ground.text).toContain('Of what was not shown this says nothing')
})

const asOf = (from: string, to: string): Partial<Verdict> => ({
  sources: [{ ...verdict({}).sources[0]!, asOf: { day: to, from, to } }],
})
test.each<[string, Partial<Verdict>, string]>([
  ['of last week', {}, 'supported'],
  ['of two years ago', asOf('2024-09-01', '2024-09-30'), 'contradicted'],
  ['of either', asOf('2024-09-01', '2026-09-30'), 'open'],
  ['of last week with rows of an old leak', { padding: { rows: 20 } }, 'open'],
  ['of a known leak', { verdict: 'recycled', sources: [] }, 'contradicted'],
  ['that are invented', { verdict: 'fabricated', sources: [] }, 'open'],
  ['without a day', { verdict: 'unknown-copy', sources: [] }, 'open'],
])('A8 values %s', (_, given, status) => {
  expect(partsOf(claim({ kind: 'possession' }), { provenance: verdict(given) })['age']?.status).toBe(status)
})

test.each<[string, Partial<Verdict>, string]>([
  ['Export of September 2026.', {}, 'supported'],
  ['Full dump dated 2024, never seen before.', asOf('2024-09-01', '2024-09-30'), 'supported'],
  ['Full dump dated 2025.', asOf('2024-09-01', '2024-09-30'), 'contradicted'],
  ['Data of 30 September 2024.', asOf('2024-09-01', '2024-09-30'), 'open'],
  ['Export of September 2026.', { padding: { rows: 3 } }, 'open'],
])('A8 an age that is stated is judged as stated: %s', (text, given, status) => {
  const age = partsOf(claim({ kind: 'possession' }, { kind: 'recency', text }), { provenance: verdict(given) })['age']
  expect(age).toMatchObject({ status, proposition: 'The data are of the time stated.' })
})

test('A8 how long somebody says to be inside is no age of data', () => {
  const thread = claim({ kind: 'possession' }, { kind: 'recency', text: 'We have had access since March 2024.' })
  expect(partsOf(thread, { provenance: verdict({}) })['age']).toMatchObject({
    status: 'supported',
    proposition: 'The data are new.',
  })
})

test('A5, A9 the data are judged without the amount, and the amount apart', () => {
  const parts = partsOf(claim({ kind: 'possession' }, { kind: 'quantity', quantity: 4_000_000, unit: 'rows' }), {
    provenance: verdict({}),
  })
  expect(parts['data']).toMatchObject({ status: 'supported', strength: 'strong' })
  expect(parts['amount']).toMatchObject({ status: 'open', strength: 'none' })
})

test.each<[number, string, number, string]>([
  [4_000_000, 'rows', 3_700_000, 'weak'],
  [4_000_000, 'rows', 3_000_000, 'none'],
  [4_000_000, 'GB', 9_000_000, 'none'],
])('A9 %s %s said, %s rows read at once: %s', (quantity, unit, rows, strength) => {
  const lookups = {
    accounts: [],
    watched: [],
    bulk: [{ account: 'svc_batch', at: '2026-09-03T01:00:00Z', rows, cites: [cite] }],
  } as unknown as NonNullable<Findings['lookups']>
  const { amount } = partsOf(claim({ kind: 'possession' }, { kind: 'quantity', quantity, unit }), {
    lookups,
    provenance: verdict({}),
  })
  expect(amount).toMatchObject({ status: 'open', strength })
  expect(amount?.for.map((one) => one.text)).toEqual(
    strength === 'none'
      ? []
      : ['Account svc_batch read 3,700,000 rows at once on 2026-09-03: as much as is said was read. That it left is not shown.'],
  )
})

test('A9 what a story reached stands beside, and makes no data real', () => {
  const reached: Story['reached'] = [{ what: 'cdr.voice', kind: 'database object', text: 'cdr.voice was read.', cites: [cite] }]
  const { data } = partsOf(claim({ kind: 'possession' }), { stories: story({ reached }) })
  expect(data).toMatchObject({ status: 'open', strength: 'none', for: [] })
  expect(data?.beside.map((one) => one.text)).toEqual(['cdr.voice was read.'])
})

test('A11 an offer at hand is an offer; one that is only reported is not', () => {
  expect(partsOf(claim({ kind: 'sale' }))['sale']).toMatchObject({ status: 'supported' })
  const elsewhere: Cite = { ...cite, sha256: 'e'.repeat(64) }
  expect(partsOf(claim({ kind: 'sale', cite: elsewhere }))['sale']).toMatchObject({ status: 'open', for: [] })
})

test.each<['defacement' | 'content' | 'takeover', string]>([
  ['defacement', 'supported'],
  ['takeover', 'supported'],
  ['content', 'open'],
])('A11 a page whose two states show %s', (kind, status) => {
  const pages = [{ url: 'https://www.meridian.example/', kind, reasons: ['a reason'], at: '2026-10-05T09:00:00Z', cites: [cite] }]
  expect(partsOf(claim({ kind: 'defacement' }), { pages })['defacement']?.status).toBe(status)
})

test('A12 accounts used beyond chance lean to help from inside and never support it', () => {
  const lookups = {
    accounts: [
      { account: 'agent07', watched: 3, unexplained: 9, kind: '', beyondChance: true, grounds: [], cites: [cite] },
      { account: 'agent08', watched: 1, unexplained: 1, kind: '', beyondChance: false, grounds: [], cites: [cite] },
    ],
    bulk: [],
    watched: [],
  } as unknown as NonNullable<Findings['lookups']>
  const part = partsOf(claim({ kind: 'insider-help' }), { lookups })['insider-help']
  expect(part).toMatchObject({ status: 'open', strength: 'weak' })
  expect(part?.for).toHaveLength(1)
  expect(part?.for[0]?.text).toMatch(/agent07.*stolen account/)
})

test('A16 the summary tells part by part, what statements alone say, and names no one', () => {
  const thread = claim(
    { kind: 'possession' },
    { kind: 'quantity', quantity: 4_000_000, unit: 'rows' },
    { kind: 'access', by: 'victim', text: 'We were breached.' },
  )
  const [one] =
    assess([thread], {
      operator: 'Meridian Telekom',
      coverage: { sources: [], gaps: [] },
      provenance: verdict(asOf('2024-09-01', '2024-09-30')),
    }).threads ?? []
  expect(one?.summary.text).toBe(
    "Partly true: supported: real records (strong), that they are of the operator's customers (strong), a third party as the place (strong), personal data in what was shown (strong); contradicted: that the data are new (strong); open: access to systems, the amount.",
  )
  expect(one?.summary.cites.length).toBeGreaterThan(1)
})
