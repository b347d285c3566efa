import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exposure, readAdvisories } from '../../src/exposure/index.ts'
import { readInventoryToml } from '../../src/inventory/index.ts'

const cases = join(import.meta.dirname, '../cases/exposure')

/** An estate in TOML and files of advisories in; what stands open, with the words of each source, out. */
for (const name of readdirSync(cases))
  test(`case ${name}`, () => {
    const folder = join(cases, name)
    const { entries, faults } = readInventoryToml(readFileSync(join(folder, 'inventory.toml'), 'utf8'), 'inventory.toml')
    expect(faults).toEqual([])
    const read = readdirSync(folder)
      .filter((file) => file !== 'inventory.toml' && file !== 'want.json')
      .toSorted()
      .map((file) => readAdvisories(readFileSync(join(folder, file)), file))
    const registered = entries.map((entry) => ({ ...entry, entry: `${entry.kind}:${entry.id}`, revision: 1 }))
    const advisories = read.flatMap((one) => one.advisories)
    const answer = exposure(registered, advisories)
    expect(exposure(registered.toReversed(), advisories.toReversed())).toEqual(answer)
    const said = {
      open: answer.open.map(({ cve, product, status, grounds, exploited, due, exposedBy, path, data, holder }) => ({
        cve,
        product,
        status,
        why: grounds.map((ground) => `${ground.source.name} ${ground.entry} (${ground.basis}): ${ground.why}`),
        ...(exploited ? { exploited } : {}),
        ...(due === undefined ? {} : { due }),
        ...(holder === undefined ? {} : { holder }),
        exposedBy,
        path,
        data,
      })),
      excluded: answer.excluded.map(({ cve, product, why }) => `${cve} ${product}: ${why}`),
      unmatched: answer.unmatched.map(({ cve }) => cve),
      unnamed: answer.unnamed,
      faults: read.flatMap((one) => one.faults.map(({ what, where }) => `${where.file ?? ''} ${where.record ?? ''}: ${what}`)),
    }
    expect(said).toEqual(JSON.parse(readFileSync(join(folder, 'want.json'), 'utf8')))
  })

test.each<[string, string]>([
  ['no JSON', '{"vulnerabilities": ['],
  ['nested too deep', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
  ['another document', '{"type":"FeatureCollection"}'],
  ['a text without CVE ids', 'all quiet'],
  ['nothing', ''],
])('%s is refused by name', (_, text) => {
  expect(() => readAdvisories(Buffer.from(text), 'odd.json')).toThrow(/^odd\.json /)
})

test('a product tree of many branches is read once for each; ids that stand for nothing are left out', () => {
  const branches = Array.from({ length: 50_000 }, (_, at) => ({
    category: 'product_version',
    name: `${at}`,
    product: { product_id: `P${at}`, name: 'x' },
  }))
  const document = {
    document: { csaf_version: '2.0' },
    product_tree: { branches: [{ category: 'product_name', name: 'x', branches }] },
    vulnerabilities: [{ cve: 'CVE-2024-11111', product_status: { known_affected: ['P7', 'P7', 'none'] } }],
  }
  const { advisories } = readAdvisories(Buffer.from(JSON.stringify(document)), 'large.json')
  expect(advisories[0]?.concerned).toHaveLength(2)
})

const shared = join(import.meta.dirname, '../../../shared/data/kev/known_exploited_vulnerabilities.json')

test.skipIf(!existsSync(shared))(
  `the whole catalogue is read, and met by vendor and product alone${existsSync(shared) ? '' : ' (skipped: no shared data)'}`,
  () => {
    const { advisories, faults } = readAdvisories(readFileSync(shared), 'kev.json')
    expect(advisories.length).toBe(1_404)
    expect(faults).toEqual([])
    const product = (id: string, vendor: string, name: string) =>
      ({ kind: 'product', id, vendor, name, version: '1.0', entry: `product:${id}`, revision: 1 }) as const
    const { open } = exposure(
      [
        product('ics', 'Ivanti', 'Connect Secure'),
        product('own', 'Meridian Telekom', 'Connect Secure'),
        product('zimbra', 'Synacor, Inc.', 'Zimbra Collaboration Suite (ZCS)'),
      ],
      advisories,
    )
    expect(new Set(open.map((one) => one.product))).toEqual(new Set(['product:ics', 'product:zimbra']))
    expect(open.find(({ cve, product }) => cve === 'CVE-2023-46805' && product === 'product:ics')?.status).toBe('check')
  },
)
