import type { SourceMap } from '../source-map.ts'

/** One map for each operating system that a field of the source names in words of its own. */
export function perSystem(map: SourceMap, field: string, systems: Readonly<Record<string, string>>): readonly SourceMap[] {
  return Object.entries(systems).map(([said, product]) => ({
    ...map,
    name: `${map.name}-${product}`,
    when: { ...map.when, [field]: said },
    product,
  }))
}
