import { limits } from '../../base/index.ts'
import { columnNames } from '../table/dialect.ts'
import { distinctNames } from '../table/distinct-names.ts'
import type { TableInDump } from './table-in-dump.ts'
import type { DumpItem } from './scan.ts'

/** A table of a dump with rows, under the name it is asked for by. */
export interface DumpTable {
  readonly name: string
  readonly id: number
  readonly columns: readonly string[]
  readonly rows: number
  /** True when the dump names its columns. */
  readonly named: boolean
}

interface Counted {
  readonly of: TableInDump
  readonly columns: string[]
  readonly known: Set<string>
  rows: number
  readonly named: boolean
  last?: readonly string[]
}

const mostTables = 10_000

/** Gathers the tables of a dump from its items. A column that only some statements of a table name is a column of it. */
export class DumpTables {
  readonly #tables = new Map<number, Counted>()

  add(item: DumpItem): void {
    if (item.kind !== 'row') return
    const { id } = item.table
    const named = item.columns.length > 0
    let table = this.#tables.get(id)
    if (table === undefined) {
      if (this.#tables.size >= mostTables) return
      table = { of: item.table, columns: [], known: new Set(), rows: 0, named }
      this.#tables.set(id, table)
    }
    table.rows += 1
    if (named ? item.columns === table.last : item.values.length <= table.columns.length) return
    table.last = item.columns
    const names = named ? columnNames(item.columns) : columnNames(item.values.map(() => '')).slice(table.columns.length)
    for (const name of names) {
      if (table.known.has(name) || table.columns.length >= limits.columns) continue
      table.known.add(name)
      table.columns.push(name)
    }
  }

  /**
   * The tables in the order of their first rows. One that has the name of another, in another database or created anew with other columns, is told by its
   * database, or else by `#2`, `#3`.
   */
  list(): readonly DumpTable[] {
    const tables = [...this.#tables.values()]
    const count = new Map<string, number>()
    for (const { of } of tables) count.set(of.name, (count.get(of.name) ?? 0) + 1)
    const names = distinctNames(
      tables.map(({ of }) => ((count.get(of.name) ?? 0) > 1 && of.database !== '' ? `${of.database}.${of.name}` : of.name)),
    )
    return tables.map(({ of, columns, rows, named }, at) => ({ name: names[at] ?? of.name, id: of.id, columns, rows, named }))
  }
}
