import type { Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import { markEvidence, readSample } from '../marks/index.ts'
import type { TokenKey } from '../persons/index.ts'
import { judge, listCopies, type Verdict } from '../provenance/index.ts'
import type { Lake } from '../store/index.ts'
import type { HandedOut } from './extracts-of.ts'
import { placeOfItem, type Item } from './items.ts'
import { recordFormat } from './record-format.ts'

/** Where copies are kept and under which key. */
export interface Registry {
  readonly folder: string
  readonly lake: Lake
  readonly key: TokenKey
}

type Judge = Parameters<typeof judge>[0]

/** The verdict on one sample against everything registered, with what the marks of extracts handed out say. */
export async function judgeItem(options: {
  readonly item: Item
  readonly registry: Registry
  readonly handed: HandedOut
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
  readonly prior?: Judge['prior']
  readonly watch: Watch
}): Promise<Verdict> {
  const { item, registry, handed, country, map, prior, watch } = options
  const marks = await marksOf({ item, handed, watch, ...(country === undefined ? {} : { country }) })
  return judge({
    table: await openRecords(item.source, recordFormat(item), { watch }),
    exhibit: placeOfItem(item),
    lake: registry.lake,
    key: registry.key,
    copies: listCopies(registry.folder),
    registry: registry.folder,
    ...(country === undefined || country === '' ? {} : { country }),
    ...(map === undefined ? {} : { map }),
    ...(prior === undefined ? {} : { prior }),
    marks,
    watch,
  })
}

/** Reads the rows once more for their spelling when extracts were handed out with marks. */
async function marksOf(options: {
  readonly item: Item
  readonly handed: HandedOut
  readonly country?: string
  readonly watch: Watch
}): Promise<Awaited<ReturnType<typeof markEvidence>>> {
  const { item, handed, country, watch } = options
  if (handed.extracts.length === 0) return {}
  const sample = await readSample({
    table: await openRecords(item.source, recordFormat(item), { watch }),
    identifiers: handed.extracts.flatMap((one) => one.record.identifiers.map((column) => column.identifier)),
    tokens: handed.tokens,
    ...(country === undefined ? {} : { country }),
  })
  return markEvidence({ rows: sample.rows, extracts: handed.extracts, key: handed.key })
}
