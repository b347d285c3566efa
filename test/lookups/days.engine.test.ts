import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { dayDetailSql } from '../../src/lookups/day-detail.ts'
import { loadDays } from '../../src/lookups/days.ts'
import { loadAccesses, loadReasons } from '../../src/lookups/load.ts'
import { hostNumber, namesOf } from '../../src/lookups/names.ts'
import { daysRead, ofDays } from '../../src/lookups/read-days.ts'
import { recordOf } from '../../src/lookups/cites-of-days.ts'
import { lookupTables } from '../../src/lookups/tables.ts'
import { tokenText } from '../../src/lookups/token-sql.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'
import { msisdn } from './case.ts'
import { file } from './generated.ts'

const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-days-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

const begin = Date.UTC(2026, 1, 1)
const hours = fc.integer({ min: 0, max: 20 * 96 })
const at = (quarters: number): string => new Date(begin + quarters * 900_000).toISOString()
const account = fc.constantFrom('', 'ann', 'bob', 'cid')
const access = fc.record({
  at: hours,
  account,
  who: fc.nat(1),
  host: fc.constantFrom('', 'a', 'b'),
  asked: fc.boolean(),
  log: fc.nat(1),
})
const reason = fc.record({
  at: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -5 * 96, max: 22 * 96 }) },
    fc.integer({ min: -95 * 96, max: -85 * 96 }),
  ),
  account,
  who: fc.nat(1),
  kind: fc.constantFrom('customer', 'system', 'agent', 'assignment', 'legal'),
  team: fc.constantFrom('', 'care', 'shop', 'billing'),
})

test('L5 to L8: days counted over spans of time are those that every read and every reason give, pair by pair', async () => {
  let graded = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(access, { minLength: 20, maxLength: 60 }),
      fc.array(reason, { minLength: 10, maxLength: 60 }),
      async (reads, told) => {
        const logs = [0, 1].map((log) =>
          file(`log-${log}.csv`, [
            'ts,account,subscriber,window_from,window_to,source_host',
            ...reads
              .filter((one) => one.log === log)
              .map(
                (one) =>
                  `${at(one.at)},${one.account},${msisdn(one.who)},${one.asked ? '2026-01-01,2026-02-01' : ','},${one.host}`,
              ),
          ]),
        )
        const reasons = file('reasons.csv', [
          'subscriber,at,kind,account,team,ref',
          ...told.map((one) => `${msisdn(one.who)},${at(one.at)},${one.kind},${one.account},${one.team},R`),
        ])
        const context = { key, country: 'MY' }
        const accesses: string[] = []
        for (const log of logs) accesses.push(await loadAccesses(lake, { ...log, format: 'csv' }, context))
        const loads = { accesses, reasons: [await loadReasons(lake, { ...reasons, format: 'csv' }, context)] }
        const names = await namesOf(lake, loads)
        const days = await loadDays(lake, { ...loads, names })
        const counted = await lake.engine.rows<Counted>(
          `SELECT ${tokenText('subscriber')} AS token, account, toString(day) AS on, grade, late, accesses, cite, arrayMap(one -> toString(one), machines) AS hosts, windows FROM ${daysRead}
         ORDER BY token, account, on`,
          ofDays({ days, names }),
        )
        const machines = new Map(
          (
            await lake.engine.rows<{ number: string; name: string }>(
              `SELECT toString(${hostNumber('arrayJoin({hosts:Array(String)})')}) AS number, arrayJoin({hosts:Array(String)}) AS name`,
              { hosts: ['a', 'b'] },
            )
          ).map((row) => [row.number, row.name]),
        )
        const subscribers = [...new Set(counted.map((row) => row.token))]
        const wanted = await lake.engine.rows<Wanted>(
          `SELECT subscriber AS token, toString(account) AS account, toString(day) AS on, grade, late, accesses, cites[1] AS first_cite, hosts, windows
         FROM (${dayDetailSql}) ORDER BY token, account, on`,
          { ...loads, subscribers },
        )
        expect(
          counted.map(({ cite, ...row }) => ({
            ...row,
            account: names.accounts[row.account],
            hosts: row.hosts.map((host) => machines.get(host)).sort(),
            first_cite: recordOf(names, cite),
          })),
        ).toEqual(wanted)
        graded += wanted.filter((row) => row.grade > 0).length
      },
    ),
    { numRuns: 25, seed: 6 },
  )
  expect(graded).toBeGreaterThan(200)
}, 120_000)

interface Counted {
  readonly token: string
  readonly account: number
  readonly on: string
  readonly grade: number
  readonly late: number
  readonly accesses: number
  readonly cite: string
  readonly hosts: readonly string[]
  readonly windows: unknown
}

interface Wanted {
  readonly token: string
  readonly account: string
  readonly on: string
  readonly grade: number
  readonly late: number
  readonly accesses: number
  readonly first_cite: readonly [string, string]
  readonly hosts: readonly string[]
  readonly windows: unknown
}
