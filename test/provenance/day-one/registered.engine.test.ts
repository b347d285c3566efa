import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileSource } from '../../../src/base/index.ts'
import { openRecords } from '../../../src/formats/index.ts'
import { dayOne, type DatedTable } from '../../../src/provenance/index.ts'
import { key, openDesk } from '../desk.ts'
import { cases } from './cases.ts'

const desk = await openDesk()
afterAll(() => desk.close())

async function registered(name: string, id: string, asOf: string): Promise<DatedTable> {
  const [head = '', ...lines] = readFileSync(path.join(cases, name, `${id}.csv`), 'utf8')
    .trim()
    .split('\n')
  const columns = head.split(',')
  const records = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? '', cell])))
  const manifest = { id: `own-${id}`, kind: 'own' as const, holder: 'Meridian Telekom', system: id, asOf, history: false }
  return { kind: 'copy', copy: await desk.register(records, columns, manifest) }
}

test('registered copies of own systems answer by their tokens as files do by their values', async () => {
  const name = 'older-than-restore-points'
  const open = async (file: string) => openRecords(await fileSource(path.join(cases, name, file), file), 'csv')
  const tables: DatedTable[] = []
  for (const day of ['2026-09-30', '2026-03-31', '2025-09-30']) tables.push(await registered(name, `crm-${day}`, day))
  const support: DatedTable = { kind: 'table', asOf: '2026-09-30', open: () => open('support.csv') }
  const answer = await dayOne({
    table: await open('sample.csv'),
    exhibit: { sha256: '1'.repeat(64), file: 'sample.csv' },
    today: '2026-09-30',
    country: 'MY',
    key,
    systems: [
      { name: 'CRM', tables },
      { name: 'Support', tables: [support] },
    ],
    registered: { lake: desk.lake, registry: desk.registry },
  })
  const [crm, other] = answer.systems
  expect(crm).toMatchObject({ system: 'CRM', standing: 'can', foundToday: 0.8583 })
  expect(other).toMatchObject({ system: 'Support', standing: 'cannot' })
  expect(crm?.tables.map((one) => one.asOf)).toEqual(['2025-09-30', '2026-03-31', '2026-09-30'])
  expect(crm?.window?.latest).toBe('2026-03-31')
  expect(answer.columns.find((one) => one.name === 'plan')?.heldBy).toEqual([{ system: 'CRM', column: 'plan', share: 1 }])
})
