import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { checkComparable, countryOf, type OpenTable } from '../../src/app/day-one-country.ts'
import { openRecords } from '../../src/formats/index.ts'

// Invented numbers throughout.
function table(file: string, column: string, cells: readonly string[]): OpenTable {
  const text = `${column},city\n${cells.map((cell) => `${cell},Ipoh\n`).join('')}`
  return { file, open: () => openRecords(bytesSource(file, Buffer.from(text)), 'csv') }
}
const national = ['0122204933', '012-220 4934', '0122204935']
const whole = ['60122204933', '60122204934', '60122204935']
const plus = ['+60122204933', '+60 12-220 4934', '0060122204935']
const serials = ['HWTC0A1B2C3D', 'HWTC0A1B2C3E', 'HWTC0A1B2C3F']
const days = ['20260930', '20260929', '20250101']

test.each([
  ['national in the table', whole, national],
  ['national in the sample', national, whole],
  ['with + in the sample, national in the table', plus, national],
  ['without the trunk digit', ['122204933', '122204934', '122204935'], plus],
] as const)('numbers %s ask for the country', async (_, sample, other) => {
  await expect(checkComparable([table('sample.csv', 'tel', sample), table('crm.csv', 'msisdn', other)])).rejects.toMatchObject({
    code: 'country-unknown',
    exitCode: 2,
    hint: expect.stringContaining('--country'),
  })
})

test.each([
  ['numbers with + on both sides', plus, plus],
  ['a sample without numbers', serials, national],
  ['days', days, national],
] as const)('%s ask for none', async (_, sample, other) => {
  await expect(checkComparable([table('sample.csv', 'x', sample), table('crm.csv', 'y', other)])).resolves.toBeUndefined()
})

test('no number stands in what is asked', async () => {
  const asked = await checkComparable([table('sample.csv', 'tel', national)]).catch((error: Error) => error)
  expect(String(asked)).toContain('tel (sample.csv)')
  expect(String(asked)).not.toMatch(/\d{7}/)
})

test('the country is the option, else the sample folder, else what all others agree on', () => {
  expect(countryOf({ option: 'MY', sample: 'SG', others: ['TH'] })).toBe('MY')
  expect(countryOf({ sample: 'SG', others: ['TH'] })).toBe('SG')
  expect(countryOf({ others: ['MY', undefined, 'MY', ''] })).toBe('MY')
  expect(countryOf({ others: ['MY', 'SG'] })).toBeUndefined()
  expect(countryOf({ others: [undefined] })).toBeUndefined()
})
