import { UserError, type Fault, type Watch } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import { provenanceProposals, type CopyManifest, type Verdict } from '../provenance/index.ts'
import type { CaseInfo } from './case-store.ts'
import { caseIdFrom } from './case-store.ts'
import type { HandedOut } from './extracts-of.ts'
import { faultOf } from './fault-of.ts'
import { itemName, itemsOf, placeOfItem, type Item } from './items.ts'
import { judgeItem, type Registry } from './judge-item.ts'
import { registerItem } from './register-item.ts'

/** The verdict on one sample, and where it stands. */
export interface JudgedSample {
  readonly sample: string
  readonly item: Item
  readonly verdict: Verdict
}

/** Registers the copies and leaks of the case folder, then judges every sample against all that is registered. */
export async function judgeSamples(options: {
  readonly items: readonly Item[]
  readonly info: CaseInfo
  readonly registry: Registry
  readonly handed: HandedOut
  readonly watch: Watch
}): Promise<{ judged: readonly JudgedSample[]; proposals: readonly Proposal[]; faults: readonly Fault[] }> {
  const { items, info, registry, watch } = options
  const faults: Fault[] = []
  // The own systems first: what their columns hold tells what those of extracts and leaks hold.
  const known = itemsOf(items, 'copy', 'leak').map((item) => ({ item, manifest: manifestOf(item, info) }))
  const rank = { own: 0, extract: 1, leak: 2 } as const
  for (const { item, manifest } of known.toSorted((a, b) => rank[a.manifest.kind] - rank[b.manifest.kind])) {
    watch.signal?.throwIfAborted()
    try {
      const copy = await registerItem({ item, manifest, country: info.country, registry, watch })
      faults.push(...copy.faults)
    } catch (error) {
      faults.push(faultOf(error, { file: itemName(item) }))
    }
  }
  const judged: JudgedSample[] = []
  const proposals: Proposal[] = []
  for (const item of itemsOf(items, 'sample')) {
    watch.signal?.throwIfAborted()
    let verdict: Verdict
    try {
      verdict = await judgeItem({
        item,
        registry,
        handed: options.handed,
        country: info.country,
        ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
        watch,
      })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(faultOf(error, { file: itemName(item) }))
      continue
    }
    faults.push(...(verdict.faults ?? []))
    judged.push({ sample: item.member ?? item.file, item, verdict })
    proposals.push(...provenanceProposals(verdict, placeOfItem(item)))
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
