import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { eventsTable } from '../../src/events/index.ts'
import { compile, loadRules, ruleSql, SqlValues, type Plan, type Rule, type Test } from '../../src/sigma/index.ts'
import { compilePlan } from '../../src/sigma/matcher.ts'
import { parseNetwork, type Network } from '../../src/sigma/network.ts'
import { isWrittenFor } from '../../src/sigma/rule-set.ts'
import { viewOf } from '../../src/sigma/view.ts'
import { openLake } from '../../src/store/index.ts'
import { eventOf } from '../sigma/event.ts'
import { events as randomEvents, plans, ruleOf } from '../sigma/random-rules.ts'
import { hasSharedData, orSkipped, publishedRules } from '../sigma/sigmahq.ts'
import { Choices, mutate, satisfy, type Fields } from './sigma-events.ts'

const directory = mkdtempSync(join(tmpdir(), 'sigma-sql-'))
const lake = await openLake({ directory, tables: [eventsTable] })
afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

const rulesDir = resolve(import.meta.dirname, '../../rules')
const ownRules = loadRules(
  readdirSync(rulesDir)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(join(rulesDir, name), 'utf8') })),
).rules

let loads = 0

interface Made {
  readonly source: Rule['logsource']
  readonly fields: Fields
}

/** Events of a rule's own values, and near misses of them; some of a log source that is not the rule's. */
function eventsFor(rule: Rule, seed: number): Made[] {
  const choices = new Choices(seed + 1)
  const source = rule.logsource.category === 'registry_event' ? { ...rule.logsource, category: 'registry_set' } : rule.logsource
  const likely = Array.from({ length: 3 }, () => satisfy(rule.plan, choices))
  const near = Array.from({ length: 6 }, (_, n) => mutate(likely[n % likely.length] as Fields, choices))
  const made = [...likely, ...near].map((fields) => ({ source, fields: wellFormed(fields) }))
  return [
    ...made,
    { source: { product: 'invented', category: 'none', service: 'none' }, fields: wellFormed(likely[0] as Fields) },
  ]
}

/** As a reader hands it to the lake. */
function wellFormed(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.toWellFormed()]))
}

interface Outcome {
  rules: number
  exact: number
  events: number
  pairs: number
  matched: number
  /** Matches that SQL left to memory, and rules with them. */
  left: number
  disagreements: string[]
  open: Map<string, number>
}

/** Asks SQL, the index and a scan of every rule the same question for all rules and events of a batch. */
async function compare(
  batch: { readonly rules: readonly Rule[]; readonly events: readonly Made[] },
  outcome: Outcome,
  set = compile(batch.rules),
): Promise<void> {
  const { rules } = batch
  const load = await lake.load({ key: `batch ${(loads += 1)}`, tables: [eventsTable] }, async (writer) => {
    await writer.insert(eventsTable, [
      batch.events.map(({ source, fields }, n) => ({
        n,
        exhibit: 'e',
        unit: 'record',
        time: '2026-11-22 10:00:00',
        ...source,
        fields,
      })),
    ])
  })
  const values = new SqlValues()
  const told = rules.map((rule) => ruleSql(rule, values))
  const numbers = rules.map((_, number) => number).join(', ')
  const holding = (bound: 'upper' | 'lower'): string =>
    `arrayFilter((i, holds) -> holds, [${numbers}], [${told.map((one) => `toBool(${one[bound]})`).join(', ')}])`
  const rows = await lake.engine.rows<{ n: string; upper: number[]; lower: number[] }>(
    `SELECT n, ${holding('upper')} AS upper, ${holding('lower')} AS lower FROM ${values.source('events', 'load_id = {load:UInt64}')} ORDER BY n`,
    { ...values.params, load: load.id },
  )
  expect(rows.length).toBe(batch.events.length)
  outcome.rules += rules.length
  outcome.exact += told.filter((one) => one.exact).length
  outcome.events += rows.length
  for (const one of told) for (const kind of one.open) outcome.open.set(kind, (outcome.open.get(kind) ?? 0) + 1)
  const matchers = rules.map((rule) => compilePlan(rule.plan))
  const matched = new Set<number>()
  for (const [at, made] of batch.events.entries()) {
    const upper = new Set(rows[at]?.upper)
    const lower = new Set(rows[at]?.lower)
    const indexed = new Set(set.match(eventOf(made.source, made.fields)).map((rule) => rule.id))
    const view = viewOf(made)
    for (const [number, rule] of rules.entries()) {
      outcome.pairs += 1
      const holds = isWrittenFor(rule.logsource, made.source) && (matchers[number]?.(view) ?? false)
      if (holds) matched.add(number)
      if (holds !== lower.has(number) && holds === upper.has(number)) outcome.left += holds ? 1 : 0
      const wrong = [
        ...(indexed.has(rule.id) === holds ? [] : ['index']),
        ...(holds && !upper.has(number) ? ['SQL misses'] : []),
        ...(!holds && lower.has(number) ? ['SQL invents'] : []),
        ...(told[number]?.exact === true && upper.has(number) !== holds ? ['not exact'] : []),
      ]
      if (wrong.length > 0 && outcome.disagreements.length < 20)
        outcome.disagreements.push(`${wrong.join()}: ${rule.id} ${rule.title} on ${JSON.stringify(made)}`)
    }
  }
  outcome.matched += matched.size
}

function emptyOutcome(): Outcome {
  return { rules: 0, exact: 0, events: 0, pairs: 0, matched: 0, left: 0, disagreements: [], open: new Map() }
}

function told(outcome: Outcome): string {
  const open = [...outcome.open].map(([kind, count]) => `${kind} ${count}`).join(', ')
  return `${outcome.rules} rules (${outcome.exact} decided by SQL alone; left to memory: ${open || 'none'}), ${outcome.events} events, ${outcome.pairs} pairs, ${outcome.matched} rules matched, ${outcome.disagreements.length} disagreements`
}

async function compareAll(rules: readonly Rule[]): Promise<Outcome> {
  const outcome = emptyOutcome()
  const set = compile(rules)
  for (let from = 0; from < rules.length; from += 100) {
    const batch = rules.slice(from, from + 100)
    await compare({ rules: batch, events: batch.flatMap((rule, at) => eventsFor(rule, from + at)) }, outcome, set)
  }
  return outcome
}

test('our own rules: memory, index and SQL agree', async () => {
  const outcome = await compareAll(ownRules)
  console.info(`own rules: ${told(outcome)}`)
  expect(outcome.disagreements).toEqual([])
  expect(outcome.matched).toBeGreaterThan(outcome.rules * 0.8)
  expect(outcome.exact).toBeGreaterThan(0)
})

test.skipIf(!hasSharedData)(`published rules: memory, index and SQL agree${orSkipped}`, async () => {
  const { rules } = loadRules(publishedRules())
  const outcome = await compareAll(rules)
  console.info(`published rules: ${told(outcome)}`)
  expect(outcome.rules).toBeGreaterThan(3_700)
  expect(outcome.disagreements).toEqual([])
  expect(outcome.matched).toBeGreaterThan(outcome.rules * 0.8)
})

test('numbers and addresses in every form: memory and SQL agree', async () => {
  const source = { product: 'test', category: '', service: '' }
  const field = (test: Test): Plan => ({ kind: 'field', field: 'f', test })
  const numerals = [
    '0',
    '-0',
    '31',
    '-31',
    '4624',
    '9007199254740991',
    '9007199254740993',
    '1' + '0'.repeat(60),
    '1' + '0'.repeat(72),
    '3.5',
  ]
  const ranges = ['10.0.0.0/8', '0.0.0.0/0', '1.2.3.4', '127.0.0.0/31', '::1/128', 'fe80::/10', '::/0', '2001:db8::/33']
  const plans = [
    ...numerals.flatMap((value) => (['eq', 'lt', 'lte', 'gt', 'gte'] as const).map((op) => field({ kind: 'number', op, value }))),
    ...ranges.map((text) => field({ kind: 'network', network: parseNetwork(text) as Network })),
    ...(['minute', 'hour', 'day', 'week', 'month', 'year'] as const).flatMap((part) => [
      field({ kind: 'time-part', part, op: 'gte', value: '8' }),
      field({ kind: 'time-part', part, op: 'eq', value: '2026' }),
    ]),
  ]
  const forms = [
    '0',
    '-0',
    '00',
    '0x0',
    '-0.0',
    '31',
    '031',
    '0x1f',
    '0X1F',
    '31.0',
    '31.5',
    '-31.5',
    '30.99999999999999999999',
    '31.00000000000000000001',
  ]
  const strange = [
    '',
    ' 31',
    '31 ',
    '+31',
    '31\n',
    '1e3',
    '.5',
    '5.',
    '0x',
    '-0x1f',
    '--1',
    '٣',
    '9007199254740992.0',
    '9007199254740993.0',
    '9007199254740993',
  ]
  const long = [
    '9'.repeat(70),
    '9'.repeat(80),
    '9'.repeat(81),
    `-${'9'.repeat(79)}`,
    `0x${'f'.repeat(78)}`,
    `0x${'0'.repeat(70)}1f`,
    `${'0'.repeat(78)}31`,
    `0.${'3'.repeat(78)}`,
  ]
  const addresses = [
    '10.1.2.3',
    '010.1.2.3',
    '10.1.2',
    '10.1.2.256',
    '1.2.3.4',
    '127.0.0.1',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:10.1.2.3',
    '::ffff:a01:203',
    'FE80::1%eth0',
    'fe80::1',
    '2001:DB8::7',
    '2001:db8:8000::',
    '1::2::3',
    '1:2:3:4:5:6:7::8',
    '1:2:3:4:5:6:7::',
    '::',
    ':',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3.4',
    ':::',
  ]
  const dates = [
    '2026-03-07',
    '2026-03-07T08:09:10Z',
    '2026-03-07 23:59',
    '2026-13-40T99:99',
    '07.03.2026',
    'x2026-03-07',
    '2026-03-07T8:09',
  ]
  const events = [...forms, ...strange, ...long, ...addresses, ...dates].map((f) => ({ source, fields: { f } }))
  const outcome = emptyOutcome()
  await compare(
    { rules: plans.map((plan, at) => ruleOf(plan, at)), events: [...events, { source, fields: { g: '31' } }] },
    outcome,
  )
  console.info(`numbers, addresses, dates: ${told(outcome)}; ${outcome.left} matches left to memory`)
  expect(outcome.disagreements).toEqual([])
  expect(outcome.matched).toBeGreaterThan(50)
})

test('invented plans over invented events: memory, index and SQL agree', async () => {
  const outcome = emptyOutcome()
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const rules = fc.sample(plans, { numRuns: 150, seed }).map((plan, at) => ruleOf(plan, at))
    const made = fc
      .sample(randomEvents, { numRuns: 60, seed })
      .map((fields) => ({ source: { product: 'test', category: '', service: '' }, fields }))
    await compare({ rules, events: made }, outcome)
  }
  console.info(`invented plans: ${told(outcome)}`)
  expect(outcome.disagreements).toEqual([])
  expect(outcome.matched).toBeGreaterThan(200)
})
