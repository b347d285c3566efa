/**
 * What the conditions of a statement share: values, each bound once and named by us, and what is worked out of an event once
 * however many conditions look at it (a field, its folded form, its number).
 */
export class SqlValues {
  readonly #columns: [Map<string, string>, Map<string, string>] = [new Map(), new Map()]
  readonly #params: Record<string, unknown> = {}
  readonly #names = new Map<string, string>()
  #size = 0

  /** By name, for the engine. */
  get params(): Readonly<Record<string, unknown>> {
    return this.#params
  }

  /** Characters bound so far, roughly. */
  get size(): number {
    return this.#size
  }

  text(value: string): string {
    return this.#bind(value, 'String', value.length)
  }

  texts(values: readonly string[]): string {
    return this.#bind(
      values,
      'Array(String)',
      values.reduce((sum, value) => sum + value.length + 3, 0),
    )
  }

  /** A column worked out of the events table (depth 0), or of columns of depth 0 (depth 1); gives its name. */
  column(depth: 0 | 1, sql: string): string {
    const columns = this.#columns[depth]
    let name = columns.get(sql)
    if (name === undefined) {
      name = `c${depth}_${columns.size}`
      columns.set(sql, name)
    }
    return name
  }

  /** The rows of `from` (a table or a query in brackets, kept to what `where` says) with the columns that conditions look at. */
  source(from: string, where: string): string {
    const [inner, outer] = this.#columns.map((columns) => [...columns].map(([sql, name]) => `, ${sql} AS ${name}`).join(''))
    return `(SELECT *${outer} FROM (SELECT *${inner} FROM ${from} WHERE ${where}))`
  }

  #bind(value: string | readonly string[], type: string, size: number): string {
    const key = `${type} ${JSON.stringify(value)}`
    let name = this.#names.get(key)
    if (name === undefined) {
      name = `s${this.#names.size}`
      this.#names.set(key, name)
      this.#params[name] = value
      this.#size += size
    }
    return `{${name}:${type}}`
  }
}
