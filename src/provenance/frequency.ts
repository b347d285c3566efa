import type { Lake } from '../store/index.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'
import { identifierSpace } from './model.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/**
 * The natural logarithm of u(v): how probable the value in a cell is when it does not come from the copy in question (rule P6).
 * Per tag (identifier or field), by token. Tags that no copy holds are absent: they tell nothing.
 */
export type Frequencies = ReadonlyMap<string, { readonly of: ReadonlyMap<string, number>; readonly floor: number }>

/** Value frequencies of the sample's fields, from the largest copy that holds the field; identifiers from their number space. */
export async function readFrequencies(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly linkages: readonly Linkage[]
}): Promise<Frequencies> {
  const { lake, sample, linkages } = options
  const largest = Math.max(1, ...linkages.map((linkage) => linkage.size))
  const result = new Map<string, { of: Map<string, number>; floor: number }>()
  for (const tag of sample.idTags) {
    if (linkages.some((linkage) => linkage.tags.includes(tag)))
      result.set(tag, { of: new Map(), floor: -Math.log(identifierSpace(tag, largest)) })
  }
  for (const [at, tag] of sample.fieldTags.entries()) {
    const holder = linkages
      .filter((linkage) => linkage.tags.includes(tag))
      .toSorted((a, b) => b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))[0]
    if (holder === undefined) continue
    const there = tokenColumns(holder.copy.columns).fields.findIndex(({ meaning }) => tokenTag(meaning) === tag) + 1
    const rows = await lake.engine.rows<{ token: string; count: string }>(
      `SELECT lower(hex(fields[${there}])) AS token, count() AS count FROM holdings
       WHERE load_id = {copy:UInt64} AND fields[${there}] IN (SELECT fields[${at + 1}] FROM sample_rows WHERE load_id = {sample:UInt64})
       GROUP BY token`,
      { copy: holder.loadId, sample: sample.loadId },
    )
    const of = new Map(rows.map((row) => [row.token, Math.log((Number(row.count) + 0.5) / (holder.size + 1))]))
    result.set(tag, { of, floor: Math.log(0.5 / (holder.size + 1)) })
  }
  return result
}
