import { contentId, limits, type Fault } from '../base/index.ts'
import { canonical, tokenOf, type CanonicalOptions, type TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { inferColumns, meaningText, type Column } from './columns.ts'
import type { SampleExhibit } from './exhibit.ts'
import { sampleTable } from './holdings.ts'
import { peeked, type RecordTable } from './record-table.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/** One sample row as tokens; '' = no value. Arrays follow `idKinds` and `fieldNames` of the sample. */
export interface SampleRow {
  readonly n: number
  readonly ids: readonly string[]
  readonly fields: readonly string[]
}

/** A sample in tokens, in memory and in the lake. */
export interface Sample {
  /** Rows in the source (read or lost), rows read, rows compared. */
  readonly total: number
  readonly read: number
  readonly rows: readonly SampleRow[]
  readonly columns: readonly Column[]
  /** Tags of the identifier and field columns (`msisdn`, `field:plan`). */
  readonly idTags: readonly string[]
  readonly fieldTags: readonly string[]
  readonly faults: readonly Fault[]
  readonly loadId: string
}

const noToken = '0'.repeat(32)

/** Reads a sample: column meanings, canonical forms and tokens; tokens alone go to the lake. */
export async function readSample(options: {
  readonly table: RecordTable
  readonly exhibit: SampleExhibit
  readonly key: TokenKey
  readonly lake: Lake
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
}): Promise<Sample> {
  const { table, exhibit, key, lake, country } = options
  const form: CanonicalOptions = country === undefined ? {} : { country }
  const { first, rows: batches } = await peeked(table)
  const columns = inferColumns({
    columns: table.columns,
    rows: first,
    ...form,
    ...(options.map === undefined ? {} : { map: options.map }),
  })
  const { ids, fields } = tokenColumns(columns)
  const rows: SampleRow[] = []
  const faults: Fault[] = []
  let read = 0
  let lost = 0
  for await (const batch of batches) {
    for (const fault of batch.faults) {
      lost += fault.lost ?? 0
      if (faults.length < limits.faultsKept) faults.push(fault)
    }
    for (const row of batch.records) {
      read += 1
      if (rows.length >= limits.sampleRows) continue
      const token = (at: number, kind: Parameters<typeof canonical>[0], tag: string): string => {
        const text = canonical(kind, row.values[at] ?? '', form)
        return text === undefined ? '' : tokenOf(key, tag, text)
      }
      rows.push({
        n: row.n,
        ids: ids.map(({ at, meaning }) => token(at, meaning.identifier, tokenTag(meaning))),
        fields: fields.map(({ at, meaning }) => token(at, meaning.form, tokenTag(meaning))),
      })
    }
  }
  const loadKey = contentId('sample', {
    sha256: exhibit.sha256,
    ...(exhibit.member === undefined ? {} : { member: exhibit.member }),
    columns: columns.map((column) => [column.name, meaningText(column.meaning)]),
    key: key.id,
    ...form,
  })
  const { id } = await lake.load({ key: loadKey, tables: [sampleTable] }, async (writer) => {
    await writer.insertSelect({
      into: sampleTable,
      columns: ['n', 'ids', 'fields'],
      raw: { n: 'UInt32', i: 'Array(String)', f: 'Array(String)' },
      select: ['n', unhexed('i'), unhexed('f')],
      rows: [rows.map((row) => ({ n: row.n, i: row.ids.map(orNone), f: row.fields.map(orNone) }))],
    })
  })
  return {
    total: read + lost,
    read,
    rows,
    columns,
    idTags: ids.map(({ meaning }) => tokenTag(meaning)),
    fieldTags: fields.map(({ meaning }) => tokenTag(meaning)),
    faults,
    loadId: id,
  }
}

/** True when most check digits of an IMEI or ICCID column are wrong: random digits pass one time in ten. */
export function checkDigitsFail(sample: Sample): boolean {
  return sample.columns.some(
    ({ meaning }) =>
      meaning.kind === 'identifier' && (meaning.identifier === 'imei' || meaning.identifier === 'iccid') && meaning.valid < 50,
  )
}

function orNone(token: string): string {
  return token === '' ? noToken : token
}

function unhexed(column: string): string {
  return `CAST(arrayMap(x -> toFixedString(unhex(x), 16), ${column}), 'Array(FixedString(16))')`
}
