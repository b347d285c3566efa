import { UserError, type Watch } from '../base/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { meaningText } from './columns.ts'
import type { Copy } from './copy.ts'
import { conclude, emptyVerdict } from './conclude.ts'
import { linkSample, type Linkage } from './linkage.ts'
import type { RecordTable } from './record-table.ts'
import { ensureHoldings } from './registry.ts'
import { readSample, type Sample } from './sample.ts'
import type { Verdict } from './verdict.ts'
import type { SampleExhibit } from './exhibit.ts'
import { weigh, type Prior } from './weigh.ts'

/** A sample to be judged, and what it is judged against. */
export interface Examination {
  readonly table: RecordTable
  /** The exhibit the sample stands in. */
  readonly exhibit: SampleExhibit
  readonly lake: Lake
  readonly key: TokenKey
  /** Registered copies and leaks (`listCopies`), and the folder their tokens are in. */
  readonly copies: readonly Copy[]
  readonly registry: string
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
  readonly prior?: Prior
  readonly watch?: Watch
}

/**
 * Is it real, and whose copy is it? Compares the sample with every registered copy and leak and weighs all answers (SPEC.md).
 * Throws a `UserError` when copies are under another token key.
 */
export async function judge(examination: Examination): Promise<Verdict> {
  const { table, exhibit, lake, key, copies, registry, country, watch } = examination
  const foreign = copies.find((copy) => copy.keyId !== key.id)
  if (foreign !== undefined) {
    throw new UserError({
      code: 'copy-under-other-key',
      message: `copy ${foreign.id} was registered under another token key (${foreign.keyId})`,
      hint: 'use the key the workspace was made with, or register the copy again',
    })
  }
  const sample = await readSample({
    table,
    exhibit,
    key,
    lake,
    ...(country === undefined ? {} : { country }),
    ...(examination.map === undefined ? {} : { map: examination.map }),
  })
  const linkages: Linkage[] = []
  for (const copy of copies.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    watch?.signal?.throwIfAborted()
    watch?.report?.({ step: 'comparing with copies', done: linkages.length, total: copies.length, unit: 'copies' })
    const loadId = await ensureHoldings({ registry, lake, copy })
    linkages.push(await linkSample({ lake, sample, copy, loadId }))
  }
  const identified = sample.rows.filter((row) => row.ids.some((id) => id !== '')).length
  const facts = {
    rows: sample.total,
    read: sample.read,
    identified,
    columns: sample.columns.map((column) => ({ name: column.name, meaning: meaningText(column.meaning) })),
  }
  const persons = distinctPersons(sample)
  const beside = { faults: sample.faults, ...(persons === undefined ? {} : { persons }) }
  if (identified === 0 || copies.length === 0) return { ...emptyVerdict({ facts, sample, exhibit, copies }), ...beside }
  const weighing = await weigh({ lake, sample, linkages, prior: examination.prior ?? {} })
  return { ...conclude({ facts, sample, exhibit, weighing }), ...beside }
}

/** Distinct persons by the first identifier each row carries; not known when the sample was too large to be read row by row. */
function distinctPersons(sample: Sample): number | undefined {
  if (sample.rows.length < sample.read) return undefined
  return new Set(sample.rows.flatMap((row) => row.ids.find((id) => id !== '') ?? [])).size
}
