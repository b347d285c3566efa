import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf, shareFormats, writeShare, type ObservedValue, type SharedKind } from '../../../src/sharing/index.ts'
import { generalise, sharedKinds, type StoryRecord } from '../../../src/sharing/index.ts'
import { gate, observed, secrets, told, viewOf } from './sample-view.ts'

const versions = { attack: '18.1', product: '0.1.0' }

const everySecret: readonly string[] = [
  ...secrets.hosts,
  ...secrets.accounts.map((one) => one.replace(/^.*\\/, '')),
  ...secrets.employees,
  ...secrets.vendors,
  secrets.operator,
  ...secrets.subscribers,
  ...secrets.targets,
  ...secrets.addresses,
  secrets.word,
]

/** Ways in which a secret is dressed up. */
const spellings: readonly ((secret: string) => string)[] = [
  (one) => one,
  (one) => one.toUpperCase(),
  (one) => one.replaceAll(/[ .@]/g, '_'),
  (one) => one.replaceAll(/[ .@]/g, '-'),
  (one) => one.replaceAll(/[^A-Za-z0-9]/g, ''),
  (one) => Buffer.from(one).toString('hex').replaceAll(/../g, '%$&'),
  (one) => Buffer.from(one).toString('base64'),
  (one) => Buffer.from(one).toString('base64url'),
  (one) => Buffer.from(one).toString('hex'),
  (one) => one.replaceAll(/(\d{3})(?=\d)/g, '$1-'),
  (one) => one.replaceAll('.', '[.]'),
  (one) => one.replaceAll('.', '-'),
]

/** Places in which a spelling is put. */
const places: readonly (readonly [SharedKind, (text: string) => string])[] = [
  ['ip', (text) => text],
  ['domain', (text) => text],
  ['domain', (text) => `${text}.update-check.example`],
  ['domain', (text) => `a.${text}.example`],
  ['url', (text) => `update-check.example/${text}`],
  ['url', (text) => `update-check.example/a?m=${text}#${text}`],
  ['url', (text) => `${text}/index.html`],
  ['url', (text) => `user:${text}@update-check.example/x`],
  ['file', (text) => text],
  ['file', (text) => `${text}.jsp`],
  ['file', (text) => `report-${text}-2.exe`],
  ['hash', (text) => text],
]

/** What a reader could find in a text: itself, letters and digits alone, and what its parts decode to. */
function readings(text: string): string[] {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].flatMap(([run]) =>
    ['base64', 'base64url', 'hex'].map((how) => Buffer.from(run, how as BufferEncoding).toString('latin1')),
  )
  const plain = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
  return [text, plain, ...decoded].map((one) => one.toLowerCase())
}

const squeezed = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9@:.]/g, '')

function leaks(text: string, secret: string): boolean {
  const bare = squeezed(secret)
  return readings(text).some((one) => one.includes(secret.toLowerCase()) || (bare.length > 5 && squeezed(one).includes(bare)))
}

test('no subscriber, employee, target, vendor, host, address or account gets out through any format, however it is spelled', () => {
  const smuggled = everySecret.flatMap((secret) =>
    spellings.flatMap((spell) => places.map(([kind, put]): ObservedValue => observed(kind, put(spell(secret)).toLowerCase()))),
  )
  const asWritten = everySecret.flatMap((secret) =>
    spellings.flatMap((spell) => places.map(([kind, put]) => observed(kind, put(spell(secret))))),
  )
  const view = viewOf([...told, ...smuggled, ...asWritten], { producerName: secrets.operator })
  // What may be told is still there: a gate that lets nothing through would prove nothing.
  for (const one of told) expect(view.indicators.map((each) => each.value as string)).toContain(one.value)
  expect(view.producerName).toBeUndefined()
  for (const format of shareFormats) {
    const text = writeShare(view, format, versions)
    for (const secret of everySecret) expect([format, secret, leaks(text, secret)]).toEqual([format, secret, false])
    expect(text).not.toMatch(/<b>|T9999/)
  }
})

test.each(secrets.subscriberNames)(
  'the name %s of a subscriber does not get out as a file or path, though nobody listed it',
  (name) => {
    for (const sign of ['.', '_', '-'])
      for (const put of [name, name.toLowerCase(), name.toUpperCase()].map((one) => one.replaceAll(' ', sign))) {
        for (const file of [put, `${put}.jsp`, `calls-${put}-2.exe`]) expect(gate.indicator('file', file).kind).toBe('withheld')
        expect(gate.indicator('url', `update-check.example/${put.toLowerCase()}`).kind).toBe('withheld')
        expect(gate.word(put).kind).toBe('withheld')
      }
  },
)

test('a secret put anywhere into a value of any kind is withheld, or cut off', () => {
  const part = fc.stringMatching(/^[a-z0-9._/-]{0,12}$/)
  fc.assert(
    fc.property(
      fc.constantFrom(...everySecret.filter((one) => one.length > 5)),
      fc.constantFrom(...sharedKinds),
      part,
      part,
      (secret, kind, before, after) => {
        const answer = gate.indicator(kind, `${before}${secret}${after}`.toLowerCase())
        return answer.kind === 'withheld' || !leaks(answer.value, secret)
      },
    ),
    { numRuns: 2_000 },
  )
})

test.each<[SharedKind, string, string]>([
  ['ip', '10.1.2.3', 'private address'],
  ['ip', '100.64.9.9', 'private address'],
  ['ip', '::ffff:198.51.100.7', 'private address'],
  ['ip', '198.51.100.7', 'own address or one of a partner'],
  ['ip', '192.0.2.200', 'own address or one of a partner'],
  ['ip', '2001:db8:77::1', 'own address or one of a partner'],
  ['domain', 'vpn.meridian.example', 'own domain or one of a partner'],
  ['url', 'portal.antrian.example/x', 'own domain or one of a partner'],
  ['url', '198.51.100.7/x', 'own address or one of a partner'],
  ['file', 'svc_health.exe', 'names an account'],
  ['file', 'bayu-report.exe', 'names the operator, a person or a third party'],
  ['file', 'x601-2345-6789.csv', 'looks like the identifier of a person'],
  ['file', '<img>.jsp', 'not of a form that is shared'],
  ['file', 'harimau.bin', 'stated to be kept in'],
])('%s %s is withheld: %s', (kind, value, reason) => {
  expect(gate.indicator(kind, value)).toEqual({ kind: 'withheld', reason })
})

test.each<[SharedKind, string, string]>([
  ['ip', '192.0.2.100', '192.0.2.100'],
  ['ip', '203.0.113.24', '203.0.113.24'],
  ['domain', 'gyydcmrtgq2tmnzyhe.tunnel.example', 'tunnel.example'],
  ['domain', 'onrs253fmiwtany.tunnel.example', 'tunnel.example'],
  ['domain', '60123456789.tunnel.example', 'tunnel.example'],
  ['url', 'a.example/drop.bin?id=60123456789', 'a.example/drop.bin'],
  ['file', 'igfxbridge.exe', 'igfxbridge.exe'],
])('%s %s is told as %s', (kind, value, want) => {
  const answer = gate.indicator(kind, value)
  expect(answer.kind === 'admitted' ? answer.value : answer.reason).toBe(want)
})

test('what was seen outside the story, or came under a stricter marking, is withheld and counted', () => {
  const values = [
    observed('ip', '203.0.113.9', { outside: 1 }),
    observed('ip', '203.0.113.10', { received: 'red' }),
    observed('ip', '203.0.113.11', { received: 'green' }),
  ]
  const view = viewOf(values)
  expect(view.indicators.map((one) => one.value)).toEqual(['203.0.113.11'])
  expect(view.withheld).toEqual([
    { reason: 'received under a marking that does not allow it', count: 1 },
    { reason: 'seen outside the story too', count: 1 },
  ])
})

test('a release names its content: one indicator or marking more is another', () => {
  expect(contentOf(viewOf(told))).toBe(contentOf(viewOf(told)))
  expect(contentOf(viewOf(told))).not.toBe(contentOf(viewOf(told.slice(1))))
  expect(contentOf(viewOf(told))).not.toBe(contentOf(viewOf(told, { tlp: 'green' })))
})

test('rules take no name of a host, person or account, and no value of a command', () => {
  const record = (fields: Record<string, string>): StoryRecord => ({
    product: 'windows',
    category: 'process_creation',
    service: 'sysmon',
    eventId: '1',
    fields,
    steps: [1],
    techniques: ['T1021.002', secrets.subscribers[0]],
    tactics: ['lateral-movement', `<${secrets.word}>`],
  })
  const drafts = generalise(
    [
      record({
        Image: 'C:\\Windows\\Temp\\px.exe',
        ParentImage: 'C:\\Windows\\System32\\cmd.exe',
        CommandLine: `px.exe \\\\${secrets.hosts[0]} -accepteula -u MERIDIAN\\svc_health -p d8b30fd219 -s --${secrets.employees[0]} -svc-health /c ${secrets.subscribers[0]}`,
      }),
      record({ Image: 'C:\\Windows\\Temp\\svc_health.exe', ParentImage: 'C:\\x\\java.exe', CommandLine: 'svc_health.exe -a -b' }),
      // Single letters mean something else to every program; remote management starts shells every day.
      record({ Image: 'C:\\x\\pg_dump.exe', ParentImage: 'C:\\x\\cmd.exe', CommandLine: 'pg_dump.exe -h a -U b -d c' }),
      record({ Image: 'C:\\x\\cmd.exe', ParentImage: 'C:\\x\\WmiPrvSE.exe', CommandLine: 'cmd.exe /c dir' }),
      record({ Image: 'C:\\Windows\\System32\\net.exe', ParentImage: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'net user' }),
    ],
    gate,
  )
  expect(drafts.map((one) => one.title)).toEqual([
    'Program Straight in a Temporary or Common Folder Started by a Shell',
    'px.exe With -accepteula -u -p -s Run From \\Windows\\Temp\\',
  ])
  for (const { yaml } of drafts) {
    for (const secret of everySecret) expect([secret, leaks(yaml, secret)]).toEqual([secret, false])
    expect(yaml).not.toMatch(/d8b30fd219|svc|MERIDIAN|<|sc-web/)
  }
})
