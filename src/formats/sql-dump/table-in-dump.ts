/** One table of a dump. `id` is its place among the tables, the same whenever the dump is read. */
export interface TableInDump {
  readonly id: number
  readonly name: string
  /** The database that was in use, '' when the dump names none. */
  readonly database: string
}

interface Known {
  table: TableInDump
  columns: readonly string[] | undefined
  filled: boolean
}

const mostNames = 100_000
const name = String.raw`[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]{0,127}|"[^"\n]{1,128}"|\x60[^\x60\n]{1,128}\x60|\[[^\]\n]{1,128}\]`
const use = new RegExp(String.raw`(?:USE|\\c(?:onnect)?)[ \t]{1,20}(${name})[ \t]{0,20}(?:;|\r?\n|$)`, 'iy')

/** Tells the tables of a dump apart: by the database in use, and by being created anew with other columns once they have rows. */
export class TablesByName {
  readonly #known = new Map<string, Known>()
  #database = ''
  #begun = 0

  /** Takes a line that may say which database comes (`USE crm;`, `\connect crm`). */
  line(text: string, at: number): void {
    use.lastIndex = at
    const found = use.exec(text)?.[1]
    if (found !== undefined) this.#database = found.replaceAll(/^["`[]|["`\]]$/g, '')
  }

  created(name: string, columns: readonly string[]): void {
    const known = this.#of(name)
    if (known === undefined) return
    const same = known.columns === undefined || known.columns.join('\n') === columns.join('\n')
    if (known.filled && !same) {
      known.table = this.#table(name)
      known.filled = false
    }
    known.columns = columns
  }

  /** The table that rows of this name belong to, and the columns it was created with. */
  filled(name: string): { readonly table: TableInDump | undefined; readonly columns: readonly string[] } {
    const known = this.#of(name)
    if (known === undefined) return { table: undefined, columns: [] }
    known.filled = true
    return { table: known.table, columns: known.columns ?? [] }
  }

  #of(name: string): Known | undefined {
    const key = `${this.#database}\n${name}`
    const known = this.#known.get(key)
    if (known !== undefined || this.#known.size >= mostNames) return known
    const begun: Known = { table: this.#table(name), columns: undefined, filled: false }
    this.#known.set(key, begun)
    return begun
  }

  #table(name: string): TableInDump {
    this.#begun += 1
    return { id: this.#begun, name, database: this.#database }
  }
}
