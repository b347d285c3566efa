import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import { lookupTables, reviewLookups } from '../../src/lookups/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'

const cases = resolve(import.meta.dirname, '../cases/lookups/statements')
const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-statements-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

interface Want {
  /** Row, login, subscriber as masked, table and command, rows returned, why nobody is named. */
  readonly reads: readonly (readonly [number, string, string, string, number, string])[]
  readonly notRecorded: readonly (readonly [string, string])[]
  readonly accesses: number
}

test.each(readdirSync(cases))(
  'L21: %s: subscribers are read from the statements, and what names nobody is told',
  async (name) => {
    const bytes = readFileSync(join(cases, name, 'in.csv'))
    const audit = [{ source: bytesSource(`${name}.csv`, bytes), sha256: sha256(bytes), format: 'csv' as const, zone: '+08:00' }]
    const { review, faults } = await reviewLookups(lake, { key, country: 'MY', zone: '+08:00', audit, reasons: [] })
    expect(faults).toEqual([])
    const rows = await lake.engine.rows<Record<string, unknown>>(
      `SELECT n, account, masked, operation, rows, blind FROM lookup_accesses WHERE source = {source:String} ORDER BY n, masked`,
      { source: sha256(bytes) },
    )
    const got = {
      reads: rows.map((row) => [Number(row.n), row.account, row.masked, row.operation, Number(row.rows), row.blind]),
      notRecorded: review.notRecorded.map((one) => [one.share, one.why]),
      accesses: review.accesses,
    }
    const want = JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8')) as Want
    expect(got).toEqual(want)
  },
)

test("L21: Oracle's own times are read in their zone; what is none is a fault that says how to export them", async () => {
  const statement = "SELECT name FROM crm.customers WHERE msisdn = '+60120010001'"
  const rows = ['03-FEB-26 09.00.00.000000 AM', '03-FEB-26 09.00.00 AM +00:00', '03-FÉV-26 09.00.00 AM', '03-FEB-26', 'x']
  const table = (column: string): string =>
    [`${column},DBUSERNAME,ACTION_NAME,SQL_TEXT`, ...rows.map((time) => `${time},NUR,SELECT,${statement}`)].join('\n')
  const loaded = async (name: string, text: string) => {
    const bytes = Buffer.from(`${text}\n`)
    const audit = [{ source: bytesSource(name, bytes), sha256: sha256(bytes), format: 'csv' as const, zone: '+08:00' }]
    const { faults } = await reviewLookups(lake, { key, country: 'MY', zone: '+08:00', audit, reasons: [] })
    const read = await lake.engine.rows<{ n: string; at: string }>(
      `SELECT toString(n) AS n, toString(time) AS at FROM lookup_accesses WHERE source = {source:String} ORDER BY n`,
      { source: sha256(bytes) },
    )
    return { faults, read: read.map((row) => [Number(row.n), row.at.slice(0, 19)]) }
  }
  const local = await loaded('local.csv', table('EVENT_TIMESTAMP'))
  expect(local.read).toEqual([
    [1, '2026-02-03 01:00:00'],
    [2, '2026-02-03 09:00:00'],
  ])
  const utc = await loaded('utc.csv', table('EVENT_TIMESTAMP_UTC'))
  expect(utc.read).toEqual([
    [1, '2026-02-03 09:00:00'],
    [2, '2026-02-03 09:00:00'],
  ])
  for (const { faults } of [local, utc]) {
    expect(faults.map((one) => [one.code, one.where.record])).toEqual([3, 4, 5].map((n) => ['lookup-time-wrong', n]))
    for (const one of faults) expect(one.todo).toContain('NLS_TIMESTAMP_FORMAT')
  }
})
