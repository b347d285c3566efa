import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesSource, collect } from '../../../src/base/index.ts'
import { scenarioNames } from '../../../src/drill/index.ts'
import { readEvents } from '../../../src/events/index.ts'
import { readInventoryToml } from '../../../src/inventory/index.ts'
import { generated, type Generated } from './generated.ts'

/** What each log must be recognised as: product, service and category of its events. */
const recognised: readonly (readonly [path: RegExp, as: RegExp])[] = [
  [/windows-security/, /^windows\/security\//],
  [/windows-system/, /^windows\/system\//],
  [/windows-sysmon/, /^windows\/sysmon\//],
  [/iis-|-access\.log/, /^\/\/webserver$/],
  [/postgresql/, /^postgresql\/(pgaudit|server)\/database$/],
  [/fortigate/, /^fortigate\/(event\/|traffic\/firewall)$/],
  [/globalprotect/, /^paloalto\/(globalprotect\/|traffic\/firewall)$/],
  [/ios-xr|tacacs/, /^cisco\/aaa\/$/],
  [/linux-auth/, /^linux\/sshd\/$/],
  [/proxy/, /^\/\/proxy$/],
  [/snowflake-login/, /^snowflake\/login_history\/database$/],
  [/snowflake-query/, /^snowflake\/query_history\/database$/],
  [/snowflake-access/, /^snowflake\/access_history\/database$/],
  [/zeek/, /^zeek\/conn\/$/],
  [/exchange-tracking/, /^exchange\/message-tracking\/$/],
  [/mft-/, /^ez-tools\/mft\/$/],
  [/amcache-/, /^ez-tools\/amcache\/$/],
]

const makes = new Set<string>()
afterAll(() => expect([...makes].sort()).toEqual(['logs/fortigate.log', 'logs/globalprotect.log']))

for (const [order, scenario] of scenarioNames.entries()) {
  describe(scenario, () => {
    let estate: Generated
    beforeAll(async () => {
      estate = await generated(scenario, 11 + order, { hosts: scenario === 'benign' ? 60 : 30, work: 0.15 })
    }, 60_000)
    afterAll(() => estate.remove())

    test('every line is read, by the reader of its source, without a fault', async () => {
      expect(estate.logs.length).toBeGreaterThanOrEqual(14)
      for (const path of estate.logs) {
        if (/fortigate|globalprotect/.test(path)) makes.add(path)
        const wanted = recognised.find(([one]) => one.test(path))?.[1]
        expect(wanted, path).toBeDefined()
        // Every record of the attack, and every third of the others.
        const lines = estate.lines(path)
        const head = lines.filter((line) => line.startsWith('#')).length + (path.endsWith('.csv') ? 1 : 0)
        const told = new Set(estate.attack.filter(({ file }) => file === path).map(({ line }) => line - 1))
        const chosen = lines.filter((_, at) => at < head || told.has(at) || at % 3 === 0)
        const source = bytesSource(path, Buffer.from(`${chosen.join('\n')}\n`))
        const { records, faults } = await collect(
          readEvents(source, { zone: '+08:00', host: 'h', prefix: '%m [%p] %q%u@%d %h %a ' }),
        )
        expect(faults.slice(0, 3), path).toEqual([])
        expect(new Set(records.map(({ at }) => ('n' in at ? at.n : 0))).size, path).toBe(chosen.length - head)
        expect(records.filter(({ time }) => time === '').length, path).toBe(0)
        const kinds = new Set(
          records.map(
            ({ product, service, category }) => `${product}/${service}/${path.startsWith('logs/windows') ? '' : category}`,
          ),
        )
        for (const kind of kinds) expect(kind, path).toMatch(wanted ?? /^$/)
        // A line of another kind is not taken for one of this source.
        const strange = await collect(readEvents(bytesSource(path, Buffer.from('nothing of the kind\n'.repeat(3)))))
        expect(strange.records.filter(({ product }) => product !== '')).toEqual([])
      }
    }, 60_000)

    test('the inventory is read without a fault or a remark and names every host by its role', () => {
      const { entries, faults, remarks } = readInventoryToml(estate.text('inventory.toml'), 'inventory.toml')
      expect(faults).toEqual([])
      expect(remarks).toEqual([])
      const hosts = entries.flatMap((entry) => (entry.kind === 'system' ? entry.hosts : []))
      for (const { host } of [...estate.truth.stages, ...estate.truth.objects]) expect(hosts).toContain(host)
      expect(hosts).not.toContain('')
    })

    test('addresses are of documentation ranges outside and of private or shared ones inside', () => {
      const allowed = /^(10\.|100\.6[4-7]\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.0\.0\.1$|0\.0\.0\.(0|255)$)/
      for (const path of estate.logs.filter((one) => !/access|iis|proxy/.test(one))) {
        const found = new Set(estate.text(path).match(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g) ?? [])
        for (const address of found) expect(address, path).toMatch(allowed)
      }
    })
  })
}
