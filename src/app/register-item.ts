import type { Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { registerCopy, type Copy, type CopyManifest } from '../provenance/index.ts'
import type { Item } from './items.ts'
import type { Registry } from './judge-item.ts'
import { recordFormat } from './record-format.ts'

/** Registers one copy or leak from an item; the same bytes with the same manifest change nothing. An empty country is none. */
export async function registerItem(options: {
  readonly item: Pick<Item, 'source' | 'sha256' | 'file' | 'identified' | 'rule'>
  readonly manifest: CopyManifest
  readonly country?: string
  /** Column meanings; those of the item's rule when absent. */
  readonly map?: Readonly<Record<string, string>>
  /** The sheet of a workbook or the table of a dump; the first with rows when absent. */
  readonly table?: string
  readonly registry: Registry
  readonly watch: Watch
}): Promise<Copy> {
  const { item, manifest, country, registry, table, watch } = options
  const map = options.map ?? item.rule.map
  return registerCopy({
    table: await openRecords(item.source, recordFormat(item), { watch, ...(table === undefined ? {} : { table }) }),
    sha256: item.sha256,
    source: item.file,
    manifest,
    key: registry.key,
    lake: registry.lake,
    registry: registry.folder,
    ...(country === undefined || country === '' ? {} : { country }),
    ...(map === undefined ? {} : { map }),
    watch,
  })
}
