import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoMicros } from '../../src/base/index.ts'
import { windowOf, type Bound, type Correlation, type CorrelationType } from '../../src/sigma/correlation.ts'
import { Correlator, type CorrelationDetection, type Hit } from '../../src/sigma/index.ts'

const span = 10
const base = Date.parse('2026-03-29T23:59:50Z')

function correlationOf(more: Partial<Correlation> & Pick<Correlation, 'type'>, ruleCount = 3): Correlation {
  const groupBy = more.groupBy ?? ['User']
  const fields = more.fields ?? []
  const parts = Array.from({ length: ruleCount }, (_, n) => ({ id: `r${n}`, groupFields: groupBy, valueFields: fields }))
  const texts = { name: '', title: 't', description: '', author: '', status: '', file: 'f', line: 1 }
  return {
    ...texts,
    id: 'k1',
    level: 'low',
    tags: [],
    parts,
    groupBy,
    fields,
    timespan: `${span}s`,
    micros: span * 1_000_000,
    bounds: [],
    generate: false,
    ...more,
  }
}

interface Sight {
  readonly rule: number
  readonly second: number
  readonly fields: Readonly<Record<string, string>>
}

const sights = fc
  .array(
    fc.record({
      rule: fc.nat(2),
      second: fc.nat(45),
      fields: fc.record(
        {
          User: fc.constantFrom('ann', 'ANN', 'bob'),
          Value: fc.constantFrom('1', '2', '0x3', '2.5', 'B', 'b', '-4', 'y'.repeat(60), 'Y'.repeat(60)),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 50, size: 'max' },
  )
  .map((some) => some.sort((a, b) => a.second - b.second))

function hitOf({ rule, second, fields }: Sight, n: number): Hit<number> {
  return { rule: `r${rule}`, time: isoMicros(base + second * 1_000), host: 'h', account: '', fields, ref: n }
}

function run(correlations: readonly Correlation[], some: readonly Sight[]): CorrelationDetection<number>[] {
  const found: CorrelationDetection<number>[] = []
  const correlator = new Correlator<number>(correlations, { emit: (one) => found.push(one) })
  some.forEach((one, n) => correlator.take(hitOf(one, n)))
  correlator.finish()
  return found
}

interface Plain {
  readonly group: string
  readonly time: string
  readonly events: readonly number[]
  readonly value: number
}

const plainly = (found: readonly Plain[]): Plain[] =>
  found.toSorted((a, b) => (a.time + a.group < b.time + b.group ? -1 : a.time + a.group > b.time + b.group ? 1 : 0))

interface Numbered extends Sight {
  readonly n: number
}

const amount = (one: Sight): number => Number(one.fields['Value'])

/** The definition in its plainest form: every window written out and looked at. */
function valueOf(correlation: Correlation, window: readonly Numbered[]): number {
  const values = window.map((one) => one.fields['Value']?.toLowerCase() ?? '')
  const sorted = window.map(amount).sort((a, b) => a - b)
  switch (correlation.type) {
    case 'event_count':
      return window.length
    case 'value_count':
      return new Set(values).size
    case 'value_sum':
      return sorted.reduce((sum, one) => sum + one, 0)
    case 'value_avg':
      return sorted.reduce((sum, one) => sum + one, 0) / window.length
    case 'value_median':
      return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
    case 'value_percentile':
      return (
        sorted.find(
          (one) => sorted.filter((other) => other <= one).length >= ((correlation.percentile ?? 0) / 100) * sorted.length,
        ) ?? 0
      )
    case 'temporal':
      return new Set(window.map((one) => one.rule)).size
    case 'temporal_ordered':
      return longestRising(window.map((one) => one.rule))
  }
}

function longestRising([first, ...rest]: readonly number[], above = -1): number {
  if (first === undefined) return 0
  const without = longestRising(rest, above)
  return first > above ? Math.max(without, 1 + longestRising(rest, first)) : without
}

function holdsAt(correlation: Correlation, value: number): boolean {
  if (correlation.bounds.length === 0) return value >= 3
  const compare = { gt: value > 0, gte: true, lt: true, lte: true, eq: true, neq: true }
  return correlation.bounds.every(({ op, than }) => {
    const answers: typeof compare = {
      gt: value > than,
      gte: value >= than,
      lt: value < than,
      lte: value <= than,
      eq: value === than,
      neq: value !== than,
    }
    return answers[op]
  })
}

function reference(correlation: Correlation, some: readonly Sight[]): Plain[] {
  const numeric = ['value_sum', 'value_avg', 'value_median', 'value_percentile'].includes(correlation.type)
  const useful = some
    .map((one, n) => ({ ...one, n }))
    .filter((one) => one.fields['User'] !== undefined)
    .filter((one) => correlation.fields.length === 0 || one.fields['Value'] !== undefined)
    .filter((one) => !numeric || !Number.isNaN(amount(one)))
  const found: Plain[] = []
  for (const user of ['ann', 'bob']) {
    const own = useful.filter((one) => one.fields['User']?.toLowerCase() === user)
    if (windowOf(correlation) === 'sliding') {
      let open: { time: string; events: Set<number>; value: number } | undefined
      own.forEach((one, index) => {
        const window = own.slice(0, index + 1).filter((other) => other.second >= one.second - span)
        const value = valueOf(correlation, window)
        const gap = one.second - (own[index - 1]?.second ?? one.second)
        if (open !== undefined && (gap > span || !holdsAt(correlation, value))) {
          found.push({ group: user, ...open, events: [...open.events] })
          open = undefined
        }
        if (!holdsAt(correlation, value)) return
        open ??= { time: hitOf(one, 0).time, events: new Set(), value }
        for (const other of window) open.events.add(other.n)
        open.value = Math.max(open.value, value)
      })
      if (open !== undefined)
        found.push({
          group: user,
          ...(open as { time: string; value: number }),
          events: [...(open as { events: Set<number> }).events],
        })
      continue
    }
    let rest = own
    while (rest.length > 0) {
      const end = (rest[0]?.second ?? 0) + span
      const window = rest.filter((one) => one.second <= end)
      rest = rest.filter((one) => one.second > end)
      const value = valueOf(correlation, window)
      const last = window.at(-1)
      if (last !== undefined && holdsAt(correlation, value))
        found.push({ group: user, time: hitOf(last, 0).time, events: window.map((one) => one.n), value })
    }
  }
  return plainly(found)
}

const bound = (op: Bound['op']): fc.Arbitrary<Bound> => fc.record({ op: fc.constant(op), than: fc.integer({ min: 0, max: 6 }) })
const lower = fc.oneof(bound('gt'), bound('gte')).map((one) => [one])
const anyBounds = fc.uniqueArray(fc.oneof(...(['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const).map(bound)), {
  minLength: 1,
  maxLength: 2,
  selector: (one) => one.op,
})

const cases: readonly (readonly [CorrelationType, fc.Arbitrary<readonly Bound[]>])[] = [
  ['event_count', lower],
  ['event_count', anyBounds],
  ['value_count', lower],
  ['value_count', anyBounds],
  ['value_sum', lower],
  ['value_sum', anyBounds],
  ['value_avg', anyBounds],
  ['value_median', anyBounds],
  ['value_percentile', anyBounds],
  ['temporal', fc.constant([])],
  ['temporal', anyBounds],
  ['temporal_ordered', fc.constant([])],
  ['temporal_ordered', lower],
  ['temporal_ordered', anyBounds],
]

describe('what a correlation finds is what its definition says, on random hits', () => {
  test.each(cases.map(([type, bounds], n) => ({ n, type, bounds })))('$type ($n)', ({ type, bounds }) => {
    let detections = 0
    let silent = 0
    fc.assert(
      fc.property(sights, bounds, fc.integer({ min: 0, max: 100 }), (some, all, percentile) => {
        const fields = type.startsWith('value_') ? ['Value'] : []
        const correlation = correlationOf({ type, bounds: all, fields, ...(type === 'value_percentile' ? { percentile } : {}) })
        const want = reference(correlation, some)
        const got = run([correlation], some).map((one) => ({
          group: (one.group['User'] ?? '').toLowerCase(),
          time: one.time,
          events: one.events,
          value: one.value,
        }))
        expect(plainly(got)).toEqual(want.map((one) => ({ ...one, events: one.events.toSorted((a, b) => a - b) })))
        detections += want.length
        silent += want.length === 0 ? 1 : 0
      }),
      { numRuns: 300 },
    )
    expect(detections).toBeGreaterThan(20)
    expect(silent).toBeGreaterThan(5)
  })
})

describe('correlations find together what each finds alone', () => {
  test('over the same rules and groups, over some of them, grouped otherwise, over other timespans, one over another', () => {
    let [shared, silent] = [0, 0]
    const kinds = cases.map(([type, bounds]) => bounds.map((all) => ({ type, bounds: all })))
    const kind = fc.oneof(...kinds)
    const shape = fc.record({
      kind,
      groupBy: fc.constantFrom(['User'], ['User'], ['Value'], []),
      rules: fc.constantFrom(3, 3, 2),
      long: fc.boolean(),
    })
    fc.assert(
      fc.property(sights, fc.array(shape, { minLength: 2, maxLength: 6 }), fc.boolean(), (some, shapes, chains) => {
        const all = shapes.map(({ kind: { type, bounds }, groupBy, rules, long }, n): Correlation => {
          const fields = type.startsWith('value_') ? ['Value'] : []
          const percentile = type === 'value_percentile' ? { percentile: 50 } : {}
          const one = correlationOf({ type, bounds, groupBy, fields, id: `k${n}`, ...percentile }, rules)
          return long ? { ...one, micros: one.micros * 2 } : one
        })
        const first = all[0] as Correlation
        const outer = correlationOf({
          type: 'event_count',
          bounds: [{ op: 'gte', than: 1 }],
          id: 'outer',
          groupBy: first.groupBy,
        })
        const over = { ...outer, parts: [{ id: first.id, groupFields: first.groupBy, valueFields: [] }] }
        const sets = all.map((one) => (chains && one === first ? [one, over] : [one]))
        const plain = (found: readonly CorrelationDetection<number>[]): string[] =>
          found.map(({ correlation, ...one }) => JSON.stringify([correlation.id, one]).toLowerCase()).sort()
        const together = plain(run(sets.flat(), some))
        expect(together).toEqual(plain(sets.flatMap((set) => run(set, some))))
        shared += together.length
        silent += together.length === 0 ? 1 : 0
      }),
      { numRuns: 300 },
    )
    expect(shared).toBeGreaterThan(500)
    expect(silent).toBeGreaterThan(3)
  })
})

test('different values are counted right where few of the events have one, as they come near the bound and fall behind it', () => {
  let [found, silent] = [0, 0]
  const few = fc
    .array(fc.record({ second: fc.nat(200), value: fc.nat(60), user: fc.constantFrom('ann', 'bob') }), {
      minLength: 150,
      maxLength: 400,
      size: 'max',
    })
    .map((some) => some.sort((a, b) => a.second - b.second))
  fc.assert(
    fc.property(few, fc.integer({ min: 1, max: 6 }), (some, than) => {
      const hits = some.map(({ second, value, user }): Sight => {
        const fields: Record<string, string> = value < 9 ? { User: user, Value: String(value) } : { User: user }
        return { rule: 0, second, fields }
      })
      const count = correlationOf({ type: 'value_count', fields: ['Value'], bounds: [{ op: 'gte', than }], id: 'values' }, 1)
      const all = correlationOf({ type: 'event_count', bounds: [{ op: 'gte', than: 1_000 }], id: 'events' }, 1)
      const got = run([count, all], hits).map((one) => ({
        group: one.group['User'] ?? '',
        time: one.time,
        events: one.events,
        value: one.value,
      }))
      const want = reference(count, hits).map((one) => ({ ...one, events: one.events.toSorted((a, b) => a - b) }))
      expect(plainly(got)).toEqual(want)
      found += want.length
      silent += want.length === 0 ? 1 : 0
    }),
    { numRuns: 60 },
  )
  expect(found).toBeGreaterThan(100)
  expect(silent).toBeGreaterThan(3)
})

describe('what is not correlated is counted', () => {
  const sight = (second: number, fields: Record<string, string> = { User: 'ann' }): Sight => ({ rule: 0, second, fields })
  const twice = correlationOf({ type: 'event_count', bounds: [{ op: 'gte', than: 2 }] }, 1)

  test('hits without a time, older than the one before, without the group, without a number', () => {
    const found: CorrelationDetection<number>[] = []
    const sum = correlationOf({ type: 'value_sum', fields: ['Value'], bounds: [{ op: 'gt', than: 5 }] }, 1)
    const correlator = new Correlator<number>([twice, { ...sum, id: 'k2' }], { emit: (one) => found.push(one) })
    correlator.take({ ...hitOf(sight(1), 0), time: '' })
    correlator.take(hitOf(sight(5, { User: 'ann', Value: '3' }), 1))
    correlator.take(hitOf(sight(4), 2))
    correlator.take(hitOf(sight(6, { Value: '9' }), 3))
    correlator.take(hitOf(sight(7, { User: 'ann', Value: 'much' }), 4))
    correlator.take({ ...hitOf(sight(8), 5), rule: 'other' })
    expect(correlator.wants('r0')).toBe(true)
    expect(correlator.wants('other')).toBe(false)
    expect(correlator.finish()).toEqual({
      hits: 5,
      withoutTime: 1,
      late: 1,
      withoutGroup: 2,
      withoutValue: 1,
      leftEarly: 0,
    })
    expect(found.map((one) => [one.correlation.id, one.events])).toEqual([['k1', [1, 4]]])
  })

  test('more than may be held: the oldest leave early and are counted; detections that are open end there', () => {
    const found: CorrelationDetection<number>[] = []
    const correlator = new Correlator<number>([twice], { emit: (one) => found.push(one), held: 1_000 })
    for (let n = 0; n < 5_000; n++) correlator.take(hitOf(sight(1), n))
    expect(correlator.finish().leftEarly).toBeGreaterThan(4_000)
    expect(found.map((one) => [one.count, one.events.length])).toEqual([[5_000, 100]])
  })

  test('a group that went early leaves nothing to the group that comes after it', () => {
    const found: CorrelationDetection<number>[] = []
    const both = { ...correlationOf({ type: 'temporal' }, 2), micros: 1e12 }
    const correlator = new Correlator<number>([both], { emit: (one) => found.push(one), held: 1_100 })
    for (let n = 0; n < 500; n++) correlator.take(hitOf({ rule: 0, second: n, fields: { User: `u${n}` } }, n))
    for (let n = 500; n < 900; n++) correlator.take(hitOf({ rule: 1, second: n, fields: { User: `u${n}` } }, n))
    expect(correlator.finish().leftEarly).toBeGreaterThan(350)
    expect(found).toEqual([])
  })

  test('more groups than may be held: the quiet ones go', () => {
    const found: CorrelationDetection<number>[] = []
    const correlator = new Correlator<number>([{ ...twice, micros: 1e12 }], { emit: (one) => found.push(one), held: 1_100 })
    for (let n = 0; n < 500; n++) correlator.take(hitOf(sight(n, { User: `u${n}` }), n))
    correlator.take(hitOf(sight(600, { User: 'u499' }), 500))
    correlator.take(hitOf(sight(601, { User: 'u0' }), 501))
    expect(correlator.finish().leftEarly).toBeGreaterThan(350)
    expect(found.map((one) => one.group)).toEqual([{ User: 'u499' }])
  })

  test('windows judged as a whole are judged early', () => {
    const found: CorrelationDetection<number>[] = []
    const whole = { ...correlationOf({ type: 'event_count', bounds: [{ op: 'eq', than: 1 }] }, 1), micros: 1e12 }
    const correlator = new Correlator<number>([whole], { emit: (one) => found.push(one), held: 1_100 })
    for (let n = 0; n < 500; n++) correlator.take(hitOf(sight(n, { User: `u${n}` }), n))
    expect(correlator.finish().leftEarly).toBeGreaterThan(350)
    expect(found.length).toBe(500)
  })
})

test('too much to hold, with correlations over others: what is open is judged early, once, and the end is reached', () => {
  let [early, found] = [0, 0]
  const kind = fc.oneof(...cases.map(([type, bounds]) => bounds.map((all) => ({ type, bounds: all }))))
  fc.assert(
    fc.property(sights, kind, kind, (some, inner, outer) => {
      const fieldsOf = (type: CorrelationType): string[] => (type.startsWith('value_') ? ['Value'] : [])
      const one = correlationOf({ ...inner, fields: fieldsOf(inner.type), id: 'inner' })
      const parts = [one.id, 'r0'].map((id) => ({ id, groupFields: ['User'], valueFields: fieldsOf(outer.type) }))
      const over = { ...correlationOf({ ...outer, fields: fieldsOf(outer.type), id: 'outer' }), parts }
      const detections: CorrelationDetection<number>[] = []
      const correlator = new Correlator<number>([one, over], { emit: (detection) => detections.push(detection), held: 30 })
      some.forEach((sight, n) => correlator.take(hitOf(sight, n)))
      early += correlator.finish().leftEarly
      found += detections.length
      for (const { events, count } of detections) expect(Math.min(events.length, count)).toBeGreaterThan(0)
    }),
    { numRuns: 400 },
  )
  expect(early).toBeGreaterThan(1_000)
  expect(found).toBeGreaterThan(500)
})

test('a rule that matches the event of another rule gives one event, in both', () => {
  const found: CorrelationDetection<number>[] = []
  const both = correlationOf({ type: 'temporal' }, 2)
  const correlator = new Correlator<number>([both], { emit: (one) => found.push(one) })
  const hit = hitOf({ rule: 0, second: 1, fields: { User: 'ann' } }, 7)
  correlator.take(hit)
  correlator.take({ ...hit, rule: 'r1' })
  correlator.finish()
  expect(found.map((one) => [one.count, one.events])).toEqual([[1, [7]]])
})
