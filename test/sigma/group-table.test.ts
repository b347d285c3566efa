import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/sigma/fold.ts'
import { GroupTable } from '../../src/sigma/group-table.ts'

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    'b',
    'k',
    'K',
    'K',
    's',
    'ſ',
    'S',
    'ς',
    'Σ',
    'σ',
    'a\u0000',
    '\u0000a',
    'İ',
    'i',
    '\ud800',
    '\uffff',
    '\u0080',
  ),
  fc.constantFrom(
    'PC-1',
    'pc-1',
    'x'.repeat(42),
    'x'.repeat(43),
    'X'.repeat(43),
    'x'.repeat(44),
    'Y'.repeat(300),
    `${'y'.repeat(299)}Y`,
  ),
  fc.nat(200).map((n) => `User${n}`),
)
const rows = fc.oneof(
  fc.record({ One: texts }),
  fc.record({ One: texts, Two: texts }),
  fc.record({ One: texts, Two: texts }, { requiredKeys: ['One'] }),
)
const steps = fc.array(fc.tuple(rows, fc.constantFrom(['One'], ['One', 'Two'], []), fc.nat(3)), { maxLength: 300, size: 'max' })

test.each([
  { spelled: true, longestChain: 32 },
  { spelled: false, longestChain: 32 },
  { spelled: true, longestChain: 1 },
  { spelled: false, longestChain: 0 },
])('rows of texts have numbers of their own while they are held, whatever comes and goes: %o', (options) => {
  let [absent, again, gone] = [0, 0, 0]
  fc.assert(
    fc.property(steps, (some) => {
      const table = new GroupTable(options)
      const plain = new Map<string, { number: number; held: number; values: string[] }>()
      for (const [fields, names, releases] of some) {
        const row: Readonly<Record<string, string>> = fields
        const number = table.numberOf(row, names)
        if (names.some((name) => row[name] === undefined)) {
          expect(number).toBe(-1)
          absent++
          continue
        }
        const values = names.map((name) => row[name] ?? '')
        const key = JSON.stringify(values.map(fold))
        const known = plain.get(key)
        if (known === undefined) {
          expect([...plain.values()].map((one) => one.number)).not.toContain(number)
          plain.set(key, { number, held: 1, values })
        } else {
          expect(number).toBe(known.number)
          known.held++
          again++
        }
        table.hold(number)
        // The oldest go, as from a window.
        for (const [other, one] of [...plain].slice(0, releases)) {
          table.release(one.number)
          if (--one.held > 0) continue
          plain.delete(other)
          gone++
        }
        expect(table.size).toBe(plain.size)
        if (options.spelled) for (const one of plain.values()) expect(table.values(one.number)).toEqual(one.values)
      }
    }),
    { numRuns: 60 },
  )
  expect(Math.min(absent, again, gone)).toBeGreaterThan(100)
})
