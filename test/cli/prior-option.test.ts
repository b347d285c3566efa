import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { priorOption } from '../../src/cli/commands/prior-option.ts'
import { run, scratch } from './fake.ts'

test('a prior names its shares and who set it', () => {
  expect(priorOption('unknown=0.3, invention=.02', 'Aisha Rahman')).toEqual({
    unknownCopy: 0.3,
    fabricated: 0.02,
    setBy: 'Aisha Rahman',
  })
  expect(priorOption('leaks=0.2', 'Aisha Rahman')).toEqual({ leaks: 0.2, setBy: 'Aisha Rahman' })
})

test.each([
  '',
  'unknown',
  'unknown=1',
  'unknown=0',
  'unknown=0.3,unknown=0.2',
  'straits=0.9',
  'unknown=1e-3',
  'unknown=0.6,leaks=0.4',
])('a prior that says nothing, too much, or which copy it was, is refused: "%s"', (text) => {
  expect(() => priorOption(text, 'Aisha Rahman')).toThrow('--prior')
})

test('a file of shares says who set them', () => {
  const path = join(scratch(), 'prior.json')
  writeFileSync(path, '{"unknownCopy": 0.3, "leaks": 0.05, "setBy": "Devi Nair"}')
  expect(priorOption(path, 'Aisha Rahman')).toEqual({ unknownCopy: 0.3, leaks: 0.05, setBy: 'Devi Nair' })
})

test.each([
  '',
  '[]',
  '{"setBy": "Devi Nair"}',
  '{"unknownCopy": 0.3}',
  '{"unknownCopy": 0.3, "setBy": " "}',
  '{"unknownCopy": 0.6, "fabricated": 0.4, "setBy": "Devi Nair"}',
  '{"unknownCopy": "0.3", "setBy": "Devi Nair"}',
  '{"straits": 0.9, "setBy": "Devi Nair"}',
])('a file that says nothing, too much, or which copy it was, is refused: %s', (text) => {
  const path = join(scratch(), 'prior.json')
  writeFileSync(path, text)
  expect(() => priorOption(path, 'Aisha Rahman')).toThrow('holds no prior')
})

test('a case is judged with the standing prior', async () => {
  const { code, err } = await run(['provenance', 'sample.csv', '--case', 'meridian', '--prior', 'unknown=0.3'])
  expect(code).toBe(2)
  expect(err).toContain('leave --case out')
})
