import { contentId, limits, type Fault } from '../base/index.ts'
import { tokenParams, type CanonicalOptions, type TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { alignColumns } from './align.ts'
import type { HeldCopy } from './align-cells.ts'
import { meaningText, type Column } from './columns.ts'
import type { SampleExhibit } from './exhibit.ts'
import { samplePoolTable, sampleTable } from './holdings.ts'
import { peeked, type RecordTable } from './record-table.ts'
import { SignReader, type SampleSigns } from './sign-reader.ts'
import { rawCells, tokenColumns, tokenPlan, tokenTag } from './tokenise.ts'

/** One sample row as tokens; '' = no value. Arrays follow `idKinds` and `fieldNames` of the sample. */
export interface SampleRow {
  readonly n: number
  readonly ids: readonly string[]
  readonly fields: readonly string[]
}

/** A sample in tokens: all rows in the lake (`sample_pool`), those that are compared also in `sample_rows` and in memory. */
export interface Sample {
  /** Rows in the source (read or lost), rows read, rows compared: all, or those of the smallest keys (rule P1). */
  readonly total: number
  readonly read: number
  readonly rows: readonly SampleRow[]
  /** Of all rows read: those with an identifier, and distinct persons by the first identifier of each row. */
  readonly identified: number
  readonly persons: number
  readonly columns: readonly Column[]
  /** Tags of the identifier and field columns (`msisdn`, `field:plan`). */
  readonly idTags: readonly string[]
  readonly fieldTags: readonly string[]
  readonly faults: readonly Fault[]
  readonly signs: SampleSigns
  readonly loadId: string
}

const none = "toFixedString('', 16)"

/** Reads a sample: column meanings, canonical forms and tokens computed in the engine for every row; tokens alone reach the lake. */
export async function readSample(options: {
  readonly table: RecordTable
  readonly exhibit: SampleExhibit
  readonly key: TokenKey
  readonly lake: Lake
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
  /** Copies in the lake that tell what the columns hold. */
  readonly copies?: readonly HeldCopy[]
}): Promise<Sample> {
  const { table, exhibit, key, lake, country } = options
  const form: CanonicalOptions = country === undefined ? {} : { country }
  const { first, rows: batches } = await peeked(table)
  const columns = await alignColumns({
    columns: table.columns,
    rows: first,
    copies: options.copies ?? [],
    lake,
    key,
    ...form,
    ...(options.map === undefined ? {} : { map: options.map }),
  })
  const { ids, fields } = tokenColumns(columns)
  const plan = tokenPlan(columns, first, form)
  const reader = new SignReader(columns, form)
  const faults: Fault[] = []
  let read = 0
  let lost = 0
  const feed = async function* (): AsyncGenerator<readonly object[]> {
    for await (const batch of batches) {
      for (const fault of batch.faults) {
        lost += fault.lost ?? 0
        if (faults.length < limits.faultsKept) faults.push(fault)
      }
      read += batch.records.length
      for (const row of batch.records) reader.add(row.values)
      yield batch.records.map((row) => rawCells(row, plan.at))
    }
  }
  const loadKey = contentId('sample', {
    sha256: exhibit.sha256,
    ...(exhibit.member === undefined ? {} : { member: exhibit.member }),
    columns: columns.map((column) => [column.name, meaningText(column.meaning)]),
    key: key.id,
    ...form,
  })
  const { id } = await lake.load({ key: loadKey, tables: [samplePoolTable, sampleTable] }, async (writer) => {
    await writer.insertSelect({
      into: samplePoolTable,
      columns: ['key', 'n', 'ids', 'fields', 'parts'],
      raw: plan.raw,
      derived: plan.derived,
      repeating: plan.repeating,
      select: [keySql(plan), 'n', plan.ids, plan.fields, plan.parts],
      params: tokenParams(key),
      rows: feed(),
    })
    await lake.engine.run(
      `INSERT INTO sample_rows (load_id, n, ids, fields, parts) SELECT load_id, n, ids, fields, parts FROM sample_pool
       WHERE load_id = {load:UInt64} ORDER BY key, n LIMIT {most:UInt32}`,
      { load: writer.loadId, most: limits.sampleRows },
    )
  })
  // A reused load did not read the rows again: they are read for counts and faults.
  if (read === 0) for await (const _ of feed()) void _
  const [seen] = await lake.engine.rows<{ identified: string; persons: string }>(
    `SELECT countIf(met) AS identified, uniqExactIf(key, met) AS persons
     FROM (SELECT key, arrayExists(x -> x != ${none}, ids) AS met FROM sample_pool WHERE load_id = {load:UInt64})`,
    { load: id },
  )
  return {
    total: read + lost,
    read,
    rows: await comparedRows(lake, id),
    identified: Number(seen?.identified ?? 0),
    persons: Number(seen?.persons ?? 0),
    columns,
    idTags: ids.map(({ meaning }) => tokenTag(meaning)),
    fieldTags: fields.map(({ meaning }) => tokenTag(meaning)),
    faults,
    signs: reader.finish(),
    loadId: id,
  }
}

/** What a row is chosen by: a keyed hash of somebody in it, so that order and file play no part. */
function keySql(plan: { readonly ids: string; readonly fields: string }): string {
  const first = `arrayFirst(x -> x != ${none}, ${plan.ids})`
  return `if(${first} != ${none}, ${first}, sipHash128Reference(${plan.fields}))`
}

async function comparedRows(lake: Lake, loadId: string): Promise<readonly SampleRow[]> {
  const hexes = (array: string): string => `arrayMap(x -> if(x = ${none}, '', lower(hex(x))), ${array})`
  return lake.engine.rows<SampleRow>(
    `SELECT n, ${hexes('s.ids')} AS ids, ${hexes('s.fields')} AS fields FROM sample_rows AS s WHERE load_id = {load:UInt64} ORDER BY n`,
    { load: loadId },
  )
}

/** True when most check digits of an IMEI or ICCID column are wrong: random digits pass one time in ten. */
export function checkDigitsFail(sample: Sample): boolean {
  return sample.columns.some(
    ({ meaning }) =>
      meaning.kind === 'identifier' && (meaning.identifier === 'imei' || meaning.identifier === 'iccid') && meaning.valid < 50,
  )
}
