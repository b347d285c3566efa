import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DistinctValues } from '../../src/sigma/distinct-values.ts'
import { GroupCells } from '../../src/sigma/group-cells.ts'

test('the number of different values of a group is that of a plain map, few values or many, whatever comes and goes', () => {
  const step = fc.tuple(fc.nat(3), fc.nat(30), fc.boolean())
  let [most, back] = [0, 0]
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 600, size: 'max' }), fc.constantFrom(0, 1, 8), (some, cells) => {
      const groups = new GroupCells()
      const other = groups.add([7])
      const values = new DistinctValues(groups, cells)
      const plain = Array.from({ length: 4 }, () => new Map<number, number>())
      for (const [group, value, adds] of some) {
        groups.reach(group)
        const counts = plain[group] as Map<number, number>
        const count = counts.get(value) ?? 0
        if (adds) {
          values.add(group, { mark: value })
          counts.set(value, count + 1)
        } else if (count > 0) {
          values.retract(group, value)
          if (count === 1) counts.delete(value)
          else counts.set(value, count - 1)
          back++
        }
        expect(values.value(group)).toBe(counts.size)
        expect(groups.cells[group * groups.stride + other]).toBe(7)
        most = Math.max(most, counts.size)
      }
    }),
    { numRuns: 60 },
  )
  expect(most).toBeGreaterThan(12)
  expect(back).toBeGreaterThan(100)
})
