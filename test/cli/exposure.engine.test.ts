import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { run, scratch } from './fake.ts'

const cases = resolve(import.meta.dirname, '../cases/exposure')

const workspaceWith = async (name: string): Promise<{ home: string; options: string[] }> => {
  const home = scratch()
  const options = ['--workspace', join(home, 'data')]
  expect((await run(['inventory', 'import', join(cases, name, 'inventory.toml'), ...options], home)).code).toBe(0)
  return { home, options }
}

test('exposure: products by what presses most, with the words of each source; faults of a file set the exit code', async () => {
  const { home, options } = await workspaceWith('versions')
  const { code, out, err } = await run(['exposure', join(cases, 'versions', 'csaf.json'), ...options], home)
  expect(code).toBe(3)
  expect(err).toContain('csaf.json, record 2: an entry without a CVE id or product is left out')
  expect(out).toMatch(/^2 holes in 2 products, 3 to check, 2 ruled out by version; 7 products of the inventory/)
  expect(out.indexOf('gate-1')).toBeLessThan(out.indexOf('gate-9'))
  expect(out).toContain('leads to billing, identity: system:vpn-gw > system:crm')
  expect(out).not.toContain('Cirrus')
  expect(out).toContain('not listed is not safe')
})

test("a centre's advisory as a checklist: each CVE answered, its indicators looked for, nothing searched said", async () => {
  const { home, options } = await workspaceWith('lists')
  const centre = join(home, 'centre.txt')
  writeFileSync(centre, 'CVE-2025-50001 and CVE-2025-59999, seen from 203[.]0[.]113[.]9\n')
  const kev = join(cases, 'lists', 'kev.json')
  const text = await run(['exposure', kev, '--checklist', centre, ...options], home)
  expect(text.code).toBe(0)
  expect(text.out).toContain('[ ] CVE-2025-50001  1 product to look at, below')
  expect(text.out).toContain('[ ] CVE-2025-59999  no source at hand says which products it concerns')
  expect(text.out).toContain('nothing was searched: no logs are loaded yet')
  const { out } = await run(['exposure', kev, '--checklist', centre, '--json', ...options], home)
  expect(JSON.parse(out)).toMatchObject({
    open: [{ cve: 'CVE-2025-50001', product: 'product:gate', status: 'check', exploited: true }],
    checklist: {
      cves: [
        { named: true, open: 1 },
        { named: false, open: 0 },
      ],
      indicators: { indicators: 1, searched: 0 },
    },
  })
})

test('bills of materials and scans are imported; a document that is neither is refused by name', async () => {
  const home = scratch()
  const options = ['--workspace', join(home, 'data')]
  const sbom = join(home, 'sbom.json')
  writeFileSync(
    sbom,
    JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'Gate OS', version: '1', publisher: 'Nimbus' }] }),
  )
  expect((await run(['inventory', 'import', sbom, '--system', 'vpn', ...options], home)).out).toContain('1 added')
  const { out } = await run(['inventory', 'export', ...options], home)
  expect(out).toContain('[[product]]')
  expect(out).toContain('system = "vpn"')
  const page = join(home, 'page.xml')
  writeFileSync(page, '<html/>')
  const refused = await run(['inventory', 'import', page, ...options], home)
  expect(refused.err).toContain('page.xml is no scan by nmap')
  expect(refused.code).not.toBe(0)
  expect((await run(['exposure', ...options], home)).code).toBe(2)
})
