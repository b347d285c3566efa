import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scoreScenario, writeScenario } from '../../../src/drill/index.ts'
import { generated, windowsFields, type Generated } from './generated.ts'

const made: Generated[] = []
const make = async (...how: Parameters<typeof generated>): Promise<Generated> => {
  const [scenario, seed, options] = how
  const estate = await generated(scenario, seed, { work: 0.3, ...options })
  made.push(estate)
  return estate
}
let plain: Generated

beforeAll(async () => {
  plain = await make('vendor-vpn', 9)
}, 60_000)
afterAll(() => {
  for (const estate of made) estate.remove()
})

test('the same seed and options give the same bytes, another seed other ones', async () => {
  const sums = (estate: Generated): readonly string[] => estate.truth.files.map(({ path, sha256 }) => `${path} ${sha256}`)
  expect(sums(await make('vendor-vpn', 9))).toEqual(sums(plain))
  const other = await make('vendor-vpn', 10)
  const common = new Set(sums(plain))
  expect(sums(other).filter((one) => common.has(one))).toEqual([])
}, 60_000)

test('an estate has the gateway of one make; seeds differ in it', async () => {
  const makes = new Set<string>()
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { logs } = await make('vendor-vpn', seed, { work: 0.05 })
    const gateway = logs.filter((path) => /fortigate|globalprotect/.test(path))
    expect(gateway).toHaveLength(1)
    makes.add(gateway[0] ?? '')
  }
  expect(makes.size).toBe(2)
}, 60_000)

test('without Sysmon there is no record of it, and Security tells the processes', async () => {
  const estate = await make('softcell', 9, { sysmon: false })
  expect(estate.logs.some((path) => path.includes('sysmon'))).toBe(false)
  expect(estate.text('logs/windows-security.ndjson')).not.toContain('Microsoft-Windows-Sysmon')
  const started = estate.attack.map(({ text }) => windowsFields(text)).filter((fields) => Number(fields['EventID']) === 4688)
  expect(started.some((fields) => fields['CommandLine']?.includes('ntdsutil') === true)).toBe(true)
}, 60_000)

test('dropped records are a random third; the truth names those of the attack that are left', async () => {
  const estate = await make('vendor-vpn', 9, { drop: 0.3 })
  const { truth } = estate
  expect(truth.dropped / (truth.dropped + truth.records)).toBeCloseTo(0.3, 1)
  const whole = new Set(plain.attack.map(({ text }) => text))
  expect(truth.attackRecords.length).toBeLessThan(plain.attack.length)
  expect(truth.attackRecords.length).toBeGreaterThan(plain.attack.length * 0.45)
  for (const { text } of estate.attack) expect(whole.has(text)).toBe(true)
  // What really happened does not change.
  expect(truth.moves).toEqual(plain.truth.moves)
  expect(truth.bytesOut).toBe(plain.truth.bytesOut)
}, 60_000)

test('a silent host on the way sends nothing in that time; the others do', async () => {
  const estate = await make('softcell', 9, { silentHost: true })
  const [gap] = estate.truth.silent
  if (gap === undefined) throw new Error('no silence')
  expect(estate.truth.compromised).toContain(gap.host)
  expect(gap.host).not.toBe(estate.truth.entry?.host)
  expect(gap.lost).toBeGreaterThan(0)
  const during = estate
    .lines('logs/windows-security.ndjson')
    .map(windowsFields)
    .filter((fields) => (fields['@timestamp'] ?? '') >= gap.from && (fields['@timestamp'] ?? '') < gap.to)
  expect(during.length).toBeGreaterThan(0)
  expect(during.filter((fields) => fields['Hostname']?.toLowerCase().startsWith(`${gap.host}.`) === true)).toEqual([])
  const scarce = await make('api-enumeration', 9, { silentHost: true })
  expect(scarce.truth.silent).toMatchObject([{ host: scarce.truth.entry?.host }])
  expect(scarce.truth.attackRecords.length).toBeGreaterThan(0)
}, 60_000)

test('two attackers have a truth each, and no record in common', async () => {
  const estate = await make('vendor-vpn', 9, { second: 'router-implant' })
  const { truth } = estate
  expect(truth.second?.scenario).toBe('router-implant')
  expect(truth.entry?.kind).toBe('vendor-session')
  expect(truth.second?.entry.kind).toBe('router')
  const first = new Set(truth.attackRecords.map(({ file, line }) => `${file}:${line}`))
  expect(truth.second?.attackRecords.filter(({ file, line }) => first.has(`${file}:${line}`))).toEqual([])
  const tacacs = truth.second?.attackRecords.filter(({ file }) => file.includes('tacacs')) ?? []
  expect(tacacs.some(({ file, line }) => estate.lines(file)[line - 1]?.includes('guestshell') === true)).toBe(true)
  expect(truth.compromised).toEqual(plain.truth.compromised)
}, 60_000)

test('clocks that are off shift the records of their host by just as much; domain controllers and devices are right', async () => {
  const estate = await make('vendor-vpn', 9, { clockSkew: 90 })
  const { clockSkew } = estate.truth
  expect(clockSkew.length).toBeGreaterThan(5)
  for (const { host, seconds } of clockSkew) {
    expect(Math.abs(seconds)).toBeLessThanOrEqual(90)
    expect(host).not.toMatch(/^(dc|pe|ce|core|vpn|fgt)-/)
  }
  const times = (one: Generated): Map<string, string> =>
    new Map(
      one
        .lines('logs/windows-security.ndjson')
        .map((line) => [
          /"EventRecordID":\d+/.exec(line)?.[0] + (/"Hostname":"[^"]+"/.exec(line)?.[0] ?? ''),
          line.slice(15, 39),
        ]),
    )
  const right = times(plain)
  let compared = 0
  for (const [key, time] of times(estate)) {
    const before = right.get(key)
    const host = /"Hostname":"([^."]+)/.exec(key)?.[1]?.toLowerCase()
    if (before === undefined) continue
    const seconds = clockSkew.find((one) => one.host === host)?.seconds ?? 0
    expect(Date.parse(time) - Date.parse(before)).toBeCloseTo(seconds * 1_000, 0)
    compared += 1
  }
  expect(compared).toBeGreaterThan(300)
  expect(estate.truth.moves).toEqual(plain.truth.moves)
}, 60_000)

test('benign: no attack, but hard work: a roll-out of a service everywhere, PsExec, a new administrator', async () => {
  const estate = await make('benign', 9, { hosts: 50 })
  const { truth } = estate
  expect(truth.attackRecords).toEqual([])
  expect(truth.entry).toBeUndefined()
  expect(truth.hosts).toBe(50)
  expect(truth.looksBad).toHaveLength(8)
  const services = estate.lines('logs/windows-system.ndjson').map(windowsFields)
  const hosts = new Set(services.filter((fields) => fields['ServiceName'] === 'SenjaProbe7').map((fields) => fields['Hostname']))
  expect(hosts.size).toBeGreaterThan(35)
  expect(services.filter((fields) => fields['ServiceName'] === 'PSEXESVC').length).toBeGreaterThanOrEqual(3)
  const security = estate.text('logs/windows-security.ndjson')
  expect(security).toContain('"EventID":4720')
  expect(security).toContain('net group \\"Domain Admins\\" /domain')
  expect(security).not.toContain('lsass')
}, 60_000)

test('wrong options are refused before anything is written, and a folder with a case is left alone', async () => {
  const out = mkdtempSync(join(tmpdir(), 'scenario-refused-'))
  const ask = (options: object, scenario = 'vendor-vpn', seed = 1): Promise<unknown> =>
    writeScenario({ scenario: scenario as never, seed, options, out, watch: {} })
  await expect(ask({ hosts: 5 })).rejects.toMatchObject({ code: 'drill-hosts' })
  await expect(ask({ work: 0 })).rejects.toMatchObject({ code: 'drill-work' })
  await expect(ask({ drop: 1 })).rejects.toMatchObject({ code: 'drill-drop' })
  await expect(ask({ drop: Number.NaN })).rejects.toMatchObject({ code: 'drill-drop' })
  await expect(ask({ clockSkew: -1 })).rejects.toMatchObject({ code: 'drill-clock-skew' })
  await expect(ask({ second: 'vendor-vpn' })).rejects.toMatchObject({ code: 'drill-second' })
  await expect(ask({ second: 'softcell' }, 'benign')).rejects.toMatchObject({ code: 'drill-second' })
  await expect(ask({}, 'flood')).rejects.toMatchObject({ code: 'drill-scenario-unknown' })
  await expect(ask({}, 'vendor-vpn', 1.5)).rejects.toMatchObject({ code: 'drill-seed-wrong' })
  expect(readdirSync(out)).toEqual([])
  const stopped = writeScenario({ scenario: 'vendor-vpn', seed: 1, out, watch: { signal: AbortSignal.abort() } })
  await expect(stopped).rejects.toMatchObject({ code: 'drill-stopped' })
  expect(existsSync(join(out, 'case'))).toBe(false)
  rmSync(out, { recursive: true })
  await expect(writeScenario({ scenario: 'vendor-vpn', seed: 1, out: plain.path('..'), watch: {} })).rejects.toMatchObject({
    code: 'drill-out-taken',
  })
  expect(plain.lines('logs/windows-security.ndjson').length).toBeGreaterThan(10)
})

test('scoring: an answer with the whole truth has everything, an empty one nothing, stories of a benign estate miss the bar', () => {
  const { truth } = plain
  const answer = {
    stories: [
      { hosts: [{ name: 'elsewhere', status: 'compromised' }] },
      {
        initialAccess: { kind: 'vendor-session', where: truth.entry?.host ?? '' },
        hosts: [
          ...truth.compromised.map((name) => ({ name: `${name}.corp.meridian.example`, status: 'compromised' })),
          ...truth.touched.map((name) => ({ name, status: 'touched' })),
        ],
        accounts: truth.accounts.map((name) => ({ name })),
        lateralMovement: truth.moves,
        reached: truth.objects.map(({ object }) => ({ what: object })),
      },
    ],
  }
  const value = (table: ReturnType<typeof scoreScenario>, name: string): string | undefined =>
    table.scores.find((score) => score.name.endsWith(name))?.value
  const pairs = new Set(truth.moves.map(({ from, to }) => `${from}>${to}`)).size
  const full = scoreScenario({ truth, answer })
  expect(value(full, 'initial access named')).toBe('yes')
  expect(value(full, 'hosts called compromised')).toBe('precision 1.00, recall 1.00')
  expect(value(full, 'objects reached')).toBe(`${truth.objects.length} of ${truth.objects.length}`)
  expect(value(full, 'moves')).toBe(`${pairs} of ${pairs}, 0 others`)
  const empty = scoreScenario({ truth, answer: { stories: { stories: [] } } })
  expect(value(empty, 'initial access named')).toBe('no')
  expect(value(empty, 'hosts called compromised')).toBe('precision -, recall 0.00')
  const { entry: _, ...rest } = truth
  const benign = { ...rest, scenario: 'benign' as const }
  expect(scoreScenario({ truth: benign, answer }).passed).toBe(false)
  expect(scoreScenario({ truth: benign, answer: {} }).passed).toBe(true)
})
