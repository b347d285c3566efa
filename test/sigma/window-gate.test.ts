import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meets, type Bound, type Correlation, type CorrelationType } from '../../src/sigma/correlation.ts'
import { GroupCells } from '../../src/sigma/group-cells.ts'
import { measure } from '../../src/sigma/measure-window.ts'
import { WholeClock } from '../../src/sigma/whole-clock.ts'
import { windowGate } from '../../src/sigma/window-gate.ts'

const part = { id: 'r', groupFields: [], valueFields: [] }
const bounds = fc.array(
  fc.record({
    op: fc.constantFrom<Bound['op']>('gt', 'gte', 'lt', 'lte', 'eq', 'neq'),
    than: fc.constantFrom(0, 1, 2, 2.5, 3, 4),
  }),
  { minLength: 1, maxLength: 3 },
)
const amounts = fc.array(fc.constantFrom(-1, 0, 1, 2, 2.5, 3, 4, 5), { minLength: 1, maxLength: 8 })
/** Types whose gate says exactly what the measure says, and the others. */
const types: readonly (readonly [CorrelationType, exact: boolean])[] = [
  ['event_count', true],
  ['value_sum', true],
  ['value_avg', true],
  ['value_percentile', true],
  ['value_median', false],
  ['value_count', false],
  ['temporal', false],
  ['temporal_ordered', false],
]

test.each(types)('a window whose condition holds is never kept from being judged: %s', (type, exact) => {
  let [held, refused] = [0, 0]
  fc.assert(
    fc.property(bounds, fc.array(amounts, { minLength: 1, maxLength: 3 }), fc.nat(100), (all, windows, percentile) => {
      const correlation = { type, bounds: all, percentile, parts: [part, part, part] } as unknown as Correlation
      const groups = new GroupCells()
      const clock = new WholeClock(groups, 10)
      const gate = windowGate(correlation, clock)
      groups.reach(2)
      for (const window of windows) {
        for (const amount of window) clock.take({ group: 2, at: 5 }, amount)
        const marked = window.map((mark, number) => ({ number, part: Math.max(0, Math.trunc(mark)) % 3, mark }))
        const value = measure(correlation, marked)?.value
        const holds = value !== undefined && meets(value, all)
        const may = gate(2)
        if (exact) expect(may).toBe(holds)
        else if (holds) expect(may).toBe(true)
        held += holds ? 1 : 0
        refused += may ? 0 : 1
        expect([clock.nextEnd, clock.manyNext(), clock.group(0)]).toEqual([15, 1, 2])
        clock.due = 1
        clock.pass()
        expect(clock.nextEnd).toBe(Infinity)
      }
    }),
    { numRuns: 500 },
  )
  expect(held).toBeGreaterThan(50)
  expect(refused).toBeGreaterThan(50)
})
