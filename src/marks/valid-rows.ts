import { fault, UserError, type Batch } from '../base/index.ts'
import type { Row, TableReader } from '../formats/index.ts'
import { canonical, type CanonicalOptions } from '../persons/index.ts'

/** A table of versions, cut down to those of one day. */
export interface ValidRows {
  readonly table: TableReader
  /** The columns that say from when, and until before which day, a version holds. Absent: the table is no history and is handed on as it is. */
  readonly columns?: { readonly from: string; readonly to: string }
}

const isFrom = /^(?:valid|version|effective)_(?:from|start)$/
const isTo = /^(?:valid|version|effective)_(?:to|until|end)$/
/** What histories write for "still holds". */
const endless = /^(?:9999|infinity)/i

/**
 * Of a history the versions valid on `day` (`valid_from` <= day < `valid_to`; an empty end is open), so that every customer stands once. The two columns
 * are left out unless `fields` names them. A version whose days cannot be read is left out and counted as a fault. Throws a `UserError` when `asked` and
 * the table has no such columns.
 */
export function validRows(
  table: TableReader,
  options: {
    /** `YYYY-MM-DD`. */
    readonly day: string
    /** A day was asked for: the table has to be a history. */
    readonly asked: boolean
    readonly file: string
    readonly meanings?: Readonly<Record<string, string>>
    readonly fields?: readonly string[]
    readonly country?: string
  },
): ValidRows {
  const { meanings = {}, fields = [], country } = options
  const at = (meaning: string, named: RegExp): number =>
    table.columns.findIndex((name) => (Object.hasOwn(meanings, name) ? meanings[name] === meaning : named.test(slug(name))))
  const [from, to] = [at('valid-from', isFrom), at('valid-to', isTo)]
  if (from < 0 || to < 0) {
    if (!options.asked) return { table }
    throw new UserError({
      code: 'no-history',
      message: `${options.file} has no columns that say from when and until when a row holds`,
      hint: 'name them valid_from and valid_to, map them with --map, or leave --valid-on out',
      exitCode: 2,
    })
  }
  const kept = table.columns.flatMap((name, place) => ((place === from || place === to) && !fields.includes(name) ? [] : [place]))
  const form: CanonicalOptions = country === undefined ? {} : { country }
  const { day, file } = options
  return {
    table: {
      ...table,
      columns: kept.map((place) => table.columns[place] ?? ''),
      rows: validIn(table.rows, { from, to, day, file, kept, form }),
    },
    columns: { from: table.columns[from] ?? '', to: table.columns[to] ?? '' },
  }
}

async function* validIn(
  rows: TableReader['rows'],
  by: {
    readonly from: number
    readonly to: number
    readonly day: string
    readonly file: string
    readonly kept: readonly number[]
    readonly form: CanonicalOptions
  },
): AsyncGenerator<Batch<Row>> {
  const { day, form } = by
  let unreadable = 0
  for await (const { records, faults } of rows) {
    const valid: Row[] = []
    for (const row of records) {
      const begins = dayOf(row.values[by.from], form)
      const ends = dayOf(row.values[by.to], form)
      if (begins === null || ends === null) unreadable += 1
      else if ((begins === undefined || begins <= day) && (ends === undefined || day < ends))
        valid.push({ ...row, values: by.kept.map((place) => row.values[place] ?? '') })
    }
    yield { records: valid, faults }
  }
  if (unreadable > 0)
    yield {
      records: [],
      faults: [
        fault(
          'version-without-day',
          `${unreadable} ${unreadable === 1 ? 'version was' : 'versions were'} left out: the days on which they hold cannot be read.`,
          { file: by.file },
          'Write the days as 2026-03-31.',
          unreadable,
        ),
      ],
    }
}

/** A day as `YYYY-MM-DD`, of a time its day; undefined = no bound, null = it cannot be read. */
function dayOf(cell: string | undefined, form: CanonicalOptions): string | undefined | null {
  const text = (cell ?? '').trim()
  if (text === '' || endless.test(text)) return undefined
  return canonical('date', text.replace(/[T ][\s\S]{0,40}$/, ''), form) ?? null
}

function slug(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
}
