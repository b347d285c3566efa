import { expect, test } from 'vitest'
import { assess, type Findings, type Settling } from '../../src/assessment/index.ts'
import type { Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { LogSource, Registered, Vendor } from '../../src/inventory/index.ts'

const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'post.json', at: { kind: 'record', n: 2 } }

const source = (id: string, given: Partial<LogSource>): Registered => ({
  kind: 'log_source',
  id,
  entry: `log_source:${id}`,
  revision: 3,
  ...given,
})
const vendor = (id: string, given: Partial<Vendor>): Registered => ({
  kind: 'vendor',
  id,
  name: id,
  status: 'active',
  services: [],
  entry: `vendor:${id}`,
  revision: 1,
  ...given,
})
const crm: Registered = {
  kind: 'system',
  id: 'crm',
  name: 'CRM',
  hosts: ['crm-app-01.meridian.example'],
  internetFacing: false,
  data: [],
  entry: 'system:crm',
  revision: 1,
}

function settles(kind: 'access' | 'third-party', subject: string, findings: Partial<Findings>): readonly Settling[] {
  const thread: Thread = {
    id: 'thread:x',
    actor: 'X',
    victims: [],
    posts: [],
    assertions: [{ id: 'A1', kind, by: 'actor', text: 'words', subject, cite }],
    demands: [],
    deadlines: [],
    statements: [],
    thirdParties: [],
  }
  return assess([thread], { coverage: { sources: [], gaps: [] }, ...findings }).assertions[0]?.settles ?? []
}

const needed = { from: '2026-09-01', to: '2026-10-05' }

test('A14 the owner of a log of the system named is asked, those of other systems are not', () => {
  const inventory = [
    crm,
    source('crm-app', { host: 'CRM-APP-01', owner: 'CRM team', retentionDays: 90 }),
    source('billing', { host: 'bil-01', owner: 'Billing team', retentionDays: 10 }),
    source('collector', { owner: 'SOC', retentionDays: 365 }),
  ]
  const asked = settles('access', 'your CRM', { inventory, needed })
  expect(asked.map((one) => one.ask)).toEqual(['CRM team', 'SOC'])
  expect(asked[0]).toMatchObject({
    by: '2026-11-30T00:00:00.000000Z',
    until: '2027-01-04T00:00:00.000000Z',
    cites: [{ kind: 'inventory', entry: 'log_source:crm-app', revision: 3 }],
  })
  expect(settles('access', 'something else', { inventory, needed }).map((one) => one.ask)).toEqual([
    'Billing team',
    'CRM team',
    'SOC',
  ])
})

test('A15 days gone when the case was opened are not asked for, days in an exhibit neither', () => {
  const inventory = [source('vpn', { owner: 'Network team', retentionDays: 30 })]
  const [first] = settles('access', 'x', { inventory, needed })
  expect(first?.text).toBe(
    'Ask Network team for vpn of 2026-09-05 to 2026-10-05: it is kept 30 days; the first of these days goes from 2026-10-05 00:00 UTC, the last by 2026-11-05 00:00 UTC. Of the days needed those before 2026-09-05 were gone on 2026-10-05.',
  )
  const held = new Map([['log_source:vpn', [{ from: '2026-09-01', to: '2026-10-01' }]]])
  expect(settles('access', 'x', { inventory, needed, held })[0]).toMatchObject({ by: '2026-11-01T00:00:00.000000Z' })
  const all = new Map([['log_source:vpn', [{ from: '2026-08-01', to: '2026-10-31' }]]])
  expect(settles('access', 'x', { inventory, needed, held: all })).toEqual([])
})

test('A15 a log that has lost everything needed says so and asks nobody; an unknown retention is asked at once', () => {
  const short = [source('proxy', { owner: 'SOC', retentionDays: 0 })]
  const [gone] = settles('access', 'x', {
    inventory: short,
    needed: { from: '2026-09-01', to: '2026-09-30' },
    held: new Map([['log_source:proxy', [{ from: '2026-09-30', to: '2026-09-30' }]]]),
  })
  expect(gone?.text).toBe('proxy: it is kept 0 days; what is needed of it was gone on 2026-09-30.')
  expect(gone).not.toHaveProperty('ask')
  const unknown = [source('dns', {})]
  const [asked] = settles('access', 'x', { inventory: unknown, needed })
  expect(asked?.text).toContain('whom the inventory does not name')
  expect(asked?.text).toContain('how long it is kept is not known, so at once')
  expect(asked).not.toHaveProperty('by')
})

test('A14 without an inventory nobody is named', () => {
  const asked = settles('access', 'x', { needed })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.text).toMatch(/^The inventory names no log source/)
  expect(asked[0]).not.toHaveProperty('ask')
})

test('A15 the duty of a vendor runs from the opening of the case', () => {
  const inventory = [vendor('Kestrel Billing', { evidenceDays: 5 })]
  const [asked] = settles('third-party', 'a supplier', { inventory, needed }).filter((one) => one.ask === 'Kestrel Billing')
  expect(asked?.by).toBe('2026-10-11T00:00:00.000000Z')
  expect(asked?.text).toContain(
    'Its contract gives it 5 days to hand over evidence: until 2026-10-11 00:00 UTC when asked on 2026-10-05.',
  )
})

test('A14 vendors are asked, ended ones too, and no duty of theirs is made up', () => {
  const inventory = [vendor('Kestrel Billing', { status: 'ended', ended: '2024-03-31' }), vendor('Northline Print', {})]
  const asked = settles('third-party', 'a supplier', { inventory }).filter((one) => one.ask !== undefined)
  expect(asked.map((one) => one.ask)).toEqual(['Kestrel Billing', 'Northline Print'])
  expect(asked[0]?.text).toContain('The contract ended on 2024-03-31.')
  for (const one of asked) {
    expect(one.text).toContain('for the contract to say')
    expect(one).not.toHaveProperty('by')
  }
})

test('A14 over all parts of a claim everything is asked once, what goes first before what has no date', () => {
  const thread: Thread = {
    id: 'thread:x',
    actor: 'X',
    victims: [],
    posts: [],
    assertions: [
      { id: 'A1', kind: 'access', by: 'actor', text: 'We are inside', cite },
      { id: 'A2', kind: 'data-taken', by: 'actor', text: 'We have your data', cite },
    ],
    demands: [],
    deadlines: [],
    statements: [],
    thirdParties: [],
  }
  const inventory = [
    source('dns', { owner: 'SOC' }),
    source('vpn', { owner: 'Network team', retentionDays: 60 }),
    source('proxy', { owner: 'Network team', retentionDays: 40 }),
  ]
  const [one] = assess([thread], { coverage: { sources: [], gaps: [] }, inventory, needed }).threads ?? []
  const texts = one?.asks.map((ask) => ask.text) ?? []
  expect(new Set(texts).size).toBe(texts.length)
  expect(one?.asks.map((ask) => ask.by !== undefined)).toEqual([true, true, false, false])
  expect(texts[0]).toContain('for proxy of')
})
