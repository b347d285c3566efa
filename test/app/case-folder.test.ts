import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { globMatches, readCaseFolder } from '../../src/app/case-folder.ts'
import { parseCaseSettings } from '../../src/app/case-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breachline-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, text = 'x'): void {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}

test.each([
  ['*.csv', 'deep/a.csv', true],
  ['copies/*.csv', 'copies/a.csv', true],
  ['copies/*.csv', 'copies/x/a.csv', false],
  ['copies/**', 'copies/x/a.csv', true],
  ['**/a.csv', 'a.csv', true],
  ['**/a.csv', 'x/y/a.csv', true],
  ['a?.csv', 'ab.csv', true],
  ['a?.csv', 'a.csv', false],
  ['*', 'x/.y', true],
  ['logs/*.log', 'audit/logs/a.log', false],
])('%s and %s: %s', (glob, name, fits) => {
  expect(globMatches(glob, name)).toBe(fits)
})

test('a glob takes linear time whatever it looks like', () => {
  const glob = 'a*'.repeat(400)
  expect(globMatches(`${glob}b`, 'a'.repeat(4000))).toBe(false)
  fc.assert(fc.property(fc.string(), (text) => void globMatches(text, 'some/name.csv')))
})

test('files come in the order of their names, with what the settings say; --role wins', async () => {
  file('b.csv')
  file('a/c.csv')
  file('.hidden/x')
  file('breachline-case.toml', '[case]\noperator = "Meridian Telekom"\n[[files]]\nglob = "*.csv"\nrole = "copy"\nholder = "H"\n')
  const { files, settings, faults } = await readCaseFolder([folder], [{ glob: 'b.csv', role: 'leak' }])
  expect(files.map((one) => [one.name, one.rule.role, one.rule.holder])).toEqual([
    ['a/c.csv', 'copy', 'H'],
    ['b.csv', 'leak', 'H'],
  ])
  expect(settings.case?.operator).toBe('Meridian Telekom')
  expect(faults).toEqual([])
})

test('links are named and not followed; a rule without a file is named', async () => {
  file('a.csv')
  symlinkSync(folder, join(folder, 'loop'))
  file('breachline-case.toml', '[[files]]\nglob = "nothing/*.csv"\nrole = "copy"\n')
  const { files, faults } = await readCaseFolder([folder])
  expect(files).toHaveLength(1)
  expect(faults.map((one) => one.code).sort()).toEqual(['not-a-file', 'rule-without-file'])
})

test.each([
  ['[case\n', 'case-settings-syntax'],
  ['[[files]]\nglob = "x"\nrole = "secret"\n', 'case-settings-wrong'],
  ['[case]\ncountry = "Malaysia"\n', 'case-settings-wrong'],
  ['unknown = 1\n', 'case-settings-wrong'],
  ['[[files]]\nglob = "x"\nas_of = "last May"\n', 'case-settings-wrong'],
])('settings %j are refused as %s, naming the file', (text, code) => {
  expect(() => parseCaseSettings(text, 'x.toml')).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining('x.toml') as string }),
  )
})

test('a path that does not exist is an error with a hint', async () => {
  await expect(readCaseFolder([join(folder, 'none')])).rejects.toMatchObject({ code: 'no-such-path' })
})
