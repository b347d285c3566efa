import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileSource, limits, sha256 } from '../src/base/index.ts'
import { openRecords } from '../src/formats/index.ts'
import { tokenKey, tokenParams } from '../src/persons/index.ts'
import { judge, provenanceTables, registerCopy, type Copy } from '../src/provenance/index.ts'
import { inferColumns } from '../src/provenance/columns.ts'
import { copyTables, indexHoldings, tokenHalf } from '../src/provenance/holdings.ts'
import { linkSample } from '../src/provenance/linkage.ts'
import { readSample } from '../src/provenance/sample.ts'
import { tokenPlan } from '../src/provenance/tokenise.ts'
import { openLake, type Lake } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { registryColumns, registryRow, registryTable, writeRegistryRows } from './registry-rows.ts'

const copies = 10
/** Times that all copies are matched: each copy is one measurement, so that many rows need no second round. */
const roundsOf = (size: number): number => (size > 2_000_000 ? 1 : 3)
const key = tokenKey(Uint8Array.from({ length: 16 }, (_, at) => at * 11))
const country = 'MY'

/**
 * A CSV file of `--size` rows is registered as a copy, nine more copies are made of it in the engine, and a sample of a tenth of the rows is matched
 * against all ten. Beside each step stands what the engine takes alone: the same columns computed from raw rows it already holds and from the
 * file, the finished columns copied, a semi-join on the index of identifiers, and one that reads the columns that matching reads. Times of matching
 * are the least of three rounds (one above 2,000,000 rows), ours and the engine's by turns. The engine alone comes last, where it takes memory.
 */
export const registry: Measure = {
  about: 'a copy of --size rows registered, a sample of a tenth of them matched against ten copies; the engine alone beside it',
  needs: 'nothing',
  drill: 200_000,
  runs: 3,
  rates: [
    { unit: 'rows/s', count: 'rows of a copy', time: 'register' },
    { unit: 'rows/s', count: 'rows of a copy', time: 'engine alone: same columns from raw rows' },
    { unit: 'rows/s', count: 'rows of a copy', time: 'engine alone: same columns from the file' },
    { unit: 'rows/s', count: 'rows of ten copies', time: 'match the sample with ten copies' },
    { unit: 'rows/s', count: 'rows of ten copies', time: 'engine alone: semi-join with ten copies' },
    { unit: 'rows/s', count: 'rows of ten copies', time: 'engine alone: semi-join that reads the rows' },
  ],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: provenanceTables })
    const registry = join(scratch, 'registry')
    try {
      const file = join(scratch, 'copy.csv')
      await watch.time('write the copy as CSV', () => writeRegistryRows(file, size))
      const first = await watch.time('register', async () =>
        registerCopy({
          table: await openRecords(await fileSource(file), 'csv'),
          sha256: sha256(`registry ${size}`),
          source: 'copy.csv',
          manifest: manifest(0),
          key,
          lake,
          registry,
          country,
        }),
      )
      const from = lake.committed(first.loadKey) ?? ''
      const all = await watch.time('make nine more copies in the engine', () => moreCopies(lake, first, from))

      const sample = await watch.time('read the sample', () =>
        readSample({
          table: registryTable({ rows: Math.floor(size / 10), step: 10 }),
          exhibit: { sha256: sha256(`sample ${size}`), file: 'sample.csv' },
          key,
          lake,
          country,
        }),
      )
      let met = 0
      let links = 0
      let semi = 0
      for (let round = 0; round < roundsOf(size); round += 1) {
        const one = new Stopwatch()
        met = links = semi = 0
        for (const { copy, loadId } of all) {
          semi += await one.time('engine alone: semi-join with ten copies', () => semiJoin(lake, loadId, sample.loadId))
          await one.time('engine alone: semi-join that reads the rows', () => rowJoin(lake, loadId, sample.loadId))
          const linkage = await one.time('match the sample with ten copies', () => linkSample({ lake, sample, copy, loadId }))
          met += linkage.metRows
          links += linkage.links.size
        }
        for (const [name, time] of Object.entries(one.times)) {
          if (time >= (watch.times[name] ?? Infinity)) continue
          watch.times[name] = time
          watch.cores[name] = one.cores[name] ?? 0
        }
      }
      const judged = (): ReturnType<typeof judge> =>
        judge({
          table: registryTable({ rows: Math.min(1_886, size), step: 1 }),
          exhibit: { sha256: sha256(`lines ${size}`), file: 'lines.csv' },
          lake,
          key,
          copies: all.map(({ copy }) => copy),
          registry,
          country,
        })
      await watch.time('judge 1,886 lines, cold', judged)
      await watch.time('judge 1,886 lines, warm', judged)
      await engineAlone({ lake, size, from, file, watch })
      await rm(file)
      return {
        counts: {
          'rows of a copy': size,
          'rows of ten copies': size * copies,
          'rows of the sample': sample.read,
          'rows compared': sample.rows.length,
          'rows met, all copies': met,
          'rows linked, all copies': links,
          'identifiers met by the semi-join': semi,
          'limit of compared rows': limits.sampleRows,
        },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}

function manifest(at: number): Parameters<typeof registerCopy>[0]['manifest'] {
  return {
    id: `copy-${at}`,
    kind: 'extract',
    holder: `Holder ${at}`,
    system: 'CRM',
    asOf: `2026-01-0${at % 9}`.replace(/0$/, '9'),
    history: false,
  }
}

/** The same columns into the same order by the engine alone: from raw rows that lie in memory, from the file, and from finished columns. */
async function engineAlone(options: { lake: Lake; size: number; from: string; file: string; watch: Stopwatch }): Promise<void> {
  const { lake, size, from, file, watch } = options
  const { engine } = lake
  const rows = Array.from({ length: Math.min(size, 2_000) }, (_, at) => ({ values: registryRow(at + 1) }))
  const plan = tokenPlan(inferColumns({ columns: registryColumns, rows, country }), rows, { country })
  const raw = Object.entries(plan.raw).map(([name, type]) => `${name} ${type}`)
  await engine.run(`CREATE TABLE own_raw (${raw.join(', ')}) ENGINE = Memory`)
  for (const name of ['holdings', 'holding_ids']) await engine.run(`CREATE TABLE own_${name} AS ${name}`)
  await engine.insertSelect({
    into: 'own_raw',
    columns: Object.keys(plan.raw),
    raw: plan.raw,
    select: Object.keys(plan.raw),
    rows: rawBatches(size, plan.at),
  })
  const named = (expressions: Readonly<Record<string, string>>): string =>
    Object.entries(expressions)
      .map(([name, expression]) => `, ${expression} AS ${name}`)
      .join('')
  const source = (rows: string): string =>
    `(SELECT *${named(plan.derived)}${Object.values(plan.repeating).map(named).join('')} FROM ${rows})`
  const cells = registryColumns.map((_, at) => `c${at} String`).join(', ')
  const fileRows = `(SELECT toUInt32(rowNumberInAllBlocks() + 1) AS n, * FROM file({file:String}, CSVWithNames, '${cells}')
    SETTINGS input_format_with_names_use_header = 0)`
  const ids = `SELECT load_id, ${tokenHalf('id')}, n FROM own_holdings ARRAY JOIN ids AS id`
  const empty = async (): Promise<void> => {
    for (const name of ['holdings', 'holding_ids']) await engine.run(`TRUNCATE TABLE own_${name}`)
    await merged(lake)
  }
  for (const [what, rows] of [
    ['raw rows', 'own_raw'],
    ['the file', fileRows],
  ] as const) {
    await empty()
    await watch.time(`engine alone: same columns from ${what}`, async () => {
      await engine.run(
        `INSERT INTO own_holdings (load_id, n, ids, fields, parts, valid_from, valid_to)
         SELECT 1, n, ${plan.ids}, ${plan.fields}, ${plan.parts}, ${plan.validFrom}, ${plan.validTo} FROM ${source(rows)}`,
        { ...tokenParams(key), file },
      )
      await engine.run(`INSERT INTO own_holding_ids (load_id, id, n) ${ids}`)
    })
  }
  await empty()
  await watch.time('engine alone: finished columns', async () => {
    for (const name of ['holdings', 'holding_ids'])
      await engine.run(`INSERT INTO own_${name} SELECT * FROM ${name} WHERE load_id = {from:UInt64}`, { from })
  })
  for (const name of ['own_raw', 'own_holdings', 'own_holding_ids']) await engine.run(`DROP TABLE ${name} SYNC`)
}

/** Waits until the engine has put its parts in order: what goes on behind a measured step would be counted with it. */
async function merged(lake: Lake): Promise<void> {
  for (;;) {
    const [row] = await lake.engine.rows<{ running: string }>('SELECT count() AS running FROM system.merges')
    if (Number(row?.running ?? 0) === 0) return
    await setTimeout(200)
  }
}

function* rawBatches(size: number, at: readonly number[]): Generator<readonly object[]> {
  for (let from = 0; from < size; from += 10_000) {
    const count = Math.min(10_000, size - from)
    yield Array.from({ length: count }, (_, index) => {
      const values = registryRow(from + index + 1)
      return [from + index + 1, ...at.map((column) => values[column])]
    })
  }
}

/** Copies of the same people under names of their own, each a committed load. */
async function moreCopies(lake: Lake, first: Copy, from: string): Promise<{ copy: Copy; loadId: string }[]> {
  const all = [{ copy: first, loadId: from }]
  for (let at = 1; at < copies; at += 1) {
    const copy = { ...first, ...manifest(at), loadKey: `${first.loadKey} ${at}` }
    const { id } = await lake.load({ key: copy.loadKey, tables: copyTables }, async ({ loadId }) => {
      await lake.engine.run(
        `INSERT INTO holdings (load_id, n, ids, fields, parts, valid_from, valid_to)
         SELECT {load:UInt64}, n, ids, fields, parts, valid_from, valid_to FROM holdings WHERE load_id = {from:UInt64}`,
        { load: loadId, from },
      )
      await indexHoldings(lake, loadId)
    })
    all.push({ copy, loadId: id })
  }
  return all
}

/** Every row of the copy that holds an identifier of the sample, with the columns that matching compares. */
async function rowJoin(lake: Lake, copy: string, sample: string): Promise<void> {
  await lake.engine.rows(
    `SELECT count(), sum(cityHash64(n, fields, valid_from, valid_to)) FROM holdings ARRAY JOIN ids AS id WHERE load_id = {copy:UInt64}
     AND id IN (SELECT arrayJoin(ids) FROM sample_pool WHERE load_id = {sample:UInt64})`,
    { copy, sample },
  )
}

/** Every identifier of the sample in the copy's index. */
async function semiJoin(lake: Lake, copy: string, sample: string): Promise<number> {
  const [row] = await lake.engine.rows<{ met: string }>(
    `SELECT count() AS met FROM holding_ids WHERE load_id = {copy:UInt64}
     AND id IN (SELECT ${tokenHalf('arrayJoin(ids)')} FROM sample_pool WHERE load_id = {sample:UInt64})`,
    { copy, sample },
  )
  return Number(row?.met ?? 0)
}
