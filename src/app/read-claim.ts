import { limits, type Fault, type Watch } from '../base/index.ts'
import { claimDocument, readClaims, type ClaimDocument, type Thread } from '../claims/index.ts'
import { itemsOf, wholeBytes, type Item } from './items.ts'

/** What is claimed: posts, articles, exports and screenshots become threads. */
export async function readClaim(options: {
  readonly items: readonly Item[]
  readonly zone: string
  readonly watch: Watch
}): Promise<{ threads: readonly Thread[]; faults: readonly Fault[] }> {
  const { watch } = options
  const chosen = itemsOf(options.items, 'claim', 'screenshot')
  const documents: ClaimDocument[] = []
  const faults: Fault[] = []
  const zone = options.zone === '' ? {} : { zone: options.zone }
  for (const [index, item] of chosen.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'reading the claim', done: index + 1, total: chosen.length, unit: 'documents' })
    const bytes = await wholeBytes(item.source, limits.documentBytes)
    const file = item.member === undefined ? item.file : `${item.file}/${item.member}`
    const read = await claimDocument(
      { file, bytes },
      { ...zone, ...(watch.signal === undefined ? {} : { signal: watch.signal }) },
    )
    faults.push(...read.faults)
    if (read.document !== undefined) documents.push(read.document)
  }
  const { threads, faults: silent } = readClaims(documents, zone)
  return { threads, faults: [...faults, ...silent] }
}
