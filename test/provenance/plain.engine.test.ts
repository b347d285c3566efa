import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'
import { provenanceTables, registerCopy, type Copy } from '../../src/provenance/index.ts'
import { openLake } from '../../src/store/index.ts'
import { key } from './desk.ts'

const home = mkdtempSync(path.join(tmpdir(), 'provenance-plain-'))
const lake = await openLake({ directory: path.join(home, 'lake'), tables: provenanceTables })
afterAll(async () => {
  await lake.close()
  rmSync(home, { recursive: true })
})

/** An invented copy; some lines of its first 20,000 are not plain, those behind are, and are handed over as they stand. */
function copyText(rows: number, delimiter: string): Buffer {
  const parts = [Buffer.from(['msisdn', 'nric', 'full_name', 'city', 'dob', 'note'].join(delimiter) + '\r\n')]
  const put = (...cells: readonly string[]): void => void parts.push(Buffer.from(`${cells.join(delimiter)}\r\n`))
  for (let n = 0; n < rows; n += 1) {
    const day = `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`
    const nric = `${day.slice(2).replaceAll('-', '')}-14-${String(1_000 + (n % 9_000))}`
    const name = `"Aina ${n % 7 === 0 ? 'Ñuñez' : 'Binti'} ${n % 501}"`
    put(`6012${1_000_000 + n}`, nric, name, n % 5 === 0 ? '昕' : 'Ipoh', day, n % 11 === 0 ? 'back\\slash\\N' : '-')
    if (n >= 20_000) continue
    if (n % 977 === 500) put(`6013${1_000_000 + n}`, nric, '"Aina ""Ina"" Binti"', 'Ipoh', day, '"two\nlines"')
    if (n % 1_999 === 700) put(`6014${1_000_000 + n}`, nric, 'Aina', 'Ipoh', day, '6.01235E+10')
    if (n % 2_999 === 900) put(`6015${1_000_000 + n}`, nric, 'Aina', 'Ipoh', day, 'x', 'y', 'z')
    if (n === 8_000)
      parts.push(
        Buffer.from(`601680${delimiter}${nric}${delimiter}Jer\xf4me${delimiter}Ipoh${delimiter}${day}${delimiter}\n`, 'latin1'),
      )
  }
  return Buffer.concat(parts)
}

async function registered(id: string, bytes: Buffer, plain: boolean): Promise<Copy> {
  const { plain: written, ...table } = await openRecords(bytesSource('copy.csv', bytes), 'csv')
  expect(written).toBeDefined()
  return registerCopy({
    table: plain && written !== undefined ? { ...table, plain: written } : table,
    sha256: sha256(bytes),
    source: 'copy.csv',
    manifest: { id, kind: 'extract', holder: 'Orbis Contact', system: 'CRM', asOf: '2026-06-01', history: false },
    key,
    lake,
    registry: path.join(home, id),
    country: 'MY',
  })
}

for (const [name, delimiter] of [
  ['comma', ','],
  ['tab', '\t'],
] as const)
  test(`P3 a copy read as bytes is the copy read row by row (${name})`, async () => {
    const bytes = copyText(50_000, delimiter)
    const first = await registered(`${name}-bytes`, bytes, true)
    const second = await registered(`${name}-rows`, bytes, false)
    const { id: _a, loadKey: keyA, ...asBytes } = first
    const { id: _b, loadKey: keyB, ...asRows } = second
    expect(asBytes).toEqual(asRows)
    expect(asBytes.rows).toBeGreaterThan(50_000)
    expect(new Set(asBytes.faults.map((fault) => fault.code))).toEqual(
      new Set(['table-ragged-row', 'table-mixed-encodings', 'value-damaged-scientific']),
    )
    const rows = (load: string): string =>
      `SELECT n, ids, fields, parts, valid_from, valid_to FROM holdings WHERE load_id = {${load}:UInt64}`
    const index = (load: string): string => `SELECT id, n FROM holding_ids WHERE load_id = {${load}:UInt64}`
    const params = { a: lake.committed(keyA), b: lake.committed(keyB) }
    for (const of of [rows, index]) {
      const count = async (sql: string): Promise<number> =>
        Number((await lake.engine.rows<{ c: string }>(`SELECT count() AS c FROM (${sql})`, params))[0]?.c)
      expect(await count(of('a'))).toBe(await count(of('b')))
      expect(await count(`${of('a')} EXCEPT ${of('b')}`)).toBe(0)
      expect(await count(`${of('b')} EXCEPT ${of('a')}`)).toBe(0)
      expect(await count(of('a'))).toBeGreaterThan(50_000)
    }
  })
