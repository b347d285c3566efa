import { UserError } from '../base/index.ts'
import type { TableReader } from '../formats/index.ts'

const rowsLooked = 2_000
/** What a country's way of writing puts between the digits of a telephone number. */
const between = /[ ().'/-]/g

/**
 * The country by which numbers of a day-one question are read: the first that is given, or the one that all the others name. Undefined when there is none.
 */
export function countryOf(given: {
  readonly option?: string | undefined
  readonly sample?: string | undefined
  /** What the folders of tables, and the registered copies, say. */
  readonly others: readonly (string | undefined)[]
}): string | undefined {
  const others = new Set(given.others.filter((one) => one !== undefined && one !== ''))
  return given.option ?? given.sample ?? (others.size === 1 ? [...others][0] : undefined)
}

/**
 * Throws a `UserError` when numbers of the sample cannot be compared without a country: written the national way, `0122204933` in one table and
 * `60122204933` in another are one number, and a system would be ruled out wrongly. Numbers with `+` need none.
 */
export async function checkComparable(tables: readonly [sample: OpenTable, ...others: readonly OpenTable[]]): Promise<void> {
  const [sample, ...others] = tables
  const asked = await dialledColumns(sample)
  if (asked.length === 0) return
  const all = [...asked]
  for (const other of others) all.push(...(await dialledColumns(other)))
  const [unclear] = all.filter((one) => !one.international)
  if (unclear === undefined) return
  throw new UserError({
    code: 'country-unknown',
    message: `no country is known, and ${unclear.name} (${unclear.file}) may hold telephone numbers written the national way: a system could be ruled out wrongly`,
    hint: 'give it with --country, such as --country MY',
    exitCode: 2,
  })
}

/** A table under the name it is told by. */
export interface OpenTable {
  readonly file: string
  readonly open: () => Promise<TableReader>
}

async function dialledColumns({
  file,
  open,
}: OpenTable): Promise<{ readonly name: string; readonly file: string; readonly international: boolean }[]> {
  const { columns, rows } = await open()
  const counts = columns.map((name) => ({ name, filled: 0, dialled: 0, plus: 0 }))
  let looked = 0
  for await (const { records } of rows) {
    for (const { values } of records)
      for (const [at, count] of counts.entries()) {
        const cell = (values[at] ?? '').trim().slice(0, 40).replace(between, '')
        if (cell === '') continue
        count.filled += 1
        if (/^(?:\+|00)[1-9][0-9]{6,14}$/.test(cell)) count.plus += 1
        if (/^\+?[0-9]{7,15}$/.test(cell) && !/^(?:19|20)[0-9]{6}$/.test(cell)) count.dialled += 1
      }
    looked += records.length
    if (looked >= rowsLooked) break
  }
  return counts
    .filter(({ filled, dialled }) => filled > 0 && dialled * 3 >= filled)
    .map(({ name, filled, plus }) => ({ name, file, international: plus === filled }))
}
