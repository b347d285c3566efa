import { readFileSync } from 'node:fs'
import { bytesSource, type Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import {
  canaryRows,
  cutExtract,
  defaultAllowance,
  planExtract,
  validRows,
  type Allowance,
  type CutCounts,
  type ExtractPlan,
  type TableFormat,
} from '../marks/index.ts'
import { tableFormats, type HandedOut } from './extracts-of.ts'
import type { Item } from './items.ts'

/** An extract to be handed out. */
export interface NewExtract {
  readonly file: string
  readonly holder: string
  readonly system: string
  /** `YYYY-MM-DD`. */
  readonly asOf: string
  /** Of a history: the day whose versions are handed out, `YYYY-MM-DD`; the cut day when absent. */
  readonly validOn?: string
  /** Where the extract is written; its manifest and acknowledgement stand beside it. */
  readonly out: string
  readonly id?: string
  readonly allowance?: Allowance
  readonly meanings?: Readonly<Record<string, string>>
  readonly fields?: readonly string[]
  readonly country?: string
  /** Which rows the source holds, in words; recorded. */
  readonly rowFilter?: string
  readonly pool?: string
  /** Share of the sites that is used; half when absent. */
  readonly density?: number
  readonly canaries?: { readonly file: string; readonly count: number }
}

/** A cut that only has to be given somewhere to write to. */
export interface ExtractJob {
  readonly plan: ExtractPlan
  readonly format: TableFormat
  readonly canaries: ReturnType<typeof canaryRows>
  /** The source is a history: the day whose versions are cut. */
  readonly validOn?: string
  cut(to: {
    readonly out: (text: string) => Promise<void> | void
    readonly index: (bytes: Buffer) => Promise<void> | void
  }): Promise<CutCounts>
}

/** Reads the source once and makes ready what its extract is cut with. Throws a `UserError` for what the person can put right. */
export async function prepareExtract(options: {
  readonly copy: NewExtract
  readonly extract: string
  readonly handed: HandedOut
  readonly item: Item
  readonly watch: Watch
}): Promise<ExtractJob> {
  const { copy, extract, handed, item, watch } = options
  const { key, tokens } = handed
  const day = copy.validOn ?? copy.asOf
  const versions = async () =>
    validRows(await openRecords(item.source, tableFormats[item.identified.kind] ?? 'csv', { watch }), {
      day,
      asked: copy.validOn !== undefined,
      file: item.file,
      ...(copy.meanings === undefined ? {} : { meanings: copy.meanings }),
      ...(copy.fields === undefined ? {} : { fields: copy.fields }),
      ...(copy.country === undefined ? {} : { country: copy.country }),
    })
  const pool = copy.pool ?? poolOf({ handed, extract, system: copy.system, source: item.sha256 })
  const { table: first, columns: history } = await versions()
  const left = new Set(Object.values(history ?? {}).filter((name) => !first.columns.includes(name)))
  const meanings = copy.meanings && Object.fromEntries(Object.entries(copy.meanings).filter(([name]) => !left.has(name)))
  const plan = await planExtract({
    table: first,
    key,
    extract,
    holder: copy.holder,
    allowance: copy.allowance ?? defaultAllowance,
    ...(pool === undefined ? {} : { pool }),
    ...(copy.country === undefined ? {} : { country: copy.country }),
    ...(meanings === undefined ? {} : { meanings }),
    ...(copy.fields === undefined ? {} : { fields: copy.fields }),
    ...(copy.density === undefined ? {} : { density: copy.density }),
  })
  const canaries =
    copy.canaries === undefined
      ? { rows: [], emptyColumns: [] }
      : canaryRows({
          owned: await ownedNumbers(copy.canaries.file),
          plan,
          count: copy.canaries.count,
          used: usedCanaries(handed, extract),
          key,
          tokens,
        })
  const delimiter = first.dialect.delimiter
  const format: TableFormat =
    item.identified.kind === 'jsonl'
      ? { kind: 'json-lines' }
      : { kind: 'delimited', delimiter: delimiter === '' ? ',' : delimiter, header: delimiter === '' || first.dialect.header }
  return {
    plan,
    format,
    canaries,
    ...(history === undefined ? {} : { validOn: day }),
    cut: async (to) => cutExtract({ table: (await versions()).table, plan, format, key, tokens, canaries: canaries.rows, ...to }),
  }
}

/** Extracts of one source may meet again: from the second on they share biases, unless the caller says otherwise. */
function poolOf(next: {
  readonly handed: HandedOut
  readonly extract: string
  readonly system: string
  readonly source: string
}): string | undefined {
  const { handed, extract, system, source } = next
  const own = handed.extracts.find((one) => one.record.extract === extract)
  if (own !== undefined) return own.record.pool
  const same = handed.extracts.some((one) => one.record.system === system || one.record.source.sha256 === source)
  return same ? `source:${system}` : undefined
}

function usedCanaries(handed: HandedOut, extract: string): ReadonlySet<string> {
  return new Set(handed.extracts.filter((one) => one.record.extract !== extract).flatMap((one) => one.record.canaries))
}

async function ownedNumbers(file: string): Promise<Parameters<typeof canaryRows>[0]['owned']> {
  const bytes = readFileSync(file)
  // One number a line without a header is a table of one column.
  const plain = !/[,;\t|{]/.test(bytes.subarray(0, 4_096).toString('utf8'))
  const table = await openRecords(bytesSource(file, bytes), 'csv', plain ? { delimiter: ',', header: false } : { header: true })
  const rows: { readonly values: readonly string[] }[] = []
  for await (const batch of table.rows) rows.push(...batch.records)
  return { columns: table.columns, rows }
}
