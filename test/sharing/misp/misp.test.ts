import { expect, test } from 'vitest'
import { z } from 'zod'
import { readIndicators } from '../../../src/app/indicators-read.ts'
import { mispRules, writeShare } from '../../../src/sharing/index.ts'
import { observed, told, viewOf } from '../redaction/sample-view.ts'

const versions = { attack: '18.1', product: '0.1.0' }
const uuid = z.uuid()
const seconds = z.string().regex(/^\d{10}$/)
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
const organisation = z.strictObject({ name: z.string().min(1), uuid })

/** MISP core format (draft-dulaunoy-misp-core-format), as far as an event without attachments needs it; unknown members are refused. */
const attribute = z.strictObject({
  uuid,
  type: z.enum(['ip-src', 'domain', 'url', 'md5', 'sha1', 'sha256', 'filename', 'sigma', 'comment']),
  category: z.enum(['Network activity', 'Payload delivery', 'Other']),
  value: z.string().min(1),
  to_ids: z.boolean(),
  distribution: z.enum(['0', '1', '2', '3', '4', '5']),
  timestamp: seconds,
  comment: z.string(),
  disable_correlation: z.boolean(),
  first_seen: moment.optional(),
  last_seen: moment.optional(),
})
const event = z.strictObject({
  Event: z.strictObject({
    uuid,
    info: z.string().min(1),
    date: z.iso.date(),
    timestamp: seconds,
    publish_timestamp: seconds,
    published: z.boolean(),
    threat_level_id: z.enum(['1', '2', '3', '4']),
    analysis: z.enum(['0', '1', '2']),
    distribution: z.enum(['0', '1', '2', '3', '4']),
    Org: organisation,
    Orgc: organisation,
    Tag: z.array(z.strictObject({ name: z.string().min(1) })),
    Attribute: z.array(attribute),
    Object: z.array(z.never()),
  }),
})

test('an event has the form of the core format; tags are those of the taxonomies and galaxies', () => {
  const made = event.parse(JSON.parse(writeShare(viewOf(told), 'misp', versions)))
  expect(made.Event.Tag.map((one) => one.name)).toEqual([
    'tlp:amber',
    'PAP:GREEN',
    'misp-galaxy:gsma-motif="Access Subscriber Data"',
    'misp-galaxy:mitre-attack-pattern="Databases - T1213.006"',
    'misp-galaxy:mitre-attack-pattern="Exfiltration Over C2 Channel - T1041"',
    'misp-galaxy:mitre-attack-pattern="Exploit Public-Facing Application - T1190"',
    'misp-galaxy:mitre-attack-pattern="Web Shell - T1505.003"',
    'misp-galaxy:mitre-fight-techniques="Charging Data Record (CDR) Collection"',
    'misp-galaxy:mitre-fight-techniques="Exfiltration Over C2 Channel"',
    'misp-galaxy:mitre-fight-techniques="Exploit Public-Facing Application"',
  ])
  expect(event.safeParse({ Event: { ...made.Event, threat_level_id: '9' } }).success).toBe(false)
})

test.each(['stix', 'misp'] as const)(
  '%s there and back: every indicator with its source, date, TLP and PAP, and nothing else',
  (format) => {
    const values = [
      ...told,
      observed('hash', 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'),
      observed('hash', '098f6bcd4621d373cade4e832627b4f6'),
    ]
    const view = viewOf(values, { tlp: 'amber+strict', pap: 'red', producerName: 'Straits-CSIRT' })
    const read = readIndicators(writeShare(view, format, versions), 'shared.json')
    const key = (one: { kind: string; value: string }): string => `${one.kind} ${one.value}`
    expect(read.indicators.map(key).sort()).toEqual(view.indicators.map(key).sort())
    expect(read.indicators).toHaveLength(values.length)
    for (const one of read.indicators) {
      expect(one.source).toBe('Straits-CSIRT')
      expect(one.date?.slice(0, 10)).toBe('2026-07-01')
      expect(one.tlp).toBe('amber+strict')
    }
    if (format === 'misp') expect(read.indicators.every((one) => one.pap === 'red')).toBe(true)
  },
)

test('objects of telecom attacks are read for their addresses; numbers of subscribers in them are not taken', () => {
  const object = (name: string, attributes: object[]): object => ({ name, 'meta-category': 'network', Attribute: attributes })
  const text = JSON.stringify({
    Event: {
      info: 'invented',
      Orgc: { name: 'Straits-CSIRT' },
      Tag: [{ name: 'tlp:green' }],
      Attribute: [],
      Object: [
        object('gtp-attack', [
          { type: 'ip-src', object_relation: 'ipSrc', value: '203.0.113.77', to_ids: true },
          { type: 'text', object_relation: 'GtpImsi', value: '502121234567890', to_ids: true },
          { type: 'text', object_relation: 'GtpMsisdn', value: '60123456789', to_ids: true },
        ]),
        object('ss7-attack', [
          { type: 'text', object_relation: 'MapImsi', value: '502121234567891', to_ids: true },
          { type: 'phone-number', object_relation: 'MapMsisdn', value: '60198765432', to_ids: true },
        ]),
      ],
    },
  })
  const read = readIndicators(text, 'telecom.json')
  expect(read.indicators.map((one) => [one.kind, one.value, one.tlp])).toEqual([['ip', '203.0.113.77', 'green']])
  expect(JSON.stringify(read)).not.toMatch(/5021212|6012345|6019876/)
})

test('rules come back from an event as they went, with source, date, TLP and PAP', () => {
  const yaml = "title: 'Invented'\nid: 0f0f0f0f-0000-5000-8000-000000000001\n"
  const rule = { id: '0f0f0f0f-0000-5000-8000-000000000001', title: 'Invented', yaml, behaviours: [1], found: 1, triedOn: 9 }
  const event = JSON.parse(writeShare(viewOf(told, { rules: [rule], pap: 'red' }), 'misp', versions)) as unknown
  expect(mispRules(event)).toMatchObject([
    { pattern: yaml, source: 'An operator', date: '2026-07-01', tlp: 'amber', pap: 'red', patternType: 'sigma' },
  ])
  for (const other of [
    null,
    7,
    [],
    { Event: 7 },
    { Event: { Attribute: [7, { type: 'sigma' }, { type: 'ip-src', value: '203.0.113.1' }] } },
  ])
    expect(mispRules(other)).toEqual([])
})
