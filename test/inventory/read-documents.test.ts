import { expect, test } from 'vitest'
import { placeText } from '../../src/base/index.ts'
import { readNmap, readSbom } from '../../src/inventory/index.ts'

const cycloneDx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { component: { name: 'crm' } },
  components: [
    {
      type: 'library',
      name: 'openssl',
      version: '1.0.2k',
      supplier: { name: 'OpenSSL Foundation' },
      cpe: 'cpe:2.3:a:openssl:openssl:1.0.2k:*:*:*:*:*:*:*',
    },
    {
      type: 'library',
      group: 'org.example',
      name: 'portal core',
      version: '2',
      purl: 'pkg:maven/org.example/portal-core@2',
      components: [{ name: 'inner', version: '0.1' }],
    },
    { type: 'library', name: 'portal/core', version: '2' },
  ],
}

test('a CycloneDX bill of materials: every component once, nested ones too, under the system it was given for', () => {
  const { entries, faults, remarks } = readSbom(JSON.stringify(cycloneDx), { file: 'crm.json', system: 'crm' }) ?? {}
  expect([faults, remarks]).toEqual([[], []])
  expect(entries).toEqual([
    {
      kind: 'product',
      id: 'crm.openssl-1.0.2k',
      name: 'openssl',
      version: '1.0.2k',
      vendor: 'OpenSSL Foundation',
      cpe: 'cpe:2.3:a:openssl:openssl:1.0.2k:*:*:*:*:*:*:*',
      system: 'crm',
    },
    {
      kind: 'product',
      id: 'crm.portal-core-2',
      name: 'portal core',
      version: '2',
      purl: 'pkg:maven/org.example/portal-core@2',
      system: 'crm',
    },
    { kind: 'product', id: 'crm.inner-0.1', name: 'inner', version: '0.1', system: 'crm' },
    { kind: 'product', id: 'crm.portal-core-2.2', name: 'portal/core', version: '2', system: 'crm' },
  ])
})

test('an SPDX document: packages with their supplier, CPE and package URL', () => {
  const document = {
    spdxVersion: 'SPDX-2.3',
    packages: [
      {
        SPDXID: 'SPDXRef-1',
        name: 'glibc',
        versionInfo: '2.36',
        supplier: 'Organization: Example Linux (security@example.org)',
        externalRefs: [
          {
            referenceCategory: 'SECURITY',
            referenceType: 'cpe23Type',
            referenceLocator: 'cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*',
          },
          { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:deb/debian/glibc@2.36' },
        ],
      },
      { SPDXID: 'SPDXRef-2', name: 'local', supplier: 'NOASSERTION' },
    ],
  }
  expect(readSbom(JSON.stringify(document), { file: 'os.json', host: 'web-1' })?.entries).toEqual([
    {
      kind: 'product',
      id: 'web-1.glibc-2.36',
      name: 'glibc',
      version: '2.36',
      vendor: 'Example Linux',
      cpe: 'cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*',
      purl: 'pkg:deb/debian/glibc@2.36',
      host: 'web-1',
    },
    { kind: 'product', id: 'web-1.local', name: 'local', host: 'web-1' },
  ])
})

test('a component without a name is named by its place and nothing is imported; other documents are none', () => {
  const { faults = [] } =
    readSbom(JSON.stringify({ bomFormat: 'CycloneDX', components: [{ version: '1' }] }), { file: 'x.json' }) ?? {}
  expect(faults.map((one) => `${placeText(one.where)}: ${one.what}`)).toEqual(['x.json, record 1: a component has no name'])
  expect(readSbom('{"name":"package"}', { file: 'x.json' })).toBeUndefined()
  expect(readSbom('{"bomFormat":', { file: 'x.json' })).toBeUndefined()
  const deep = `${'{"components":['.repeat(90)}${']}'.repeat(90)}`
  expect(readSbom(`{"bomFormat":"CycloneDX",${deep.slice(1)}`, { file: 'x.json' })?.entries).toEqual([])
})

const scan = `<?xml version="1.0"?><!DOCTYPE nmaprun><nmaprun scanner="nmap" start="1767225600">
<host><status state="up"/><address addr="198.51.100.7" addrtype="ipv4"/><address addr="00:00:5E:00:53:01" addrtype="mac"/>
<hostnames><hostname name="vpn.meridian.example" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="443"><state state="open"/><service name="https" product="Nimbus Gate &amp; Portal" version="7.4.2"><cpe>cpe:/h:nimbus:gate</cpe><cpe>cpe:/a:nimbus:gate_os:7.4.2</cpe></service></port>
<port protocol="tcp" portid="22"><state state="closed"/><service name="ssh"/></port></ports></host>
<host><address addr="2001:db8::5" addrtype="ipv6"/><ports><port protocol="udp" portid="161"><state state="open"/></port></ports></host>
<host><address addr="198.51.100.9" addrtype="ipv4"/></host>
</nmaprun>`

test('a scan by nmap: open ports alone, by name or address', () => {
  expect(readNmap(scan, 'scan.xml')).toMatchObject({
    faults: [],
    remarks: [],
    entries: [
      {
        kind: 'endpoint',
        id: 'vpn.meridian.example.443-tcp',
        host: 'vpn.meridian.example',
        port: 443,
        protocol: 'tcp',
        service: 'https',
        product: 'Nimbus Gate & Portal',
        version: '7.4.2',
        cpe: 'cpe:/a:nimbus:gate_os:7.4.2',
        seen: '2026-01-01',
      },
      { kind: 'endpoint', id: '2001-db8-5.161-udp', host: '2001:db8::5', port: 161, protocol: 'udp', seen: '2026-01-01' },
    ],
  })
})

test('a scan that was cut off, or with a port that is none, imports nothing', () => {
  expect(readNmap(scan.slice(0, -20), 'scan.xml').faults.map(({ code }) => code)).toContain('inventory-cut')
  expect(
    readNmap(scan.replace('portid="443"', 'portid="99999"'), 'scan.xml')
      .faults.map(({ what }) => what)
      .join(),
  ).toContain('port must be 1 to 65535')
})
