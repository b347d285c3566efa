import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { dayOne } from '../../../src/provenance/index.ts'
import { dayOneAccuracy } from '../../../bench/day-one.ts'
import { key } from '../desk.ts'
import { answerOf, cases } from './cases.ts'

interface Want {
  readonly systems: Readonly<Record<string, string>>
  /** All reason codes of a system, in order. */
  readonly codes: Readonly<Record<string, readonly string[]>>
  readonly agreements: Readonly<Record<string, string>>
  readonly lookedUpBy: readonly string[]
  readonly heldBy: Readonly<Record<string, readonly string[]>>
  readonly alike: Readonly<Record<string, readonly string[]>>
  readonly together?: readonly string[]
  readonly window?: { readonly from_: string; readonly holds: string }
  readonly says: readonly string[]
  readonly absent: readonly string[]
}

describe('day one, from the tables of the operator', () => {
  for (const name of readdirSync(cases).toSorted())
    test(name, async () => {
      const want = JSON.parse(readFileSync(path.join(cases, name, 'want.json'), 'utf8')) as Want
      const answer = await answerOf(name)
      expect(Object.fromEntries(answer.systems.map((one) => [one.system, one.standing]))).toEqual(want.systems)
      for (const [system, codes] of Object.entries(want.codes))
        expect(answer.systems.find((one) => one.system === system)?.reasons.map((reason) => reason.code)).toEqual(codes)
      expect(Object.fromEntries(answer.agreements.map((one) => [one.agreement, one.standing]))).toEqual(want.agreements)
      expect(answer.lookedUpBy).toEqual(want.lookedUpBy)
      for (const [kind, columns] of [
        ['heldBy', want.heldBy],
        ['alike', want.alike],
      ] as const)
        for (const [column, places] of Object.entries(columns))
          expect(answer.columns.find((one) => one.name === column)?.[kind].map((one) => `${one.system}.${one.column}`)).toEqual(
            places,
          )
      expect(answer.together?.systems).toEqual(want.together)
      expect(answer.window.earliest).toBe(want.window?.from_)
      if (want.window !== undefined)
        expect(answer.window.latest ?? '9999').toSatisfy((day: string) => day >= (want.window?.holds ?? ''))
      const text = JSON.stringify(answer)
      for (const said of want.says) expect(text).toContain(said)
      for (const absent of want.absent) expect(text).not.toContain(absent)
    })

  test('an answer holds no value of a sample or table, and is the same twice', async () => {
    for (const name of ['not-separated', 'two-systems-joined']) {
      const text = JSON.stringify(await answerOf(name))
      expect(text).toBe(JSON.stringify(await answerOf(name)))
      for (const line of readFileSync(path.join(cases, name, 'sample.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1))
        for (const cell of line.split(','))
          if (cell.length > 6 && !/^\d{4}-\d{2}-\d{2}$/.test(cell)) expect(text).not.toContain(cell)
    }
  })
})

test('the true system stays in and wrong ones go, on generated leaks (a small run of `npm run bench -- day-one`)', async () => {
  const accuracy = await dayOneAccuracy({ leaks: 8, from: 90_000, customers: 400 })
  expect(accuracy.truthKept.hits).toBe(accuracy.given)
  expect(accuracy.wrongOut.share).toBeGreaterThanOrEqual(0.8)
  expect(accuracy.dayInside.share).toBe(1)
}, 60_000)

test('a table with history dates the sample by its versions', async () => {
  const day = (at: number): string => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10)
  const codes = ['A', 'B', 'C', 'D']
  const versions = Array.from({ length: 200 }, (_, at) => {
    const changed = (at * 37) % 600
    return [
      [`AC${500_000 + at}`, `Person ${at}`, codes[at % 4] ?? '', '2024-01-01', day(changed)],
      [`AC${500_000 + at}`, `Person ${at}`, codes[(at + 1) % 4] ?? '', day(changed), ''],
    ]
  })
  const cut = 250
  const sample = versions.map(([older = [], newer = []]) => ((newer[3] ?? '') <= day(cut) ? newer : older).slice(0, 3))
  const tableOf = (columns: readonly string[], rows: readonly (readonly string[])[]) => ({
    columns,
    rows: (async function* () {
      yield { records: rows.map((values, at) => ({ n: at + 1, values })), faults: [] }
    })(),
  })
  const answer = await dayOne({
    table: tableOf(['account_no', 'name', 'plan'], sample),
    exhibit: { sha256: '2'.repeat(64), file: 'sample.csv' },
    today: '2026-09-30',
    key,
    systems: [
      {
        name: 'CRM',
        tables: [
          {
            kind: 'table',
            asOf: '2026-09-30',
            open: () => Promise.resolve(tableOf(['account_no', 'name', 'plan', 'valid_from', 'valid_to'], versions.flat())),
          },
        ],
      },
    ],
  })
  const estimate = answer.systems[0]?.window?.estimate
  expect(answer.systems[0]?.standing).toBe('can')
  expect(Math.abs(Date.parse(estimate?.day ?? '') - Date.parse(day(cut)))).toBeLessThanOrEqual(5 * 86_400_000)
  expect(estimate?.from).toSatisfy((from: string) => from <= day(cut))
})
