import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadKey, newKey } from '../../src/evidence/index.ts'
import { acknowledge, acknowledgementText, signManifest } from '../../src/marks/index.ts'
import { manifestHolds, parseManifest } from '../../src/marks/manifest.ts'

const directory = mkdtempSync(join(tmpdir(), 'breachline-marks-'))
newKey({ directory, name: 'Aisha Rahman', role: 'data steward' })
const signer = loadKey({ directory, name: 'Aisha Rahman' })
const manifest = signManifest(
  {
    extract: 'straits-2026-03',
    holder: 'Straits Billing',
    system: 'CRM',
    asOf: '2026-03-31',
    cutAt: '2026-04-01T00:00:00.000Z',
    fields: ['phone', 'address'],
    fileFormat: { kind: 'delimited', delimiter: ',', header: true },
    rows: 1_200,
    canaries: 2,
    bytes: 10,
    sha256: 'ab'.repeat(32),
    marks: { scheme: 1, keyId: '0011223344556677', allowed: { phone: [], address: ['spacing'] }, record: 'cd'.repeat(32) },
  },
  signer,
)

test('M11 a manifest holds as signed, also after a way through JSON', () => {
  expect(manifestHolds(manifest)).toBe(true)
  expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest)
})

test.each<[string, object]>([
  ['rows', { rows: 1_201 }],
  ['hash', { sha256: 'ac'.repeat(32) }],
  ['holder', { holder: 'Citrine Outreach' }],
  ['forms allowed', { marks: { ...manifest.marks, allowed: { phone: ['spacing'] } } }],
  ['signature', { signature: Buffer.alloc(64).toString('base64') }],
  ['name of the signer', { madeBy: { ...manifest.madeBy, name: 'Somebody Else' } }],
])('M11 a changed manifest does not hold: %s', (_, change) => {
  expect(manifestHolds({ ...manifest, ...change })).toBe(false)
})

test('M11 a document with more or less in it is no manifest', () => {
  expect(parseManifest({ ...manifest, extra: 1 })).toBeUndefined()
  expect(parseManifest({ ...manifest, rows: -1 })).toBeUndefined()
  expect(parseManifest(null)).toBeUndefined()
})

const pair = generateKeyPairSync('ed25519')
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const returned = (text: string) => ({
  how: 'signature' as const,
  publicKey,
  signature: sign(null, Buffer.from(text), pair.privateKey).toString('base64'),
})
const at = { at: '2026-04-02T00:00:00.000Z', recordedBy: 'Aisha Rahman' }

test('M12 an acknowledgement with a signature over its text is taken, any other is refused', () => {
  const text = acknowledgementText(manifest)
  expect(text).toContain(manifest.sha256)
  const taken = acknowledge({ manifest, returned: returned(text), ...at })
  expect(taken).toMatchObject({ extract: 'straits-2026-03', how: 'signature', publicKey })
  expect(() => acknowledge({ manifest, returned: returned(text.replace('1200', '1201')), ...at })).toThrow('is not one over')
  const foreign = { ...returned(text), publicKey: signer.publicKey }
  expect(() => acknowledge({ manifest, returned: foreign, ...at })).toThrow('is not one over')
  expect(() => acknowledge({ manifest, returned: { ...returned(text), publicKey: 'x' }, ...at })).toThrow('is not one over')
})

test('M12 of a scan the hash alone is kept', () => {
  const taken = acknowledge({ manifest, returned: { how: 'scan', bytes: Buffer.from('a scan') }, ...at })
  expect(taken).toMatchObject({ how: 'scan' })
  expect(taken.proof).toMatch(/^[0-9a-f]{64}$/)
  expect(taken.signature).toBeUndefined()
})
