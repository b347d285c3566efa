import { expect, test } from 'vitest'
import { assess, countAffected, type Findings } from '../../src/assessment/index.ts'
import type { Assertion, Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { Story } from '../../src/intrusion/index.ts'
import type { Verdict } from '../../src/provenance/index.ts'

const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'post.json', at: { kind: 'record', n: 2 } }
const sampleCite: Cite = { kind: 'exhibit', sha256: 'd'.repeat(64), file: 'sample.csv', at: { kind: 'whole' } }
const noCoverage: Findings['coverage'] = { sources: [], gaps: [] }

function thread(assertion: Partial<Assertion> & Pick<Assertion, 'kind'>): Thread {
  return {
    id: 'thread:x',
    actor: 'X',
    victims: [{ name: 'Meridian Telekom', standing: 'named', cites: [cite] }],
    posts: [],
    assertions: [{ id: 'A1', by: 'actor', text: 'words', cite, ...assertion }],
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
    kind: { real: 1, recycled: 0, fabricated: 0, mixed: 0, combo: 0 },
    sources: [
      {
        copy: 'k',
        holder: 'Vendor K',
        system: 'crm',
        posterior: 1,
        log10LR: 6,
        rowsInside: 100,
        rowsAgreeing: 99,
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
    statement: 'The sample agrees with the extract cut for Vendor K.',
    grounds: [{ text: 'ground', cites: [sampleCite] }],
    prior: '',
    calibration: '',
    ...given,
  }
}

const story: Story = {
  id: 'S_1',
  score: 60,
  from: '2026-03-02T08:00:00.000000Z',
  to: '2026-03-02T12:00:00.000000Z',
  title: '',
  initialAccess: {
    kind: 'web-server',
    where: 'web-1',
    time: '',
    certainty: 0.9,
    text: 'The first step is on the web server web-1.',
    cites: [cite],
  },
  hosts: [{ name: 'web-1', status: 'compromised', cites: [cite] }],
  accounts: [],
  lateralMovement: [],
  steps: [{ time: '', host: 'web-1', tactic: 'execution', techniques: [], level: 'high', text: 'a step', cites: [cite] }],
  reached: [],
  gaps: [],
}
const stories = { stories: [story], detections: 5, events: 100, unjoined: 0 }

function statusOf(assertion: Partial<Assertion> & Pick<Assertion, 'kind'>, findings: Partial<Findings>) {
  const [one] = assess([thread(assertion)], { operator: 'Meridian Telekom', coverage: noCoverage, ...findings }).assertions
  return one
}

test.each<[string, Partial<Assertion> & Pick<Assertion, 'kind'>, Partial<Findings>, string]>([
  ['access with a story', { kind: 'access' }, { stories }, 'supported'],
  ['access with a lead only', { kind: 'access' }, { stories: { ...stories, stories: [{ ...story, score: 25 }] } }, 'open'],
  ['access without logs', { kind: 'access' }, {}, 'open'],
  ['access with silent logs', { kind: 'access' }, { stories: { ...stories, stories: [] } }, 'open'],
  ['access with a copy only', { kind: 'access' }, { provenance: verdict({}) }, 'open'],
  ['lines as many as the sample', { kind: 'count', quantity: 100, unit: 'lines' }, { provenance: verdict({}) }, 'supported'],
  ['more lines than the sample', { kind: 'count', quantity: 5000, unit: 'lines' }, { provenance: verdict({}) }, 'open'],
  ['a fabricated sample', { kind: 'data-taken' }, { provenance: verdict({ verdict: 'fabricated' }) }, 'contradicted'],
  ['a recycled sample', { kind: 'data-taken' }, { provenance: verdict({ verdict: 'recycled' }) }, 'contradicted'],
  [
    'a sample of the own records from a copy that nobody registered',
    { kind: 'data-taken' },
    { provenance: verdict({ verdict: 'unknown-copy' }) },
    'supported',
  ],
  ['a list of logins', { kind: 'data-taken' }, { provenance: verdict({ verdict: 'login-list' }) }, 'contradicted'],
  ['data without a sample', { kind: 'data-taken' }, {}, 'open'],
  ['a threat to publish', { kind: 'data-taken', standing: 'threatened' }, { provenance: verdict({}) }, 'open'],
  ['a vendor and an extract', { kind: 'third-party', by: 'victim' }, { provenance: verdict({}) }, 'supported'],
  ['a vendor and nothing', { kind: 'third-party', by: 'victim' }, {}, 'open'],
  ['a denial against a story', { kind: 'denial', by: 'victim' }, { stories }, 'contradicted'],
  [
    'a denial and a lead',
    { kind: 'denial', by: 'victim' },
    { stories: { ...stories, stories: [{ ...story, score: 25 }] } },
    'open',
  ],
  ['a denial and silence', { kind: 'denial', by: 'victim' }, { stories: { ...stories, stories: [] } }, 'open'],
  ['the way in as said', { kind: 'method', text: 'through an internet-facing web server' }, { stories }, 'supported'],
  ['another way in', { kind: 'method', text: 'through a VPN' }, { stories }, 'open'],
  ['a threat of shutting down', { kind: 'capability' }, { stories }, 'open'],
  ['who did it', { kind: 'attribution', by: 'researcher' }, { stories }, 'open'],
  [
    'another organisation',
    { kind: 'count', quantity: 100, unit: 'lines', victim: 'Northshore Tutors' },
    { provenance: verdict({}) },
    'open',
  ],
])('%s', (_, assertion, findings, status) => {
  const one = statusOf(assertion, findings)
  expect(one?.status).toBe(status)
  expect(one?.ground.cites.length).toBeGreaterThan(0)
  if (status === 'open') expect(one?.missing.length).toBeGreaterThan(0)
  if (status !== 'supported') expect(one?.coverage.length).toBeGreaterThan(0)
})

test('a sample that looks made up never becomes "no compromise"', () => {
  const one = statusOf({ kind: 'data-taken' }, { provenance: verdict({ verdict: 'fabricated' }) })
  expect(one?.ground.text).toContain('says nothing about whether systems were entered')
  const access = statusOf({ kind: 'access' }, { provenance: verdict({ verdict: 'fabricated' }) })
  expect(access?.status).toBe('open')
})

test('more subscribers than the base holds is contradicted, with the inventory beside it', () => {
  const base = {
    count: 200_000,
    sentence: { text: 'base', cites: [{ kind: 'inventory', entry: 'subscriber_base:x', revision: 1 } as const] },
  }
  expect(
    statusOf({ kind: 'data-taken', quantity: 398_000, unit: 'subscribers' }, { subscriberBase: base, provenance: verdict({}) }),
  ).toMatchObject({
    status: 'contradicted',
  })
  expect(
    statusOf({ kind: 'data-taken', quantity: 150_000, unit: 'subscribers' }, { subscriberBase: base, provenance: verdict({}) })
      ?.status,
  ).toBe('open')
})

test('rows, lines and persons are told apart; fewer than five persons are not counted out', () => {
  const counted = (given: Partial<Verdict>) =>
    countAffected({ samples: [{ name: 'a.csv', cite: sampleCite, provenance: verdict(given) }] })
  const { groups } = counted({ rows: 120, read: 110, identified: 100 })
  expect(groups).toMatchObject([{ source: 'sample', lines: 120, records: 110, persons: 100, suppressed: false }])
  const few = counted({ identified: 3 }).groups[0]
  expect(few).toMatchObject({ suppressed: true })
  expect(few).not.toHaveProperty('persons')
  expect(few?.text).not.toContain('3')
})

const numbered = (given: Partial<Verdict> = {}): Verdict =>
  verdict({
    signs: [
      {
        sign: 'table-size',
        log10LR: 0,
        sentence: { text: 'The contract numbers run over a range.', cites: [sampleCite] },
        table: { numbers: 400, least: 49_900, about: 50_150, most: 50_490 },
      },
    ],
    ...given,
  })

test.each<[string, Partial<Assertion>, RegExp]>([
  ['a hundred times the table', { quantity: 5_000_000, unit: 'customers' }, /That contradicts 5,000,000 customers, if the rows/],
  [
    'about the table',
    { quantity: 52_000, qualifier: 'about', unit: 'records' },
    /That supports about 52,000 records as the size/,
  ],
  [
    'a part of the table',
    { quantity: 9_000, qualifier: 'exactly', unit: 'rows' },
    /Whether 9,000 rows were taken cannot be told/,
  ],
  ['more than a part', { quantity: 9_000, qualifier: 'at least', unit: 'rows' }, /That supports at least 9,000 rows/],
  [
    'no more than',
    { quantity: 900_000, qualifier: 'at most', unit: 'rows' },
    /Whether at most 900,000 rows were taken cannot be told/,
  ],
])('the numbers of the sample against the claim: %s', (_, amount, words) => {
  const one = statusOf({ kind: 'count', ...amount }, { provenance: numbered() })
  // What rows were shown is the actor's choice: it decides nothing alone.
  expect(one?.status).toBe('open')
  const said = (one?.grounds ?? []).filter((ground) => ground.text.startsWith("By the sample's own numbers"))
  expect(said).toMatchObject([{ text: expect.stringMatching(words), cites: [sampleCite] }])
  expect(one?.missing.some((text) => text.startsWith('how the rows shown were chosen'))).toBe(/contradicts/.test(words.source))
})

test.each<[string, Partial<Assertion>, Verdict]>([
  ['an amount of bytes', { quantity: 500, unit: 'GB' }, numbered()],
  ['no amount', {}, numbered()],
  ['numbers that tell nothing', { quantity: 5_000_000, unit: 'customers' }, verdict({})],
  ['an invented sample', { quantity: 5_000_000, unit: 'customers' }, numbered({ verdict: 'fabricated' })],
])('the size of a table is not compared with %s', (_, amount, provenance) => {
  const one = statusOf({ kind: 'count', ...amount }, { provenance })
  const texts = [one?.ground.text, ...(one?.grounds ?? []).map((ground) => ground.text)]
  expect(texts.some((text) => text?.includes("sample's own numbers"))).toBe(false)
})

test('a sample that meets nothing can still speak against the amount claimed', () => {
  const provenance = numbered({ verdict: 'not-established', statement: 'Not established.' })
  const one = statusOf({ kind: 'count', quantity: 5_000_000, unit: 'customers' }, { provenance })
  expect(one?.status).toBe('open')
  expect(one?.grounds.at(-1)?.text).toMatch(/contradicts 5,000,000 customers/)
})
