import { generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

const folder = scratch()
const path = (name: string): string => join(folder, name)
const file = (name: string, text: string): string => {
  writeFileSync(path(name), text)
  return path(name)
}
const streets = ['Melur', 'Kenanga', 'Cempaka', 'Mawar', 'Dahlia']
const given = 'Siti Aisyah Noraini Farah Nadia Liyana Hanim Maryam Suraya Wahida Azura'.split(' ')
const family = 'Hassan Ismail Rahim Abdullah Yusof Osman Salleh Hamid Karim Jalil Bakar Daud Kassim'.split(' ')
const rows = Array.from(
  { length: 400 },
  (_, n) =>
    `012${3_000_000 + n * 31},${given[n % 7]} ${given[(n * 3) % 11] ?? 'Nur'} binti ${family[n % 13] ?? 'Hassan'},"${n + 1}, Jalan ${streets[(n * 3) % 5]} ${n % 9}/2, Taman ${streets[(n * 7) % 5]}",2024-01-0${1 + (n % 9)}`,
)
const source = file('crm.csv', `phone,name,address,activated\n${rows.join('\n')}\n`)
const own = file('own.txt', '0190000001\n0190000002\n0190000003\n0190000004\n')
const workspace = ['--workspace', path('workspace')]
const base = ['copy', 'export', '--file', source, '--system', 'CRM', '--as-of', '2026-03-31', '--country', 'MY', ...workspace]
const cli = (args: readonly string[]): ReturnType<typeof run> => run(args, folder)

test('a dry run says what would be marked and writes nothing', async () => {
  const { code, out } = await cli([
    ...base,
    '--holder',
    'Straits Billing',
    '--canaries',
    own,
    '--dry-run',
    '--workspace',
    path('dry'),
  ])
  expect(code).toBe(0)
  expect(out).toContain('403 rows would be written')
  expect(out).toMatch(/phone +msisdn +untouched/)
  expect(out).toMatch(/activated +date +untouched/)
  expect(out).toContain('nothing was written')
  expect(out).not.toMatch(/Siti|Hassan|Melur/)
  expect(existsSync(path('dry/extracts'))).toBe(false)
  expect(existsSync(path('dry/registry'))).toBe(false)
})

beforeAll(async () => {
  const straits = await cli([
    ...base,
    '--holder',
    'Straits Billing',
    '--id',
    'straits',
    '--canaries',
    own,
    '--canary-count',
    '2',
    '--out',
    path('straits.csv'),
    '--row-filter',
    'postpaid, Selangor',
  ])
  expect(straits.err).not.toContain('breachline:')
  expect(straits.code).toBe(0)
  const bayu = await cli([
    ...base,
    '--holder',
    'Bayu Analytics',
    '--id',
    'bayu',
    '--canaries',
    own,
    '--canary-count',
    '2',
    '--out',
    path('bayu.csv'),
  ])
  expect(bayu.code).toBe(0)
})

test('an extract comes with a signed manifest and is registered as a copy', async () => {
  const manifest = JSON.parse(readFileSync(path('straits.csv.manifest.json'), 'utf8')) as Record<string, unknown>
  expect(manifest).toMatchObject({
    extract: 'straits',
    holder: 'Straits Billing',
    rows: 402,
    canaries: 2,
    rowFilter: 'postpaid, Selangor',
  })
  const { out } = await cli(['copy', 'list', '--json', ...workspace])
  const { copies } = JSON.parse(out) as { copies: readonly Record<string, unknown>[] }
  expect(copies.find((one) => one['copy'] === 'straits')).toMatchObject({
    holder: 'Straits Billing',
    rows: 402,
    sha256: manifest['sha256'],
  })
  const bayu = JSON.parse(readFileSync(path('workspace/extracts/bayu/record.json'), 'utf8')) as Record<string, unknown>
  expect(bayu['pool']).toBe('source:CRM')
})

test('no personal value and no key lands in the workspace, and others cannot read it', () => {
  for (const id of ['straits', 'bayu'])
    for (const name of readdirSync(path(`workspace/extracts/${id}`))) {
      const kept = path(`workspace/extracts/${id}/${name}`)
      expect(readFileSync(kept, 'latin1')).not.toMatch(/Hassan|Melur|0123000031|0190000001/)
      expect(statSync(kept).mode & 0o077).toBe(0)
    }
})

test('the same extract again gives the same bytes; another one under its name is refused', async () => {
  const again = [
    ...base,
    '--holder',
    'Straits Billing',
    '--id',
    'straits',
    '--canaries',
    own,
    '--canary-count',
    '2',
    '--row-filter',
    'postpaid, Selangor',
  ]
  const { code } = await cli([...again, '--out', path('again.csv')])
  expect(code).toBe(0)
  expect(readFileSync(path('again.csv')).equals(readFileSync(path('straits.csv')))).toBe(true)
  const other = await cli([...again, '--density', '1', '--out', path('other.csv')])
  expect(other.code).toBe(3)
  expect(other.err).toMatch(/with other bytes was handed out already/)
  expect(existsSync(path('other.csv'))).toBe(false)
  expect(existsSync(path('other.csv.part'))).toBe(false)
})

test('a sample shows whose marks it carries, and never says who leaked', async () => {
  const lines = readFileSync(path('straits.csv'), 'utf8').trimEnd().split('\n')
  const sample = [lines[0], ...lines.slice(100, 160).toReversed()].join('\n').toLowerCase()
  const { code, out } = await cli(['copy', 'marks', file('sample.csv', sample), ...workspace])
  expect(code).toBe(0)
  expect(out).toContain('carries the marks of the extract cut for Straits Billing on 2026-03-31')
  expect(out).toMatch(/particle-case +gone/)
  expect(out).not.toMatch(/leak/i)
  const json = await cli(['copy', 'marks', path('sample.csv'), '--json', ...workspace])
  const [read] = JSON.parse(json.out) as {
    extracts: { extract: string; carries: boolean; log10LR: number; rowsFound: number }[]
  }[]
  expect(read?.extracts.map((one) => [one.extract, one.carries])).toEqual([
    ['straits', true],
    ['bayu', false],
  ])
  expect(read?.extracts[0]?.log10LR).toBeGreaterThan(20)
})

test('the source itself carries nobody\u2019s marks', async () => {
  const { out } = await cli(['copy', 'marks', source, '--json', ...workspace])
  const [read] = JSON.parse(out) as { extracts: { carries: boolean; rowsFound: number }[] }[]
  expect(read?.extracts.map((one) => [one.carries, one.rowsFound])).toEqual([
    [false, 400],
    [false, 400],
  ])
})

test('an acknowledgement is checked and becomes the receipt of the copy', async () => {
  const pair = generateKeyPairSync('ed25519')
  const text = readFileSync(path('straits.csv.acknowledgement.txt'))
  const signature = file('straits.sig', sign(null, text, pair.privateKey).toString('base64'))
  const key = file('straits.pem', pair.publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const wrong = await cli(['copy', 'acknowledge', 'bayu', '--signature', signature, '--key', key, ...workspace])
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('is not one over the acknowledgement of bayu')])
  const { code, out } = await cli(['copy', 'acknowledge', 'straits', '--signature', signature, '--key', key, ...workspace])
  expect([code, out]).toEqual([0, expect.stringContaining('the signature holds')])
  const copy = JSON.parse(readFileSync(path('workspace/registry/straits/manifest.json'), 'utf8')) as { receipt?: object }
  expect(copy.receipt).toMatchObject({ by: 'Straits Billing', on: '2026-10-07' })
})

test('papers that were changed are a fault, and their marks are not read', async () => {
  const kept = path('workspace/extracts/bayu/record.json')
  const before = readFileSync(kept, 'utf8')
  writeFileSync(kept, before.replace('Bayu Analytics', 'Citrine Outreach'))
  const { out, err } = await cli(['copy', 'marks', path('sample.csv'), ...workspace])
  writeFileSync(kept, before)
  expect(err).toContain('is not the one it was cut with')
  expect(out).not.toContain('bayu')
})

test.each<[string, readonly string[], number, RegExp]>([
  ['an unknown form', ['--forms', 'colour', '--out', 'x.csv'], 2, /"colour" is no form of marks/],
  ['forms given twice', ['--forms', 'case', '--allow', 'x.json', '--out', 'x.csv'], 2, /do not go together/],
  ['no place to write', [], 2, /--out is missing/],
  ['a column that is not there', ['--fields', 'phone,colour', '--dry-run'], 2, /no column "colour"/],
  ['a density of nothing', ['--density', '0', '--dry-run'], 2, /is no share/],
  [
    'too few numbers for canaries',
    ['--canaries', own, '--canary-count', '9', '--dry-run'],
    3,
    /has 0 that no other extract has|; 9 are needed/,
  ],
  [
    'an allowance for a column that is not there',
    ['--allow', file('allow.json', '{"adress": ["case"]}'), '--dry-run'],
    3,
    /does not have/,
  ],
])('%s is refused', async (_, args, code, message) => {
  const result = await cli([...base, '--holder', 'Citrine Outreach', ...args])
  expect([result.code, result.err]).toEqual([code, expect.stringMatching(message)])
})

test('of a history the rows of one day are handed out, keyed by their identifiers', async () => {
  const versions = rows
    .slice(0, 100)
    .flatMap((row, n) => [
      `${row},2024-01-01,2026-01-01`,
      `${row.replace('Jalan', 'Lorong')},2026-01-01,${n % 2 === 0 ? '' : '9999-12-31'}`,
    ])
  const crm = file('history.csv', `phone,name,address,activated,valid_from,valid_to\n${versions.join('\n')}\n`)
  const cut = [
    'copy',
    'export',
    '--file',
    crm,
    '--system',
    'CRM history',
    '--as-of',
    '2026-03-31',
    '--country',
    'MY',
    ...workspace,
  ]
  const one = await cli([...cut, '--holder', 'Straits Billing', '--id', 'straits-history', '--out', path('day.csv')])
  expect(one.code, one.err).toBe(0)
  expect(one.out).toContain('100 rows written')
  expect(one.out).toContain('the rows valid on 2026-03-31 were taken')
  expect(one.out).not.toContain('without an identifier')
  const text = readFileSync(path('day.csv'), 'utf8')
  expect(text.split('\n')[0]).toBe('phone,name,address,activated')
  expect(text).toContain('Lorong')
  expect(text).not.toContain('Jalan')
  expect(JSON.parse(readFileSync(path('day.csv.manifest.json'), 'utf8'))).toMatchObject({
    rows: 100,
    rowFilter: 'versions valid on 2026-03-31',
  })
  const older = await cli([...cut, '--holder', 'Bayu', '--valid-on', '2025-06-01', '--dry-run', '--json'])
  expect(JSON.parse(older.out)).toMatchObject({ validOn: '2025-06-01', counts: { rows: 100, withoutIdentifier: 0 } })
  const none = await cli([...base, '--holder', 'Bayu', '--valid-on', '2025-06-01', '--dry-run'])
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('valid_from and valid_to')])
  const plain = await cli([...base, '--holder', 'Bayu', '--dry-run', '--json'])
  expect(JSON.parse(plain.out)).toMatchObject({ validOn: null, counts: { rows: 400 } })
}, 60_000)
