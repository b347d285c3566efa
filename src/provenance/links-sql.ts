import type { Copy } from './copy.ts'
import { tokenHalf } from './holdings.ts'
import type { Link } from './link.ts'
import type { Sample } from './sample.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/** An identifier that stands on more rows than this singles nobody out and links nothing (rule P4). */
export const sharedBy = 100
/** The empty token in SQL. */
export const none = "toFixedString('', 16)"
/** Comparisons that fit the bit masks. */
const mostComparisons = 30
/** Row numbers that are written into a statement. */
export const mostNumbers = 20_000

/** Rows of the copy that a link may lead to (a condition on `holdings`), and those of their identifiers that link. */
export interface Candidates {
  readonly rows: string
  readonly linking: string
}

// Tokens are compared by halves: numbers are compared several times faster than texts.
export const halves = (array: Pair['array']): string => `arrayMap(x -> ${tokenHalf('x')}, ${array}) AS half_${array}`

/** Compared sample rows, one for each identifier that may link them: their own. */
export const sampleSide = `SELECT n, ${halves('ids')}, ${halves('fields')}, arrayJoin(arrayFilter(x -> x != ${none}, ids)) AS id FROM sample_rows
  WHERE load_id = {sample:UInt64}`

/** Links between the candidates of a copy and rows of the sample (`side`: n, half_ids, half_fields, id), as `linksIn` reads them. */
export function linksSql(pairs: readonly Pair[], { rows, linking }: Candidates, side: string): string {
  const here = (pair: Pair): string => `s.half_${pair.array}[${pair.here}]`
  const there = (pair: Pair): string => `h.half_${pair.array}[${pair.there}]`
  const both = (pair: Pair): string => `(${there(pair)} != 0 AND ${here(pair)} != 0)`
  const mask = (test: (pair: Pair) => string): string =>
    `toUInt32(${pairs.length === 0 ? '0' : pairs.map((pair, bit) => `bitShiftLeft(toUInt32(${test(pair)}), ${bit})`).join(' + ')})`
  return `
    SELECT s.n AS n, h.n AS row, h.valid_from AS \`from\`, h.valid_to AS \`to\`, ${mask(both)} AS compared,
      ${mask((pair) => `${both(pair)} AND ${there(pair)} = ${here(pair)}`)} AS equal
    FROM (SELECT n, ${halves('ids')}, ${halves('fields')}, valid_from, valid_to, ${linking} AS linking, arrayJoin(linking) AS id
      FROM holdings WHERE load_id = {copy:UInt64} AND ${rows}) AS h
    INNER JOIN (${side}) AS s ON h.id = s.id`
}

/** Bytes of a link: six numbers of four bytes, little-endian. */
const linkBytes = 24

/** Links by sample row, in order; rows that meet by several identifiers once. */
export function linksIn(bytes: Uint8Array = new Uint8Array(0)): Map<number, Link[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const links = new Map<number, Link[]>()
  for (let at = 0; at + linkBytes <= bytes.byteLength; at += linkBytes) {
    const n = view.getUint32(at, true)
    const row = view.getUint32(at + 4, true)
    const list = links.get(n) ?? []
    if (list.length === 0) links.set(n, list)
    list.push({
      n,
      row,
      from: view.getInt32(at + 8, true),
      to: view.getInt32(at + 12, true),
      compared: view.getUint32(at + 16, true),
      equal: view.getUint32(at + 20, true),
    })
  }
  const ordered = [...links].toSorted(([a], [b]) => a - b)
  return new Map(
    ordered.map(([n, list]) => [
      n,
      list.toSorted((a, b) => a.row - b.row).filter((link, at, all) => link.row !== all[at - 1]?.row),
    ]),
  )
}

/** A column that sample and copy both have. */
interface Pair {
  readonly tag: string
  readonly array: 'ids' | 'fields'
  /** Positions, from 1, in the sample's and in the copy's array. */
  readonly here: number
  readonly there: number
}

/** What can be compared between a sample and a copy, identifiers first; and the identifiers that the copy holds. */
export function comparedIn(sample: Sample, copy: Copy): { readonly pairs: readonly Pair[]; readonly idTags: readonly string[] } {
  const held = tokenColumns(copy.columns)
  const idTags = held.ids.map(({ meaning }) => tokenTag(meaning))
  const fieldTags = held.fields.map(({ meaning }) => tokenTag(meaning))
  const pairs = [...pairsOf(sample.idTags, idTags, 'ids'), ...pairsOf(sample.fieldTags, fieldTags, 'fields')]
  return { pairs: pairs.slice(0, mostComparisons), idTags }
}

function pairsOf(sample: readonly string[], copy: readonly string[], array: Pair['array']): Pair[] {
  return sample.flatMap((tag, at) => {
    const there = copy.indexOf(tag)
    return there < 0 || sample.indexOf(tag) !== at ? [] : [{ tag, array, here: at + 1, there: there + 1 }]
  })
}
