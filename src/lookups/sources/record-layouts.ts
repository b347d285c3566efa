import { locationLayouts } from './location-layouts.ts'
import type { RecordLayout } from './record-layout.ts'
import { salesforceLayout } from './salesforce.ts'
import { accessHistoryLayout } from './snowflake-access.ts'

const layouts: readonly RecordLayout[] = [...locationLayouts, salesforceLayout, accessHistoryLayout]

/** The layout of a table, and where its columns stand; undefined for another table. `map` gives our names theirs. */
export function recordLayout(
  columns: readonly string[],
  map: Readonly<Record<string, string>> | undefined,
): { readonly layout: RecordLayout; readonly place: ReadonlyMap<string, number> } | undefined {
  const plain = columns.map(plainName)
  for (const layout of layouts) {
    const place = new Map<string, number>()
    for (const [name, theirs] of Object.entries(layout.columns)) {
      const mapped = map?.[name]
      const at = (mapped === undefined ? theirs : [plainName(mapped)]).map((one) => plain.indexOf(one)).find((one) => one !== -1)
      if (at !== undefined) place.set(name, at)
    }
    if (layout.needed.every((name) => name.split('|').some((one) => place.has(one)))) return { layout, place }
  }
  return undefined
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}
