/**
 * Names by which every table of a file can be asked for: repeated ones get `#2`, `#3`, ... in their order, past names that stand in the file themselves.
 */
export function distinctNames(names: readonly string[]): string[] {
  const own = new Set(names)
  const given = new Set<string>()
  const times = new Map<string, number>()
  return names.map((name) => {
    if (!given.has(name)) {
      given.add(name)
      return name
    }
    let time = times.get(name) ?? 1
    let next: string
    do {
      time += 1
      next = `${name}#${time}`
    } while (own.has(next) || given.has(next))
    times.set(name, time)
    given.add(next)
    return next
  })
}
