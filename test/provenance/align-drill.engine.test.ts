import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeDrill } from '../../src/drill/index.ts'
import { alignColumns } from '../../src/provenance/align.ts'
import { meaningText } from '../../src/provenance/columns.ts'
import { ensureHoldings, type Copy } from '../../src/provenance/index.ts'
import { key, openDesk } from './desk.ts'
import type { Cells } from './subscribers.ts'

test('P2 extracts of a drill with their headers taken off: nearly every column is named as it was registered', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'align-'))
  const desk = await openDesk()
  try {
    await writeDrill({ out: home, scenario: 'demo', seed: 31, size: 3_000, watch: {} })
    const ids = ['antrian-2026-03', 'bayu-2026-05', 'citrine-2026-02', 'lentera-2024-09', 'pasir-2026-04']
    const tables = new Map(['crm', ...ids].map((id) => [id, readCsv(path.join(home, 'case/copies', `${id}.csv`))]))
    const copies: Copy[] = []
    for (const [id, { header, records }] of tables) {
      const kind = id === 'crm' ? ('own' as const) : ('extract' as const)
      const manifest = { id, kind, holder: id, system: 'CRM', asOf: '2026-09-30', history: id === 'crm' }
      copies.push(await desk.register(records, header, manifest))
    }
    let right = 0
    let total = 0
    for (const left of ids) {
      const { header, records } = tables.get(left) ?? { header: [], records: [] }
      const held = []
      for (const copy of copies.filter((one) => one.id !== left))
        held.push({ copy, loadId: await ensureHoldings({ registry: desk.registry, lake: desk.lake, copy }) })
      const columns = await alignColumns({
        columns: header.map((_, at) => `c${at + 1}`),
        rows: records.slice(20, 220).map((cells) => ({ values: header.map((name) => cells[name] ?? '') })),
        copies: held,
        lake: desk.lake,
        key,
        country: 'MY',
      })
      const wanted = copies.find((copy) => copy.id === left)?.columns ?? []
      total += wanted.length
      right += columns.filter(({ meaning }, at) => {
        const other = wanted[at]?.meaning
        return other !== undefined && meaningText(meaning) === meaningText(other)
      }).length
    }
    expect(total).toBe(43)
    expect(right / total).toBeGreaterThan(0.97)
  } finally {
    await desk.close()
    rmSync(home, { recursive: true })
  }
})

function readCsv(file: string): { header: string[]; records: Cells[] } {
  const [first = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const delimiter = first.includes(';') ? ';' : ','
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(delimiter === ';' ? /(?:^|;)(?:"([^"]*)"|([^;]*))/g : /(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
  const header = cellsOf(first)
  return {
    header,
    records: lines.map((line) => Object.fromEntries(cellsOf(line).map((value, at) => [header[at] ?? '', value]))),
  }
}
