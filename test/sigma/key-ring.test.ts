import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyRing } from '../../src/sigma/key-ring.ts'
import { RowKey } from '../../src/sigma/row-key.ts'

test('keys come back as they were written, whatever came before and was let go', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'B', '0', '.'), maxLength: 12 }), { minLength: 1, maxLength: 3 })
  let [longest, gone] = [0, 0]
  fc.assert(
    fc.property(fc.array(fc.tuple(texts, fc.nat(3)), { minLength: 1_500, maxLength: 3_000, size: 'max' }), (some) => {
      const ring = new KeyRing()
      const plain: { place: number; words: number[]; width: number }[] = []
      const [key, back] = [new RowKey(), new RowKey()]
      for (const [all, leave] of some) {
        const names = all.map((_, n) => String(n))
        expect(key.write(Object.fromEntries(all.entries()), names)).toBe(true)
        plain.push({ place: ring.push(key), words: [...key.words.subarray(0, key.length)], width: all.length })
        for (let n = 0; n < leave && plain.length > 600; n++, gone++) ring.forget(plain.shift()?.place ?? 0)
        longest = Math.max(longest, plain.length)
        for (const one of [plain[0], plain.at(-1), plain[plain.length >> 1]]) {
          ring.read(one?.place ?? -1, back)
          expect([[...back.words.subarray(0, back.length)], back.width]).toEqual([one?.words, one?.width])
        }
      }
    }),
    { numRuns: 5 },
  )
  expect(longest).toBeGreaterThan(500)
  expect(gone).toBeGreaterThan(500)
})
