import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileSource, sha256Of } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'
import { judge, listCopies, provenanceTables, registerCopy } from '../../src/provenance/index.ts'
import { openLake } from '../../src/store/index.ts'
import { key } from './desk.ts'

const folder = path.resolve(import.meta.dirname, '../cases/provenance/three-formats')
const want = JSON.parse(readFileSync(path.join(folder, 'want.json'), 'utf8')) as {
  readonly columns: readonly string[]
  readonly rows: number
  readonly identified: number
  readonly registered: Readonly<Record<string, { readonly rows: number; readonly faults: readonly string[] }>>
  readonly verdict: string
  readonly first: object
}
const home = mkdtempSync(path.join(tmpdir(), 'provenance-files-'))
const registry = path.join(home, 'registry')
const lake = await openLake({ directory: path.join(home, 'lake'), tables: provenanceTables })
afterAll(async () => {
  await lake.close()
  rmSync(home, { recursive: true })
})

async function opened(file: string) {
  const source = await fileSource(path.join(folder, file), file)
  return {
    table: await openRecords(source, file.endsWith('.csv') ? 'csv' : file.endsWith('.sql') ? 'sql-dump' : 'json-lines'),
    sha256: await sha256Of(source),
  }
}

test('P2 P3 copies come in as CSV and SQL dump, the sample as JSON lines, each written its own way', async () => {
  for (const [file, holder, asOf] of [
    ['halcyon.csv', 'Halcyon Print', '2026-03-01'],
    ['orbis.sql', 'Orbis Contact', '2026-06-01'],
  ] as const) {
    const id = path.parse(file).name
    const copy = await registerCopy({
      ...(await opened(file)),
      source: file,
      manifest: { id, kind: 'extract', holder, system: 'CRM', asOf, history: false },
      key,
      lake,
      registry,
      country: 'MY',
    })
    expect({ rows: copy.rows, faults: copy.faults.map((fault) => fault.code) }).toEqual(want.registered[id])
  }
  const { table, sha256 } = await opened('sample.jsonl')
  const verdict = await judge({
    table,
    exhibit: { sha256, file: 'sample.jsonl' },
    lake,
    key,
    copies: listCopies(registry),
    registry,
    country: 'MY',
  })
  expect(verdict).toMatchObject({ rows: want.rows, identified: want.identified, verdict: want.verdict })
  expect(verdict.columns.map((column) => column.meaning)).toEqual(want.columns)
  expect(verdict.sources[0]).toMatchObject(want.first)
})

test('P3 the registry and the verdict hold no value of the files', () => {
  const texts = readdirSync(registry, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'))
  expect(texts.length).toBeGreaterThan(3)
  for (const text of texts) expect(text).not.toMatch(/Aina|Meridian 38|0121[0-9]{6}|60121[0-9]{6}/)
})
