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

/** Of a larger copy values are counted in evenly spread stretches that hold this many rows together (rule P6). */
const countedRows = 524_288
const stretches = 64

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
  const bySize = linkages.toSorted((a, b) => b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))
  const held = sample.fieldTags.flatMap((tag) => {
    const holder = bySize.find((linkage) => linkage.tags.includes(tag))
    return holder === undefined ? [] : [{ tag, holder }]
  })
  for (const [holder, fields] of Map.groupBy(held, (one) => one.holder)) {
    const tags = tokenColumns(holder.copy.columns).fields.map(({ meaning }) => tokenTag(meaning))
    const tagAt = new Map(fields.map(({ tag }) => [tags.indexOf(tag) + 1, tag]))
    const rows = await countedIn(lake, holder)
    for (const { tag } of fields) result.set(tag, { of: new Map(), floor: Math.log(0.5 / (rows.count + 1)) })
    for (const { at, token, count } of await countsOf({
      lake,
      sample,
      holder,
      positions: [...tagAt.keys()],
      within: rows.within,
    }))
      result.get(tagAt.get(at) ?? '')?.of.set(token, Math.log((Number(count) + 0.5) / (rows.count + 1)))
  }
  return result
}

/** The rows of a copy in which values are counted, as a condition on `n`, and how many they are. */
async function countedIn(lake: Lake, { size, loadId }: Linkage): Promise<{ readonly within: string; readonly count: number }> {
  if (size <= countedRows) return { within: 'true', count: size }
  const each = countedRows / stretches
  const ranges = Array.from({ length: stretches }, (_, at) => {
    const from = 1 + Math.floor((at * (size - each)) / (stretches - 1))
    return `n BETWEEN ${from} AND ${from + each - 1}`
  })
  const within = `(${ranges.join(' OR ')})`
  const [row] = await lake.engine.rows<{ count: string }>(
    `SELECT count() AS count FROM holdings WHERE load_id = {copy:UInt64} AND ${within}`,
    { copy: loadId },
  )
  return { within, count: Number(row?.count ?? 0) }
}

/** How often each value of the sample's fields stands in the columns (`positions`, from 1) of a copy. */
async function countsOf(options: {
  readonly lake: Lake
  readonly sample: Sample
  readonly holder: Linkage
  readonly positions: readonly number[]
  readonly within: string
}): Promise<readonly { readonly at: number; readonly token: string; readonly count: string }[]> {
  const { lake, sample, holder, positions, within } = options
  return lake.engine.rows(
    `SELECT at, lower(hex(value)) AS token, count() AS count
     FROM (SELECT fields FROM holdings WHERE load_id = {copy:UInt64} AND ${within}) ARRAY JOIN fields AS value, arrayEnumerate(fields) AS at
     WHERE at IN ({positions:Array(UInt32)}) AND value IN (SELECT arrayJoin(fields) FROM sample_rows WHERE load_id = {sample:UInt64})
     GROUP BY at, value`,
    { copy: holder.loadId, sample: sample.loadId, positions },
  )
}
