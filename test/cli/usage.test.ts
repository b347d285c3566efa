import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

const folder = scratch()
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const empty = file('empty.csv', '')
const broken = file('broken.json', '{')
const notToml = file('bad.toml', 'x')
const workspace = ['--workspace', join(folder, 'workspace')]

test.each<[string, readonly string[], number, RegExp]>([
  ['unknown command', ['nonsense'], 2, /unknown command 'nonsense'/],
  ['unknown subcommand', ['claim', 'raed', 'x'], 2, /unknown command 'raed'/],
  ['unknown option', ['detect', 'x', '--nonsense'], 2, /unknown option '--nonsense'/],
  ['missing argument', ['claim', 'read'], 2, /missing required argument 'file'/],
  ['detect without logs', ['detect'], 2, /no logs given/],
  ['detect with a file that is not there', ['detect', join(folder, 'nix.evtx')], 3, /does not exist/],
  ['detect with an empty file', ['detect', empty], 3, /no bytes/],
  ['detect with a folder of rules that is not there', ['detect', empty, '--rules', join(folder, 'nix')], 3, /does not exist/],
  ['detect with an unknown level', ['detect', empty, '--fail-on', 'loud'], 2, /--fail-on "loud" is not known/],
  ['explain without a cite', ['detect', '--explain', 'x'], 2, /go together/],
  ['explain with a cite that is none', ['detect', '--explain', 'x', '--cite', 'y'], 2, /no cite of a record/],
  ['claim read of an empty file', ['claim', 'read', empty], 3, /no posts/],
  ['story without logs', ['story'], 2, /no logs given/],
  ['provenance without a sample', ['provenance'], 2, /no sample given/],
  ['lookups without logs', ['lookups'], 2, /no audit log given/],
  ['copy add without a holder', ['copy', 'add', '--file', empty], 2, /--holder is missing/],
  [
    'copy add with a day that is none',
    ['copy', 'add', '--holder', 'a', '--system', 'b', '--as-of', '2026-13-45', '--file', empty, ...workspace],
    2,
    /no day/,
  ],
  [
    'copy add with a broken map',
    ['copy', 'add', '--holder', 'a', '--system', 'b', '--as-of', '2026-01-01', '--file', empty, '--map', notToml, ...workspace],
    3,
    /neither valid JSON nor TOML/,
  ],
  ['leak add without a name', ['leak', 'add', '--file', empty], 2, /--name is missing/],
  ['due without facts', ['due', '--workspace', join(folder, 'nowhere')], 2, /--facts is missing/],
  ['due with broken JSON', ['due', '--facts', broken], 3, /not JSON/],
  ['due with a file that is not there', ['due', '--facts', join(folder, 'nix.json')], 3, /does not exist/],
  ['due with a folder', ['due', '--facts', folder], 3, /is a folder/],
  ['due at a moment without zone', ['due', '--facts', broken, '--now', '2026-10-07T00:00:00'], 2, /with its zone/],
  ['inventory import of broken TOML', ['inventory', 'import', notToml, ...workspace], 3, /line 1/],
  ['inventory import of an empty file', ['inventory', 'import', empty, ...workspace], 3, /is empty/],
  ['case show without a case', ['case', 'show', ...workspace], 2, /no case/],
  ['case show of an unknown case', ['case', 'show', 'nix', ...workspace], 3, /there is no case "nix"/],
  ['case new without a title', ['case', 'new', ...workspace], 2, /--title is missing/],
  ['adopt without a reason', ['adopt', 'F_1', ...workspace], 2, /--reason is missing/],
  [
    'decide with an unknown kind',
    ['decide', '--kind', 'x', '--text', 'a', '--reason', 'b', ...workspace],
    2,
    /--kind "x" is not known/,
  ],
  ['key of nobody', ['note', 'x', '--as', 'Nobody', ...workspace], 3, /no key for "Nobody"/],
  ['report in an unknown format', ['report', '--format', 'pdf', ...workspace], 2, /--format "pdf"/],
  ['verify of an unknown case', ['verify', 'nix', ...workspace], 3, /there is no case/],
  ['verify of a folder that is no case', ['verify', `${folder}/nix`, ...workspace], 3, /no case\.db/],
  ['rules lint of nothing', ['rules', 'lint', join(folder, 'nix')], 3, /does not exist/],
  ['drill new without a folder', ['drill', 'new'], 2, /--out is missing/],
  ['drill score without a truth', ['drill', 'score', folder, ...workspace], 3, /truth\.json does not exist/],
])('%s', async (_, args, code, message) => {
  const result = await run(args, folder)
  expect(result.code).toBe(code)
  expect(result.err).toMatch(message)
  expect(result.err).not.toMatch(/\n {4}at |internal/)
  const error = result.err.split('\n').filter((line) => line.startsWith('breachline: '))
  expect(error.length).toBeLessThanOrEqual(1)
})

test('a bare group prints its help and counts as wrong use', async () => {
  const { code, err } = await run(['case'])
  expect(code).toBe(2)
  expect(err).toContain('Usage: breachline case')
  expect(err).not.toContain('outputHelp')
})

test.skipIf(process.getuid?.() === 0)('a folder without permission (skipped: running as root)', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o000 })
  const { code, err } = await run(['detect', closed], folder)
  chmodSync(closed, 0o700)
  expect(code).toBe(4)
  expect(err).toMatch(/permission|may not be read/)
})
