import { linkSample } from '../linkage.ts'
import type { Copy } from '../copy.ts'
import { dayNumber } from '../day.ts'
import { ever } from '../holdings.ts'
import { ensureHoldings } from '../registry.ts'
import type { Sample } from '../sample.ts'
import { tokenColumns, tokenTag } from '../tokenise.ts'
import type { Lake } from '../../store/index.ts'
import { cellState, type Met, type MetColumn, type MetRow } from './met.ts'
import type { SampleCells } from './sample-cells.ts'

/** The same as `meetTable` for a registered copy: by its tokens, so columns pair by what they were taken for. */
export async function meetCopy(options: {
  readonly sample: SampleCells
  /** The sample's rows as tokens. */
  readonly tokens: Sample
  readonly copy: Copy
  readonly lake: Lake
  readonly registry: string
}): Promise<Met> {
  const { sample, tokens, copy, lake, registry } = options
  const loadId = await ensureHoldings({ registry, lake, copy })
  const linkage = await linkSample({ lake, sample: tokens, copy, loadId })
  const places = placesOf(tokens, copy)
  const indexOf = new Map(sample.rows.flatMap((row, index) => row.numbers.map((n) => [n, index] as const)))
  const bits = linkage.tags.map((tag) => places.findIndex((place) => place.tag === tag))
  const links = new Map<number, MetRow[]>()
  for (const [n, list] of linkage.links) {
    const index = indexOf.get(n)
    if (index === undefined || links.has(index)) continue
    const rows = list.map((link): MetRow => {
      const states = new Uint8Array(sample.columns.length)
      for (const [bit, at] of bits.entries()) {
        const place = places[at]
        if (place === undefined || ((link.compared >>> bit) & 1) === 0) continue
        states[place.at] = ((link.equal >>> bit) & 1) === 1 ? cellState.equal : cellState.different
      }
      const count = (state: number): number => states.reduce((sum, one) => sum + (one === state ? 1 : 0), 0)
      const equal = count(cellState.equal)
      return {
        states,
        equal,
        compared: equal + count(cellState.different),
        ...(link.from <= ever.from ? {} : { from: link.from }),
        ...(link.to >= ever.to ? {} : { to: link.to }),
      }
    })
    links.set(
      index,
      rows.toSorted((a, b) => b.equal - a.equal),
    )
  }
  const pairs: (MetColumn | undefined)[] = sample.columns.map(() => undefined)
  for (const place of places) {
    const params = { copy: loadId, sample: tokens.loadId }
    const none = "toFixedString('', 16)"
    const here = `${place.array}[${place.here}]`
    const [counts] = await lake.engine.rows<{ filled: string; rows: string; distinct: string; all: string }>(
      `SELECT countIf(v != ${none}) AS filled, countIf(v != ${none} AND held) AS rows,
         uniqExactIf(v, v != ${none} AND held) AS distinct, uniqExactIf(v, v != ${none}) AS all
       FROM (SELECT ${here} AS v, v IN (SELECT ${place.array}[${place.there}] FROM holdings WHERE load_id = {copy:UInt64}) AS held
         FROM sample_rows WHERE load_id = {sample:UInt64})`,
      params,
    )
    const share = (part: string | undefined, whole: string | undefined): number =>
      Number(part ?? 0) / Math.max(1, Number(whole ?? 0))
    const occurring = share(counts?.distinct, counts?.all)
    pairs[place.at] = {
      column: place.column,
      occurring,
      rowsOccurring: share(counts?.rows, counts?.filled),
      ...agreementOf(sample, links, place.at),
      byName: occurring < 0.5,
    }
  }
  return {
    asOf: copy.asOf,
    rows: copy.rows,
    byValue: false,
    columns: copy.columns.map((one) => one.name),
    pairs,
    occurring: pairs.map((pair) => pair?.rowsOccurring ?? 0),
    links,
    newest: newestOf(copy, pairs),
  }
}

interface Place {
  readonly tag: string
  readonly array: 'ids' | 'fields'
  /** Column of the sample; positions, from 1, in the token arrays of sample and copy. */
  readonly at: number
  readonly here: number
  readonly there: number
  readonly column: string
}

function placesOf(tokens: Sample, copy: Copy): readonly Place[] {
  const ours = tokenColumns(tokens.columns)
  const theirs = tokenColumns(copy.columns)
  return (['ids', 'fields'] as const).flatMap((array) =>
    ours[array].flatMap(({ at, meaning }, index): Place[] => {
      const tag = tokenTag(meaning)
      const there = theirs[array].findIndex((one) => tokenTag(one.meaning) === tag)
      const column = theirs[array][there]
      if (column === undefined) return []
      return [{ tag, array, at, here: index + 1, there: there + 1, column: copy.columns[column.at]?.name ?? tag }]
    }),
  )
}

/** Agreement on the rows met, beyond that of the sample's own values shuffled: the copy's values are not known. */
function agreementOf(
  sample: SampleCells,
  links: ReadonlyMap<number, readonly MetRow[]>,
  at: number,
): { readonly compared: number; readonly equal: number; readonly beyondChance: number } {
  const ours = new Map<number, number>()
  let compared = 0
  let equal = 0
  for (const [index, [best]] of links) {
    const id = sample.rows[index]?.ids[at] ?? 0
    const state = best?.states[at] ?? cellState.notCompared
    if (id === 0 || state === cellState.notCompared) continue
    compared += 1
    if (state === cellState.equal) equal += 1
    ours.set(id, (ours.get(id) ?? 0) + 1)
  }
  if (compared === 0) return { compared, equal, beyondChance: 0 }
  const chance = [...ours.values()].reduce((sum, count) => sum + (count / compared) ** 2, 0)
  return { compared, equal, beyondChance: chance > 0.98 ? 0 : (equal / compared - chance) / (1 - chance) }
}

/** Newest days are known from the copy's profile only, rounded to weeks. */
function newestOf(copy: Copy, pairs: readonly (MetColumn | undefined)[]): ReadonlyMap<number, number> {
  const newest = new Map<number, number>()
  for (const [at, pair] of pairs.entries()) {
    const day = copy.profile?.columns.find((one) => one.name === pair?.column)?.dates?.newest
    if (day !== undefined && day <= copy.asOf) newest.set(at, dayNumber(day))
  }
  return newest
}
