import { UserError } from '../base/index.ts'

/** Where each of our columns stands in a table: by `map`, else by the same name without regard to case. */
export function columnPlaces<Name extends string>(options: {
  readonly file: string
  readonly columns: readonly string[]
  readonly wanted: readonly Name[]
  readonly needed: readonly Name[]
  readonly map?: Readonly<Record<string, string>> | undefined
}): (values: readonly string[], name: Name) => string {
  const lower = options.columns.map((column) => column.trim().toLowerCase())
  const places = new Map<Name, number>()
  for (const name of options.wanted) {
    const at = lower.indexOf((options.map?.[name] ?? name).trim().toLowerCase())
    if (at !== -1) places.set(name, at)
  }
  const missing = options.needed.filter((name) => !places.has(name))
  if (missing.length > 0)
    throw new UserError({
      code: 'lookup-columns',
      message: `${options.file} has no column ${missing.join(', ')}.`,
      hint: `Name the column that holds it (--map FILE, or map in the case file): ${missing[0]} = "..."`,
    })
  return (values, name) => values[places.get(name) ?? -1] ?? ''
}

/** A map without what it says of logs that are no tables: where requests name the subscriber. */
export function columnMap(map: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> | undefined {
  if (map === undefined || !/^[/?]/.test((map['subscriber'] ?? '').trim())) return map
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== 'subscriber'))
}
