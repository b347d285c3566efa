import type { DataObject, Endpoint, Product, Registered, System } from '../inventory/index.ts'

/** The estate that paths lead through. */
export interface Estate {
  readonly systems: readonly Registered<System>[]
  readonly objects: readonly Registered<DataObject>[]
  readonly endpoints: readonly Registered<Endpoint>[]
}

/** How far a product is from the outside and from personal data, as the inventory states it. */
export interface Reach {
  /** Entries that say it can be reached from outside (`endpoint:…`, `system:…`); none = not stated. */
  readonly exposedBy: readonly string[]
  /** Entries from the product's system to one that holds data, the shortest way; none = no way is stated. */
  readonly path: readonly string[]
  /** Categories of data at its end. */
  readonly data: readonly string[]
}

/** Systems of a path, at most. */
const longestPath = 6

/** By product (rules E5 and E6): a search in breadth over shared hosts and `reaches`. */
export function reachOf(estate: Estate): (product: Product) => Reach {
  const byId = new Map(
    estate.systems.flatMap((system) => [system.id, system.name].map((name) => [name.toLowerCase(), system] as const)),
  )
  const byHost = new Map<string, Registered<System>[]>()
  for (const system of estate.systems)
    for (const host of system.hosts) byHost.set(host.toLowerCase(), [...(byHost.get(host.toLowerCase()) ?? []), system])
  const held = (system: Registered<System>): readonly string[] => [
    ...system.data,
    ...estate.objects
      .filter((one) => one.system !== undefined && byId.get(one.system.toLowerCase()) === system)
      .flatMap(({ data }) => data),
  ]
  const paths = new Map<string, Pick<Reach, 'path' | 'data'>>()
  const toData = (from: Registered<System>): Pick<Reach, 'path' | 'data'> => {
    const seen = new Set([from.entry])
    let ways: readonly (readonly Registered<System>[])[] = [[from]]
    while (ways.length > 0) {
      for (const way of ways) {
        const last = way.at(-1)
        const data = last === undefined ? [] : held(last)
        if (data.length > 0) return { path: way.map(({ entry }) => entry), data: [...new Set(data)].toSorted() }
      }
      ways = ways.flatMap((way) => {
        const last = way.at(-1)
        if (last === undefined || way.length >= longestPath) return []
        const next = [
          ...last.hosts.flatMap((host) => byHost.get(host.toLowerCase()) ?? []),
          ...(last.reaches ?? []).flatMap((id) => byId.get(id.toLowerCase()) ?? []),
        ]
        return next.flatMap((system) => {
          if (seen.has(system.entry)) return []
          seen.add(system.entry)
          return [[...way, system]]
        })
      })
    }
    return { path: [], data: [] }
  }
  return (product) => {
    const host = product.host?.toLowerCase()
    const system = product.system === undefined ? undefined : byId.get(product.system.toLowerCase())
    const systems = system !== undefined ? [system] : host === undefined ? [] : (byHost.get(host) ?? [])
    const hosts = new Set([
      ...(host === undefined ? [] : [host]),
      ...(product.host === undefined ? systems.flatMap(({ hosts }) => hosts.map((one) => one.toLowerCase())) : []),
    ])
    const exposedBy = [
      ...estate.endpoints.filter((endpoint) => hosts.has(endpoint.host.toLowerCase())).map(({ entry }) => entry),
      ...systems.filter(({ internetFacing }) => internetFacing).map(({ entry }) => entry),
    ]
    const ends = systems.map((one) => {
      const known = paths.get(one.entry) ?? toData(one)
      paths.set(one.entry, known)
      return known
    })
    const [best = { path: [], data: [] }] = ends
      .filter(({ path }) => path.length > 0)
      .toSorted((a, b) => a.path.length - b.path.length)
    return { exposedBy: [...new Set(exposedBy)].toSorted(), ...best }
  }
}
