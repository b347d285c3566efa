import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { canonicalJson, sha256, type Canonical } from '../../../src/base/index.ts'
import { writeShare } from '../../../src/sharing/index.ts'
import { draft4Problems } from '../exchange/json-schema.ts'
import { told, viewOf } from '../redaction/sample-view.ts'
import { OcsfSchema } from './ocsf-schema.ts'

const schemas = resolve(import.meta.dirname, '../../../../shared/data/schemas')
const there = existsSync(schemas)
const without = there ? '' : ' (skipped: no shared data)'
const versions = { attack: '18.1', product: '0.1.0' }

type Event = Record<string, Canonical>
const events = (): Event[] =>
  writeShare(viewOf(told), 'ocsf', versions)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event)

test.skipIf(!there)(`OCSF events are valid under the schema of 1.9${without}`, () => {
  const schema = new OcsfSchema(resolve(schemas, 'ocsf'))
  const made = events()
  expect(made.map((one) => one['class_uid'])).toEqual([2005, 2004, 2004, 2004])
  for (const one of made) expect(schema.problems(one)).toEqual([])
  // The validator tells good from bad.
  const [incident] = made
  const { status_id: _, ...lacking } = incident ?? {}
  expect(schema.problems(lacking)).toEqual(['status_id is missing'])
  expect(schema.problems({ ...incident, invented: 1 })).toEqual(['invented is not known'])
  expect(schema.problems({ ...incident, severity_id: 77 })).toEqual(['severity_id: 77 is not allowed'])
  expect(schema.problems({ ...incident, time: 'today' })).toEqual(['time: is no timestamp_t'])
})

/** Numbers from 1 of events whose fingerprint or place in the chain does not fit. */
function broken(list: readonly Event[]): number[] {
  let before: string | undefined
  return list.flatMap((event, at) => {
    const [attestation] = event['attestation_list'] as unknown as {
      fingerprint: { value: string }
      prev_event?: { fingerprint: { value: string } }
    }[]
    const { fingerprint, ...rest } = attestation ?? { fingerprint: { value: '' } }
    const fits =
      fingerprint.value === sha256(canonicalJson({ ...event, attestation_list: [rest] })) &&
      attestation?.prev_event?.fingerprint.value === before
    before = fingerprint.value
    return fits ? [] : [at + 1]
  })
}

test('record integrity: a changed, missing or moved event shows', () => {
  const made = events()
  expect(broken(made)).toEqual([])
  expect(broken(made.map((one, at) => (at === 1 ? { ...one, message: 'changed' } : one)))).toEqual([2])
  expect(broken(made.toSpliced(1, 1))).toEqual([2])
  expect(broken([made[0] ?? {}, made[2] ?? {}, made[1] ?? {}, made[3] ?? {}])).toEqual([2, 3, 4])
})

test.skipIf(!there)(`a VERIS incident is valid under the schema of 1.4.1${without}`, () => {
  const schema = JSON.parse(readFileSync(resolve(schemas, 'veris/verisc-merged.json'), 'utf8')) as object
  const made = JSON.parse(writeShare(viewOf(told), 'veris', versions)) as Record<string, unknown>
  expect(draft4Problems(made, schema)).toEqual([])
  expect(made).toMatchObject({
    schema_version: '1.4.1',
    attribute: {
      confidentiality: { data_disclosure: 'Potentially', data: [{ variety: 'Other' }, { variety: 'Sensitive Personal' }] },
    },
    action: { hacking: { variety: ['Backdoor', 'Exploit vuln'], vector: ['Web application'] } },
  })
  expect(draft4Problems({ ...made, security_incident: 'Perhaps' }, schema)).not.toEqual([])
  const { actor: _, ...lacking } = made
  expect(draft4Problems(lacking, schema)).not.toEqual([])
})

test('a Navigator layer is in format 4.5: techniques with tactics as ATT&CK writes them, scores by steps', () => {
  const layer = JSON.parse(writeShare(viewOf(told), 'navigator', versions)) as {
    versions: object
    domain: string
    gradient: { maxValue: number }
    techniques: { techniqueID: string; tactic: string; score: number; comment: string }[]
  }
  expect(layer.versions).toEqual({ attack: '18', navigator: '4.9.0', layer: '4.5' })
  expect(layer.domain).toBe('enterprise-attack')
  expect(layer.techniques.map((one) => [one.techniqueID, one.tactic, one.score])).toEqual([
    ['T1041', 'exfiltration', 1],
    ['T1190', 'persistence', 1],
    ['T1213.006', 'collection', 1],
    ['T1505.003', 'persistence', 1],
  ])
  expect(layer.gradient.maxValue).toBe(1)
})
