import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { writeShare } from '../../../src/sharing/index.ts'
import { SchemaSet } from '../exchange/json-schema.ts'
import { told, viewOf } from '../redaction/sample-view.ts'

const folder = resolve(import.meta.dirname, '../../../../shared/data/schemas/stix2/schemas')
const there = existsSync(folder)
const root = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'
const versions = { attack: '18.1', product: '0.1.0' }
const rule = {
  id: '0f0f0f0f-0000-5000-8000-000000000001',
  title: 'Invented',
  yaml: "title: 'Invented'\n",
  behaviours: [1],
  found: 1,
  triedOn: 9,
}

/**
 * The schema of a bundle lists most types of objects; any other (`incident` and `note` too) must fit either of two cores, and every
 * such object fits both. So a bundle is checked without them, and every object by the schema of its own type.
 */
const listed = (made: Bundle): Bundle => ({
  ...made,
  objects: made.objects.filter((one) => !/^(?:attack-(?!pattern)|incident|impact|note|extension-definition)/.test(one.type)),
})

interface Bundle {
  readonly id: string
  readonly objects: readonly { readonly id: string; readonly type: string; readonly [property: string]: unknown }[]
}

const bundle = (more: Parameters<typeof viewOf>[1] = {}): Bundle =>
  JSON.parse(writeShare(viewOf(told, { rules: [rule], consistentWith: ['G0045'], ...more }), 'stix', versions)) as Bundle

const folders: Readonly<Record<string, string>> = {
  'marking-definition': 'common',
  'extension-definition': 'common',
  relationship: 'sros',
  sighting: 'sros',
  impact: '',
}

test.skipIf(!there)(
  `a bundle and each of its objects are valid under the schemas of OASIS${there ? '' : ' (skipped: no shared data)'}`,
  () => {
    const schemas = new SchemaSet().addFolder(folder)
    const made = bundle()
    expect(schemas.check(listed(made), `${root}/common/bundle.json`)).toEqual([])
    for (const one of made.objects) {
      const part = folders[one.type] ?? 'sdos'
      const id = part === '' ? `${root}/common/core.json` : `${root}/${part}/${one.type}.json`
      expect([one.type, schemas.check(one, id)]).toEqual([one.type, []])
    }
    // The validator tells good from bad.
    const [indicator] = made.objects.filter((one) => one.type === 'indicator')
    expect(schemas.check({ ...indicator, valid_from: 'yesterday' }, `${root}/sdos/indicator.json`)).not.toEqual([])
    expect(schemas.check({ ...made, id: 'bundle--1' }, `${root}/common/bundle.json`)).not.toEqual([])
  },
)

test('every reference leads to an object of the bundle, ids are unique, and a later release keeps them', () => {
  const made = bundle()
  const ids = new Set(made.objects.map((one) => one.id))
  expect(ids.size).toBe(made.objects.length)
  const refs = (value: unknown, key = ''): string[] => {
    if (typeof value === 'string') return key.endsWith('_ref') || key.endsWith('_refs') ? [value] : []
    if (Array.isArray(value)) return value.flatMap((one) => refs(one, key))
    return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => refs(one, name)) : []
  }
  expect(refs(made).filter((ref) => !ids.has(ref))).toEqual([])
  const later = JSON.parse(
    writeShare({ ...viewOf(told, { rules: [rule] }), released: '2026-11-01T00:00:00.000Z' }, 'stix', versions),
  ) as Bundle
  expect(later.objects.map((one) => one.id)).toEqual(made.objects.map((one) => one.id))
  expect(later.id).not.toBe(made.id)
  const incident = (one: Bundle): Record<string, unknown> => one.objects.find((each) => each.type === 'incident') ?? {}
  expect(incident(later)['created']).toBe(incident(made)['created'])
  expect(incident(later)['modified']).toBe('2026-11-01T00:00:00.000Z')
})

test('it says TLP 2.0 by its extension, PAP by a statement, and behaviours in ATT&CK, FiGHT and MoTIF', () => {
  const made = bundle()
  const marking = made.objects.find((one) => one.id === 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421')
  expect(marking?.['extensions']).toEqual({
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': { extension_type: 'property-extension', tlp_2_0: 'amber' },
  })
  expect(marking).not.toHaveProperty('definition_type')
  expect(made.objects.filter((one) => one['name'] === 'PAP:GREEN')).toHaveLength(1)
  const ids = made.objects
    .filter((one) => one.type === 'attack-pattern')
    .flatMap((one) =>
      (one['external_references'] as { source_name: string; external_id: string }[]).map(
        (ref) => `${ref.source_name} ${ref.external_id}`,
      ),
    )
  expect(ids.sort()).toEqual([
    'gsma-motif MOT3004',
    'mitre-attack T1041',
    'mitre-attack T1190',
    'mitre-attack T1213.006',
    'mitre-attack T1505.003',
    'mitre-fight FGT1041',
    'mitre-fight FGT1190',
    'mitre-fight FGT5017',
  ])
  const marked = made.objects.filter((one) => !['marking-definition', 'identity'].includes(one.type))
  expect(marked.every((one) => (one['object_marking_refs'] as string[]).length === 2)).toBe(true)
  expect(made.objects.some((one) => one.type === 'intrusion-set' || one.type === 'threat-actor')).toBe(false)
})

test('an attribution is told only when its groups were released', () => {
  const note = (one: Bundle): string => String(one.objects.find((each) => each.type === 'note')?.['content'])
  expect(note(bundle())).toContain('G0045')
  expect(note(bundle({ consistentWith: [] }))).not.toContain('consistent with')
})

test.skipIf(!there)(`an Attack Flow is valid under its schema${there ? '' : ' (skipped: no shared data)'}`, () => {
  const file = resolve(folder, '../../attack-flow/attack-flow-schema-2.0.0.json')
  const flow = JSON.parse(readFileSync(file, 'utf8')) as { $id: string }
  // It refers to one schema of STIX at an older address.
  const { $id: _, ...timestamp } = JSON.parse(readFileSync(resolve(folder, 'common/timestamp.json'), 'utf8')) as { $id: string }
  const schemas = new SchemaSet()
    .addFolder(folder)
    .add(timestamp, 'https://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/master/schemas/common/timestamp.json')
    .add(flow)
  const made = JSON.parse(writeShare(viewOf(told), 'attack-flow', versions)) as Bundle
  expect(schemas.check(listed(made), `${root}/common/bundle.json`)).toEqual([])
  const own = made.objects.filter((one) => one.type.startsWith('attack-'))
  expect(own.map((one) => one.type)).toContain('attack-flow')
  for (const one of own) expect([one.type, schemas.check(one, flow.$id)]).toEqual([one.type, []])
  const [action] = own.filter((one) => one.type === 'attack-action')
  expect(schemas.check({ ...action, effect_refs: ['indicator--x'] }, flow.$id)).not.toEqual([])
  const [whole] = own.filter((one) => one.type === 'attack-flow')
  expect(schemas.check({ ...whole, scope: 'invented' }, flow.$id)).not.toEqual([])
})
