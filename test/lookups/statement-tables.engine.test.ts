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
