import type { Fault, Watch } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import { openRecords, type RecordFormat } from '../formats/index.ts'
import type { TokenKey } from '../persons/index.ts'
import {
  judge,
  listCopies,
  meaningText,
  provenanceProposals,
  registerCopy,
  type CopyManifest,
  type Verdict,
} from '../provenance/index.ts'
import type { Lake } from '../store/index.ts'
import type { CaseInfo } from './case-store.ts'
import { caseIdFrom } from './case-store.ts'
import { faultOf } from './fault-of.ts'
import { itemName, itemsOf, placeOfItem, type Item } from './items.ts'

/** The verdict on one sample. */
export interface JudgedSample {
  readonly sample: string
  readonly verdict: Verdict
}

/** Where copies are kept and under which key. */
export interface Registry {
  readonly folder: string
  readonly lake: Lake
  readonly key: TokenKey
}

/** Registers the copies and leaks of the case folder, then judges every sample against all that is registered. */
export async function judgeSamples(options: {
  readonly items: readonly Item[]
  readonly info: CaseInfo
  readonly registry: Registry
  readonly watch: Watch
}): Promise<{ judged: readonly JudgedSample[]; proposals: readonly Proposal[]; faults: readonly Fault[] }> {
  const { items, info, registry, watch } = options
  const faults: Fault[] = []
  for (const item of itemsOf(items, 'copy', 'leak')) {
    watch.signal?.throwIfAborted()
    try {
      const copy = await registerItem({ item, manifest: manifestOf(item, info), country: info.country, registry, watch })
      faults.push(...copy.faults)
    } catch (error) {
      faults.push(faultOf(error, { file: itemName(item) }))
    }
  }
  const judged: JudgedSample[] = []
  const proposals: Proposal[] = []
  for (const item of itemsOf(items, 'sample')) {
    watch.signal?.throwIfAborted()
    const exhibit = placeOfItem(item)
    let table: Awaited<ReturnType<typeof openRecords>>
    try {
      table = await openRecords(item.source, recordFormat(item), { watch })
    } catch (error) {
      faults.push(faultOf(error, { file: itemName(item) }))
      continue
    }
    const verdict = await judge({
      table,
      exhibit,
      lake: registry.lake,
      key: registry.key,
      copies: listCopies(registry.folder),
      registry: registry.folder,
      ...(info.country === '' ? {} : { country: info.country }),
      ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
      watch,
    })
    faults.push(...(verdict.faults ?? []))
    judged.push({ sample: item.member ?? item.file, verdict })
    proposals.push(...provenanceProposals(verdict, exhibit))
  }
  return { judged, proposals, faults }
}

/** A copy or leak as registered: what its columns were taken for decides what samples are compared with. */
export interface RegisteredCopy {
  readonly copy: string
  readonly rows: number
  readonly fields: readonly { readonly name: string; readonly meaning: string }[]
  readonly faults: readonly Fault[]
}

/** Registers one copy or leak from an item; the same bytes with the same manifest change nothing. */
export async function registerItem(options: {
  readonly item: Pick<Item, 'source' | 'sha256' | 'file' | 'identified' | 'rule'>
  readonly manifest: CopyManifest
  readonly country: string
  readonly registry: Registry
  readonly watch: Watch
}): Promise<RegisteredCopy> {
  const { item, manifest, country, registry, watch } = options
  const copy = await registerCopy({
    table: await openRecords(item.source, recordFormat(item), { watch }),
    sha256: item.sha256,
    source: item.file,
    manifest,
    key: registry.key,
    lake: registry.lake,
    registry: registry.folder,
    ...(country === '' ? {} : { country }),
    ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
    watch,
  })
  const fields = copy.columns.map((column) => ({ name: column.name, meaning: meaningText(column.meaning) }))
  return { copy: copy.id, rows: copy.rows, fields, faults: copy.faults }
}

/** How the records of an item are read. */
export function recordFormat(item: Pick<Item, 'identified'>): RecordFormat {
  switch (item.identified.kind) {
    case 'jsonl':
      return 'json-lines'
    case 'sql-dump':
      return 'sql-dump'
    default:
      return 'csv'
  }
}

function manifestOf(item: Item, info: CaseInfo): CopyManifest {
  const { rule } = item
  const name =
    (item.member ?? item.file)
      .split('/')
      .at(-1)
      ?.replace(/\.[a-z0-9.]+$/i, '') ?? item.file
  if (item.role === 'leak')
    return {
      id: caseIdFrom(rule.name ?? name),
      kind: 'leak',
      holder: rule.name ?? name,
      system: '',
      asOf: rule.date ?? rule.as_of ?? '1970-01-01',
      history: false,
    }
  const holder = rule.holder ?? info.operator
  return {
    id: caseIdFrom(name),
    kind: holder !== '' && holder.toLowerCase() === info.operator.toLowerCase() ? 'own' : 'extract',
    holder: holder === '' ? 'unnamed holder' : holder,
    system: rule.system ?? '',
    asOf: rule.as_of ?? info.openedAt.slice(0, 10),
    history: rule.history ?? false,
  }
}
