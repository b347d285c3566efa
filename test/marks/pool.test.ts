import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { carriesMarks } from '../../src/marks/index.ts'
import { seeded } from '../../src/marks/chance.ts'
import { cellsOf, csvText, handOut, readAll, subscribersCsv } from './handed-out.ts'

// 1,886 rows: the size of a sample that was once posted. Punctuation alone, one column, as if everything else had been normalised away.
const rows = 1_886
const source = subscribersCsv(rows, 'pool')
const allowance = { address: ['punctuation'] } as const
const extracts = await Promise.all(
  Array.from({ length: 8 }, (_, n) => handOut({ source, holder: `Holder ${n}`, extract: `pool-${n}`, pool: 'crm', allowance })),
)
const tables = await Promise.all(extracts.map(async (one) => (await cellsOf(one.text)).rows))
const { columns } = await cellsOf(source)

/** What colluders post when they compare their copies: cell by cell one of the spellings they have. */
const strategies: Record<string, (cells: readonly string[], random: () => number, n: number) => string> = {
  majority: (cells) => byCount(cells)[0] ?? '',
  minority: (cells) => byCount(cells).at(-1) ?? '',
  random: (cells, random) => cells[Math.floor(random() * cells.length)] ?? '',
  interleaving: (cells, _random, n) => cells[n % cells.length] ?? '',
}

function byCount(cells: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([cell]) => cell)
}

const cases = [2, 3].flatMap((colluders) => Object.keys(strategies).map((strategy) => ({ colluders, strategy })))

test.each(cases)(
  'M9 $colluders recipients who pool by $strategy: one is found, nobody innocent',
  async ({ colluders, strategy }) => {
    const random = seeded(sha256(`${colluders} ${strategy}`))
    const combine = strategies[strategy]
    const guilty = tables.slice(0, colluders)
    const posted = (guilty[0] ?? []).map((row, n) =>
      row.map(
        (_, at) =>
          combine?.(
            guilty.map((table) => table[n]?.[at] ?? ''),
            random,
            n,
          ) ?? '',
      ),
    )
    const text = csvText(columns, posted)
    const readings = await readAll(
      text,
      extracts.map((one) => one.extract),
    )
    const found = readings.map((reading) => carriesMarks(reading, readings.length))
    const logs = readings.map((reading) => reading.againstChance.log10P)
    expect(readings.every((reading) => reading.rowsFound === rows)).toBe(true)
    expect(found.slice(0, colluders)).toContain(true)
    expect(found.slice(colluders)).not.toContain(true)
    // Margins: a colluder far below the threshold of 10^-7, nobody innocent near it.
    expect(Math.min(...logs.slice(0, colluders))).toBeLessThan(-12)
    expect(Math.min(...logs.slice(colluders))).toBeGreaterThan(-4)
  },
)

test('M9 recipients of one pool share the places that are marked, not the spellings', () => {
  const [one, other] = tables
  const differing = (one ?? []).filter((row, n) => row[3] !== other?.[n]?.[3]).length
  expect(differing).toBeGreaterThan(rows / 4)
  const sites = extracts.map((extract) => extract.counts.sites.map((site) => site.sites).join(' '))
  expect(new Set(sites).size).toBe(1)
})
