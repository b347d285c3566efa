import { recordFormatOf, type RecordFormat } from '../formats/index.ts'
import type { Item } from './items.ts'

/** How the records of an item are read; only in a sample are records looked for in prose. */
export function recordFormat(item: Pick<Item, 'identified'> & { readonly role?: Item['role'] }): RecordFormat {
  const format = recordFormatOf(item.identified.kind) ?? 'csv'
  const prose = item.identified.kind === 'text' || item.identified.kind === 'markdown'
  return prose && item.role !== 'sample' ? 'csv' : format
}
