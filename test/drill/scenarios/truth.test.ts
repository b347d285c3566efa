import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { intrusionNames } from '../../../src/drill/index.ts'
import { generated, windowsFields, type Generated } from './generated.ts'

const estates = new Map<string, Generated>()
const of = (scenario: string): Generated => estates.get(scenario) as Generated

beforeAll(async () => {
  for (const scenario of intrusionNames) estates.set(scenario, await generated(scenario, 4, { work: 0.3 }))
}, 120_000)
afterAll(() => {
  for (const estate of estates.values()) estate.remove()
})

/** Lines of a log that are nobody's attack. */
function ordinary(estate: Generated, path: RegExp): readonly string[] {
  const attack = new Set(estate.attack.map(({ file, line }) => `${file}:${line}`))
  return estate.logs
    .filter((one) => path.test(one))
    .flatMap((file) => estate.lines(file).filter((_, at) => !attack.has(`${file}:${at + 1}`)))
}
const attackLines = (estate: Generated, path: RegExp): readonly string[] =>
  estate.attack.filter(({ file }) => path.test(file)).map(({ text }) => text)
const numbers = (lines: readonly string[], pattern: RegExp): number =>
  lines.reduce(
    (sum, line) =>
      sum +
      Number(
        pattern
          .exec(line)
          ?.slice(1)
          .find((one) => one !== undefined) ?? 0,
      ),
    0,
  )

for (const scenario of intrusionNames) {
  describe(scenario, () => {
    test('the records named are there, once each, and are a small part of all', () => {
      const { attack, truth } = of(scenario)
      expect(attack.length).toBeGreaterThan(10)
      expect(new Set(attack.map(({ file, line }) => `${file}:${line}`)).size).toBe(attack.length)
      for (const { text } of attack) expect(text.length).toBeGreaterThan(30)
      for (const { text } of attack) expect(text.startsWith('#')).toBe(false)
      expect(attack.length / truth.records).toBeLessThan(scenario === 'api-enumeration' ? 0.35 : 0.06)
    })

    test('entry, hosts, stages and objects agree with each other', () => {
      const { truth } = of(scenario)
      const hosts = [...truth.compromised, ...truth.touched]
      expect(hosts).toContain(truth.entry?.host)
      expect(truth.compromised.filter((host) => truth.touched.includes(host))).toEqual([])
      expect(truth.stages[0]).toMatchObject({ stage: 'initial-access', host: truth.entry?.host, at: truth.entry?.at })
      expect(truth.stages.map(({ at }) => at)).toEqual(truth.stages.map(({ at }) => at).toSorted())
      for (const { host } of [...truth.stages, ...truth.objects]) expect(hosts).toContain(host)
      for (const { from, to, account } of truth.moves) {
        expect(truth.compromised).toContain(from)
        expect(truth.compromised).toContain(to)
        expect(truth.accounts).toContain(account)
      }
      for (const { to } of truth.acts) expect(hosts).toContain(to)
      expect(truth.objects.length).toBeGreaterThan(0)
      expect(truth.bytesOut).toBeGreaterThan(1_000)
      expect(truth.silent).toEqual([])
      expect(truth.looksBad).toHaveLength(2)
    })

    test('the addresses it came from stand in its records and in no others', () => {
      const estate = of(scenario)
      for (const address of estate.truth.entry?.addresses ?? []) {
        const exact = new RegExp(`(?<![\\d.])${address.replaceAll('.', '\\.')}(?![\\d.])`)
        expect(
          estate.attack.some(({ text }) => exact.test(text)),
          address,
        ).toBe(true)
        expect(
          ordinary(estate, /^logs\//).filter((line) => exact.test(line)),
          address,
        ).toEqual([])
      }
    })

    test('a move between Windows computers has the logon on the target, by that account, from the source, within a minute', () => {
      const estate = of(scenario)
      const from = estate.truth.period.from
      const moves = estate.truth.moves.filter(({ at, means }) => at >= from && means !== 'ssh')
      if (scenario === 'softcell') expect(moves.length).toBeGreaterThanOrEqual(3)
      else expect(moves).toHaveLength(scenario === 'vendor-vpn' ? estate.truth.moves.length : 0)
      const logons = attackLines(estate, /windows-security/)
        .map(windowsFields)
        .filter((fields) => Number(fields['EventID']) === 4624)
      const address = (host: string): string | undefined => {
        const fields = ordinary(estate, /windows-sysmon/)
          .map(windowsFields)
          .find((one) => one['Hostname']?.toLowerCase().startsWith(`${host}.`) === true && one['Initiated'] === 'true')
        return fields?.['SourceIp']
      }
      for (const move of moves) {
        const seen = logons.filter(
          (fields) =>
            fields['Hostname']?.toLowerCase().split('.')[0] === move.to &&
            `${fields['TargetDomainName']}\\${fields['TargetUserName']}` === move.account &&
            fields['IpAddress'] === address(move.from) &&
            Math.abs(Date.parse(fields['@timestamp'] ?? '') - Date.parse(move.at)) < 60_000,
        )
        expect(seen.length, JSON.stringify(move)).toBeGreaterThan(0)
      }
    })
  })
}

test('softcell: of the first wave no Windows record is left, only web requests and artefacts; three waves lie months apart', () => {
  const estate = of('softcell')
  const { truth } = estate
  const entry = Date.parse(truth.entry?.at ?? '')
  expect(Date.parse(truth.period.from) - entry).toBeGreaterThan(60 * 86_400_000)
  const windows = attackLines(estate, /windows-/).map(windowsFields)
  expect(windows.every((fields) => (fields['@timestamp'] ?? '') >= truth.period.from)).toBe(true)
  expect(attackLines(estate, /mft-/).some((line) => line.includes('PSEXESVC.exe'))).toBe(true)
  expect(attackLines(estate, /amcache-/).length).toBeGreaterThan(2)
  const stages = truth.stages.map(({ at }) => Date.parse(at))
  const gaps = stages.map((at, place) => at - (stages[place - 1] ?? at)).filter((gap) => gap > 60 * 86_400_000)
  expect(gaps).toHaveLength(2)
  const quiet = windows.filter(
    (fields) =>
      Number(fields['EventID']) !== 3 &&
      Number(fields['EventID']) !== 22 &&
      !truth.stages.some(({ at }) => Math.abs(Date.parse(at) - Date.parse(fields['@timestamp'] ?? '')) < 86_400_000),
  )
  expect(quiet).toEqual([])
  expect(windows.some((fields) => fields['CommandLine']?.includes('ntdsutil') === true)).toBe(true)
  expect(truth.objects.map(({ object }) => object)).toContain('ntds.dit')
})

test('vendor-vpn: the account came from other networks before, and nothing starts that did not start before', () => {
  const estate = of('vendor-vpn')
  const [, account = ''] = estate.truth.entry?.account?.split('\\') ?? []
  const gateway = /fortigate|globalprotect/
  const came = ordinary(estate, gateway).filter((line) => line.includes(account) && /tunnel-up|gateway-connected/.test(line))
  expect(came.length).toBeGreaterThan(1)
  const traffic = attackLines(estate, gateway).filter((line) => /type="traffic"|,TRAFFIC,/.test(line))
  expect(numbers(traffic, / rcvdbyte=(\d+)|tcp,allow,\d+,\d+,(\d+),/)).toBe(estate.truth.bytesOut)
  const images = attackLines(estate, /windows-sysmon/)
    .map((line) => windowsFields(line)['Image']?.toLowerCase())
    .filter((image) => image !== undefined)
  expect(images.filter((image) => !/explorer|mstsc|svchost|ntoskrnl|dbeaver|notepad/.test(image))).toEqual([])
})

test('api-enumeration: every address counts up customer numbers; the bytes are those of the answers', () => {
  const estate = of('api-enumeration')
  expect(estate.truth.compromised).toEqual([])
  const lines = attackLines(estate, /access\.log/)
  expect(lines).toHaveLength(estate.attack.length)
  const asked = lines.map((line) => Number(/\/(\d{6,}) HTTP/.exec(line)?.[1] ?? 0)).filter((number) => number > 0)
  expect(asked).toEqual(asked.toSorted((a, b) => a - b))
  expect(numbers(lines.filter((line) => / 200 1[0-9]{3} /.test(line)).slice(1), / 200 (\d+) /)).toBe(estate.truth.bytesOut)
})

test('insider-export: the account and the desk are ordinary; what went out through the proxy is what the truth says', () => {
  const estate = of('insider-export')
  const [, account = ''] = estate.truth.entry?.account?.split('\\') ?? []
  expect(ordinary(estate, /proxy/).some((line) => line.includes(` ${account} `))).toBe(true)
  const lines = attackLines(estate, /proxy/)
  expect(numbers(lines, /(\d+) \d+\.\d+\.\d+\.\d+$/)).toBe(estate.truth.bytesOut + 900 * lines.length)
  expect(estate.truth.moves).toEqual([])
})

test('router-implant: device accounting tells the commands, no computer has a record of it', () => {
  const estate = of('router-implant')
  expect(new Set(estate.attack.map(({ file }) => file))).toEqual(
    new Set(['logs/ios-xr.log', 'logs/tacacs-accounting.log', 'logs/zeek-conn.log']),
  )
  const commands = attackLines(estate, /tacacs/).join('\n')
  for (const part of ['guestshell enable', 'ipv4 access-list', 'monitor capture', 'tunnel mode gre', 'copy harddisk:'])
    expect(commands).toContain(part)
  expect(ordinary(estate, /tacacs/).join('\n')).not.toContain('guestshell')
  expect(attackLines(estate, /zeek/).reduce((sum, line) => sum + Number(line.split('\t')[9]), 0)).toBe(estate.truth.bytesOut)
  expect(estate.truth.moves.length).toBeGreaterThan(0)
})

test('cloud-warehouse: signed in without a second factor, unloaded and fetched; nobody else does but for a report', () => {
  const estate = of('cloud-warehouse')
  const rows = attackLines(estate, /snowflake/).map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(rows).toHaveLength(estate.attack.length)
  const logins = rows.filter((row) => row['EVENT_TYPE'] === 'LOGIN')
  expect(logins.every((row) => row['SECOND_AUTHENTICATION_FACTOR'] === null)).toBe(true)
  const fetched = rows.filter((row) => row['QUERY_TYPE'] === 'GET_FILES')
  expect(fetched.reduce((sum, row) => sum + Number(row['OUTBOUND_DATA_TRANSFER_BYTES']), 0)).toBe(estate.truth.bytesOut)
  const others = ordinary(estate, /snowflake-query/).filter((line) => line.includes('GET_FILES'))
  expect(others.length).toBe(estate.truth.looksBad.includes('report unloaded') ? 1 : 0)
  for (const { object } of estate.truth.objects) expect(rows.some((row) => JSON.stringify(row).includes(object))).toBe(true)
})
