import { UserError, type Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { itemOf, type ItemRows, type ItemSpec } from '../vendor-check/index.ts'
import { recordFormat } from './record-format.ts'
import { collectLoose, looseFiles } from './loose-files.ts'

/** A table of customers read as items of a vendor check. */
export interface TableItems {
  readonly sha256: string
  readonly bytes: number
  /** One entry per row in order: its number from 1, and its item, or undefined when the row has no full one. */
  readonly items: AsyncIterable<readonly { readonly row: number; readonly item: string | undefined }[]>
  release(): Promise<void>
}

/** How a table is read. */
export interface TableReading {
  readonly file: string
  readonly spec: ItemSpec
  /** Column name to kind; a column named like a kind needs none. */
  readonly columns?: Readonly<Record<string, string>>
  readonly country?: string
  /** A file of controls: names in `columns` that it has not are not meant for it. */
  readonly control?: boolean
  readonly watch: Watch
}

/** Opens one table. Throws a `UserError` when the file is no table or a column of the item cannot be told. */
export async function openTableItems({ file, spec, columns, country, control, watch }: TableReading): Promise<TableItems> {
  const files = await looseFiles({ paths: [file], role: (seen) => (tables.has(seen.kind) ? 'copy' : undefined), watch })
  try {
    const { items } = await collectLoose(files, 'table (CSV, JSON lines or SQL dump)')
    const [item] = items
    if (item === undefined || items.length > 1)
      throw new UserError({ code: 'one-file', message: `${file} holds ${items.length} tables`, hint: 'give one table at a time' })
    const table = await openRecords(item.source, recordFormat(item), { watch })
    const places = placesOf(spec, { names: table.columns, columns: columns ?? {}, file, control: control === true })
    return {
      sha256: item.sha256,
      bytes: item.source.size,
      items: read(),
      release: () => files.release(),
    }

    async function* read(): TableItems['items'] {
      for await (const { records } of table.rows) {
        watch.signal?.throwIfAborted()
        yield records.map(({ n, values }) => ({
          row: n,
          item: itemOf(
            spec,
            places.map((at) => values[at] ?? ''),
            { country },
          ),
        }))
      }
    }
  } catch (error) {
    await files.release()
    throw error
  }
}

/** All different items of a small table with the first row of each; and how many rows it has, with and without a full item. */
export async function allItems(
  reading: TableReading,
): Promise<{ readonly sha256: string; readonly rows: number; readonly incomplete: number; readonly items: ItemRows }> {
  const table = await openTableItems(reading)
  try {
    const items = new Map<string, number>()
    let [rows, incomplete] = [0, 0]
    for await (const batch of table.items)
      for (const { row, item } of batch) {
        rows += 1
        if (item === undefined) incomplete += 1
        else if (!items.has(item)) items.set(item, row)
      }
    return { sha256: table.sha256, rows, incomplete, items }
  } finally {
    await table.release()
  }
}

const tables: ReadonlySet<string> = new Set(['csv', 'jsonl', 'sql-dump'])

function placesOf(
  spec: ItemSpec,
  given: {
    readonly names: readonly string[]
    readonly columns: Readonly<Record<string, string>>
    readonly file: string
    readonly control: boolean
  },
): number[] {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const refuse = (message: string, hint: string): never => {
    throw new UserError({ code: 'column-missing', message, hint })
  }
  const unknown = given.control ? undefined : Object.keys(given.columns).find((name) => !given.names.includes(name))
  if (unknown !== undefined)
    refuse(`${given.file} has no column "${unknown}"`, 'write the name in --columns as it stands in the table')
  return spec.map((kind) => {
    const named = given.names.findIndex((name) => given.columns[name] === kind)
    const at =
      named >= 0 ? named : given.names.findIndex((name) => given.columns[name] === undefined && bare(name) === bare(kind))
    // Names are not repeated here: what was taken for a header may be a row.
    return at >= 0
      ? at
      : refuse(
          `no column of ${given.file} is known to hold ${kind}`,
          `name it with --columns, a file such as {"subscriber_no": "${kind}"}`,
        )
  })
}
