import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'

interface Ref {
  readonly kind: string
  readonly record: number
}
interface Entry {
  readonly from: string
  readonly to: string
  readonly kind?: string
  readonly accounts?: readonly string[]
  readonly accountClass?: string
  readonly technique?: string | null
  readonly also?: readonly string[]
  readonly means?: readonly string[]
  readonly effect?: string
  readonly outcome?: string
  readonly at?: string
  readonly transcriptTime?: string
  readonly targetLogs?: boolean
  readonly basis: string
  readonly records: readonly Ref[]
}
interface Step {
  readonly technique: string
  readonly at?: string
  readonly records: readonly Ref[]
}
interface Host {
  readonly name: string
  readonly events: readonly string[]
  readonly logs: boolean
}
interface EventSet {
  readonly set: string
  readonly folder: string
  readonly metadata: string | null
  readonly clock: { readonly stampToUtcSeconds: number }
  readonly period: { readonly from: string; readonly to: string }
  readonly records: number
  readonly hosts: readonly Host[]
  readonly moves: readonly Entry[]
  readonly attempts: readonly Entry[]
  readonly acts: readonly Entry[]
  readonly nots: readonly Entry[]
  readonly initialAccess?: Step & { readonly host: string }
  readonly steps?: readonly Step[]
}

const folder = resolve(import.meta.dirname, '../../bench/story')
const table = JSON.parse(readFileSync(join(folder, 'otrf-moves.json'), 'utf8')) as Record<string, unknown> & {
  readonly sets: readonly EventSet[]
  readonly campaigns: readonly EventSet[]
}
const all = [...table.sets, ...table.campaigns]
const shared = resolve(import.meta.dirname, '../../../shared/data/otrf/datasets')
const absent = !existsSync(shared)
const skipped = absent ? ' (skipped: no shared data)' : ''

const entriesOf = (one: EventSet): readonly Entry[] => [...one.moves, ...one.attempts, ...one.acts, ...one.nots]
const refsOf = (one: EventSet): readonly Ref[] => [
  ...entriesOf(one).flatMap((entry) => entry.records),
  ...(one.steps ?? []).flatMap((step) => step.records),
  ...(one.initialAccess?.records ?? []),
]
const timed = (one: EventSet): readonly { readonly at: string; readonly records: readonly Ref[] }[] =>
  [...entriesOf(one), ...(one.steps ?? []), ...(one.initialAccess === undefined ? [] : [one.initialAccess])].flatMap(
    ({ at, records }) => (at === undefined ? [] : [{ at, records }]),
  )
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/
const techniqueId = /^T\d{4}(\.\d{3})?$/

test('the table says where it comes from and names each set once', () => {
  expect(table).toMatchObject({ licence: 'MIT', readBy: 'hand', readOn: '2026-11-22' })
  expect(table['source']).toContain('OTRF/Security-Datasets')
  expect(new Set(all.map((one) => one.set)).size).toBe(all.length)
})

test('the counts of the page are those of the table', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8').replaceAll(/ +/g, ' ')
  const row = (sets: readonly EventSet[]): string =>
    [
      sets.length,
      ...(['moves', 'attempts', 'acts', 'nots'] as const).map((list) => sets.flatMap((one) => one[list]).length),
    ].join(' | ')
  const lateral = table.sets.filter((one) => one.folder.includes('/lateral_movement/'))
  expect(page).toContain(`| \`sets\`: lateral movement | ${row(lateral)} |`)
  expect(page).toContain(`| \`sets\`: other tactics | ${row(table.sets.filter((one) => !lateral.includes(one)))} |`)
  expect(page).toContain(`| \`campaigns\` | ${row(table.campaigns)} |`)
})

test('every entry joins two hosts of its set and says what it rests on', () => {
  for (const one of all) {
    const names = new Map(one.hosts.map((host) => [host.name, host]))
    for (const entry of entriesOf(one)) {
      expect(names.has(entry.from) && names.has(entry.to), `${one.set} ${entry.from} ${entry.to}`).toBe(true)
      expect(entry.basis, one.set).toMatch(/^[^"\n]{10,}\.$/)
      expect(entry.kind === undefined || entry.records.length > 0, one.set).toBe(true)
    }
    for (const host of one.hosts) expect(host.logs, `${one.set} ${host.name}`).toBe(host.events.length > 0)
    for (const { record } of refsOf(one)) expect(record > 0 && record <= one.records, `${one.set} ${record}`).toBe(true)
  }
})

test('moves have a technique, a time, an account and records; none is made by a computer account', () => {
  for (const one of all) {
    for (const entry of [...one.moves, ...one.attempts]) {
      expect(entry.technique, one.set).toMatch(techniqueId)
      for (const technique of entry.also ?? []) expect(technique).toMatch(techniqueId)
      expect(entry.at, one.set).toMatch(isoTime)
      expect(entry.from, one.set).not.toBe(entry.to)
      expect(entry.means?.length, one.set).toBeGreaterThan(0)
      expect(entry.records.length, one.set).toBeGreaterThan(0)
      expect(['user', 'anonymous'], one.set).toContain(entry.accountClass)
      expect(
        entry.accounts?.some((account) => account.endsWith('$')),
        one.set,
      ).toBe(false)
      expect(entry.targetLogs, one.set).toBe(one.hosts.find((host) => host.name === entry.to)?.logs)
    }
    for (const move of one.moves) {
      expect(['execution', 'control', 'account-takeover', 'session'], one.set).toContain(move.effect)
      expect(move.outcome, one.set).toBeUndefined()
    }
    for (const attempt of one.attempts) expect(attempt, one.set).toMatchObject({ effect: 'none', outcome: 'blocked' })
    for (const entry of entriesOf(one)) if (entry.transcriptTime !== undefined) expect(entry.transcriptTime).toMatch(isoTime)
  }
})

test('in a set no record speaks for two entries', () => {
  for (const one of table.sets) {
    const owned = entriesOf(one).flatMap((entry) => [...new Set(entry.records.map((ref) => ref.record))])
    expect(new Set(owned).size, one.set).toBe(owned.length)
  }
})

test('times lie within the period of their set', () => {
  for (const one of all) {
    expect(one.period.from <= one.period.to, one.set).toBe(true)
    for (const { at } of timed(one)) expect(at >= one.period.from && at <= one.period.to, `${one.set} ${at}`).toBe(true)
  }
})

test('the steps of a campaign come in order of time', () => {
  for (const one of table.campaigns) {
    const lasting = one.set.startsWith('vminsights') || one.set.startsWith('sysmon_log4shell')
    const times = (one.steps ?? []).flatMap(({ at }) => (at === undefined ? [] : [at]))
    expect(times.length, one.set).toBeGreaterThan(1)
    if (!lasting) expect(times, one.set).toEqual(times.toSorted())
    expect(
      one.hosts.some((host) => host.name === one.initialAccess?.host && host.logs),
      one.set,
    ).toBe(true)
  }
})

/** A record as far as this test reads it: fields that hold text or a number. */
type Fields = Readonly<Record<string, string | number | undefined>>

/** The sets are archives of one member; read from its local header, for two of them have one byte more after their directory. */
function onlyMember(archive: Buffer): Buffer {
  expect(archive.readUInt32LE(0)).toBe(0x04034b50)
  return inflateRawSync(archive.subarray(30 + archive.readUInt16LE(26) + archive.readUInt16LE(28)))
}

/** The lines that hold something, by number from 1: how many there are, and the first and the wanted ones as objects. */
function wanted(bytes: Buffer, numbers: ReadonlySet<number>): { total: number; records: Map<number, Fields> } {
  const records = new Map<number, Fields>()
  let total = 0
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end
    if (to - from > 1) {
      total += 1
      if (numbers.has(total) || total === 1)
        records.set(total, JSON.parse(bytes.toString('utf8', from, to).replace(/^\uFEFF/, '')) as Fields)
    }
    from = to + 1
  }
  return { total, records }
}

function isHostIn(bytes: Buffer, name: string): boolean {
  return ['Hostname', 'Computer'].some(
    (field) => bytes.includes(`"${field}":"${name}"`) || bytes.includes(`"${field}": "${name}"`),
  )
}

const channels = {
  Security: 'security',
  Sysmon: 'microsoft-windows-sysmon/operational',
  System: 'system',
  'WMI-Activity': 'microsoft-windows-wmi-activity/operational',
} as const

/** Whether a record is of the kind that the table gives: channel and event id, for Linux the text of the message. */
function isOfKind(record: Fields, kind: string): boolean {
  const text = String(record['SyslogMessage'] ?? '')
  if (kind === 'VMConnection') return record['Type'] === kind
  if (kind.startsWith('Linux Sysmon ')) return text.includes(`<EventID>${kind.slice('Linux Sysmon '.length)}</EventID>`)
  if (kind.startsWith('AUOMS_')) return text.startsWith(`type=${kind} `)
  const [channel = '', id] = kind.split(' ')
  return (
    String(record['Channel']).toLowerCase() === channels[channel as keyof typeof channels] && String(record['EventID']) === id
  )
}

const stampOf = (record: Fields, one: EventSet): number => {
  const stamp = String(record['@timestamp'] ?? record['TimeGenerated'] ?? record['TimeCreated'])
  return Date.parse(`${stamp.replace(' ', 'T').replace(/Z$/, '')}Z`) + one.clock.stampToUtcSeconds * 1_000
}

test.skipIf(absent)(`every set is there${skipped}`, () => {
  for (const one of all) expect(existsSync(join(shared, one.folder, `${one.set}.zip`)), one.set).toBe(true)
  expect(existsSync(join(shared, all[0]?.folder ?? '', 'no_such_set.zip'))).toBe(false)
})

test.skipIf(absent).each(all.map((one) => [one.set, one] as const))(
  `hosts, records and times of %s are those of its events${skipped}`,
  (_, one) => {
    const bytes = onlyMember(readFileSync(join(shared, one.folder, `${one.set}.zip`)))
    const refs = refsOf(one)
    const { total, records } = wanted(bytes, new Set(refs.map((ref) => ref.record)))
    expect(total).toBe(one.records)
    for (const host of one.hosts) {
      for (const name of host.events) expect(isHostIn(bytes, name), name).toBe(true)
      if (!host.logs) expect(isHostIn(bytes, host.name), host.name).toBe(false)
    }
    for (const { record, kind } of refs) expect(isOfKind(records.get(record) ?? {}, kind), `${record} ${kind}`).toBe(true)
    for (const record of records.values()) {
      const stamp = new Date(stampOf(record, one)).toISOString()
      expect(stamp >= one.period.from && stamp <= one.period.to, stamp).toBe(true)
    }
    for (const { at, records: its } of timed(one)) {
      const late = its.map(({ record }) => stampOf(records.get(record) ?? {}, one) - Date.parse(at))
      expect(Math.min(...late.map(Math.abs)), at).toBeLessThan(180_000)
    }
  },
  60_000,
)
