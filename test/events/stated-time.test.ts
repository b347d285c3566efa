import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainlyStated, plainMicros } from '../../src/events/stated-time.ts'
import { timeOf } from '../../src/events/time-of.ts'

const stretch = (text: string): { bytes: DataView; from: number; to: number } => {
  const bytes = Buffer.from(`"${text}"`)
  return { bytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), from: 1, to: bytes.length - 1 }
}
const microsOf = (at: string): number => Date.parse(`${at.slice(0, 19)}Z`) * 1000 + Number(at.slice(20, 26))

test('what is surely a time is the one that the careful reader reads', () => {
  const two = (most: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: most }).map((one) => String(one).padStart(2, '0'))
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { maxLength: 10 })
    .map((all) => (all.length === 0 ? '' : `.${all.join('')}`))
  const written = fc
    .tuple(
      fc.integer({ min: 0, max: 2300 }),
      two(13),
      two(32),
      two(24),
      two(60),
      two(60),
      digits,
      fc.constantFrom('Z', 'Z', 'Z', '', '+01:00'),
    )
    .map(
      ([year, month, day, hour, minute, second, fraction, zone]) =>
        `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
    )
  fc.assert(
    fc.property(written, (text) => {
      const read = timeOf(text)
      const micros = plainMicros(stretch(text))
      const sure = isPlainlyStated(stretch(text))
      expect(!sure || read?.zone === 'stated').toBe(true)
      expect(micros).toBe(sure && Number(text.slice(0, 4)) >= 100 ? microsOf(read?.at ?? '') : Number.NaN)
    }),
    { numRuns: 5_000 },
  )
})

test('last days of months are sure but for the 29th of February', () => {
  for (const day of ['2024-01-31', '2024-04-30', '2023-02-28', '2024-12-31'])
    expect(isPlainlyStated(stretch(`${day}T23:59:59.9Z`))).toBe(true)
  for (const day of ['2024-02-29', '2024-04-31', '2024-11-31', '2024-01-32', '2024-13-01', '2024-00-10'])
    expect(isPlainlyStated(stretch(`${day}T23:59:59.9Z`))).toBe(false)
})
