import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions } from '../../src/exposure/version.ts'
import { inRange, readRange } from '../../src/exposure/version-range.ts'

const sorted = [
  [
    '1.0.0-dev1',
    '1.0.0-alpha',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc1',
    '1.0',
    '1.0.1',
    '1.0.2',
    '1.0.2a',
    '1.0.2k',
    '1.10',
  ],
  ['9.1R9', '9.1R14', '9.1R14.3', '9.1R18', '22.3R1', '22.10R1'],
  ['7.4.2', '7.4.3', '7.4.10'],
  ['15.2(7)E', '15.2(7)E1', '15.2(8)'],
]

test.each(sorted)('versions of one product stand in order (%s, ...)', (...versions) => {
  for (const [at, one] of versions.entries())
    for (const [there, other] of versions.entries())
      expect(Math.sign(compareVersions(one, other) ?? Number.NaN), `${one} ${other}`).toBe(Math.sign(at - there))
})

test.each([
  ['v1.2', '1.2.0'],
  ['1.2.3+build5', '1.2.3'],
  ['2.0-RC1', '2.0rc1'],
])('%s and %s are one version', (one, other) => expect(compareVersions(one, other)).toBe(0))

test('a word without a number is no version', () => {
  expect(compareVersions('latest', '1.0')).toBeUndefined()
  expect(compareVersions('1.0', '')).toBeUndefined()
})

const version = fc
  .tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), fc.constantFrom('', '-rc1', 'a', 'R2', '-beta'))
  .map(([numbers, end]) => numbers.join('.') + end)

test('the order of versions is one: turned around, its sign turns; what is in the middle lies between', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      const order = (one: string, other: string): number => Math.sign(compareVersions(one, other) ?? 0)
      expect(order(a, b)).toBe(order(b, a) === 0 ? 0 : -order(b, a))
      if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})

test.each<[string, string[], string[]]>([
  ['vers:generic/>=9.0|<9.1.2', ['9.0', '9.1.1'], ['8.9', '9.1.2', '10']],
  ['vers:npm/1.2.3|>=2.0.0|<5.0.1', ['1.2.3', '2.0.0', '5.0.0'], ['1.2.4', '1.9', '5.0.1']],
  ['vers:generic/>=1.0|<2.0|>=3.0|<3.5', ['1.5', '3.2'], ['2.5', '3.5', '0.9']],
  ['vers:generic/<9.1|!=9.0.5', ['9.0.4'], ['9.0.5', '9.1']],
  ['vers:all/*', ['0', '99'], []],
  ['>=7.4.0|<=7.4.2', ['7.4.0', '7.4.2'], ['7.4.3', '7.3.9']],
  ['>= 7.0 and < 7.0.14', ['7.0.13'], ['7.0.14', '6.9']],
  ['< 9.1.2', ['9.1.1', '1'], ['9.1.2']],
  ['9.0 through 9.1.1', ['9.0', '9.1.1'], ['9.1.2']],
  ['9.1.1 and earlier', ['9.1.1', '8'], ['9.1.2']],
  ['versions before 9.1.2', ['9.1.1'], ['9.1.2']],
  ['7.4.3', ['7.4.3', 'v7.4.3'], ['7.4.2', '7.4.31']],
])('%s holds %s and not %s', (text, inside, outside) => {
  const range = readRange(text)
  expect(range).toBeDefined()
  if (range === undefined) return
  for (const one of inside) expect(inRange(range, one), one).toBe(true)
  for (const one of outside) expect(inRange(range, one), one).toBe(false)
})

test.each(['', 'see notes', 'Windows 10', '<script>', 'vers:generic/', 'all versions of the 9 series'])(
  'what is not understood (%j) is no range',
  (text) => expect(readRange(text)).toBeUndefined(),
)

test('a version without a number is neither inside nor outside', () => {
  const range = readRange('< 2.0')
  expect(range === undefined ? null : inRange(range, 'latest')).toBeUndefined()
})
