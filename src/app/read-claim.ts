import { limits, type Fault, type Watch } from '../base/index.ts'
import { claimDocuments, readClaims, type ClaimDocument, type Party, type Thread } from '../claims/index.ts'
import { faultOf } from './fault-of.ts'
import { itemName, itemsOf, wholeBytes, type Item } from './items.ts'
import { maskedText } from './masking.ts'
import { withVendorVoices } from './vendor-voices.ts'

/** Documents read at the same time: a picture keeps a process of its own busy for seconds. */
const atOnce = 2

/** What is claimed: posts, articles, exports and screenshots become threads. */
export async function readClaim(options: {
  readonly items: readonly Item[]
  readonly zone: string
  /** The estate's vendors and systems, and the operator's name: earlier victims are compared with them. */
  readonly parties?: readonly Party[]
  readonly operator?: string
  readonly watch: Watch
}): Promise<{ threads: readonly Thread[]; documents: readonly ClaimDocument[]; faults: readonly Fault[] }> {
  const { watch } = options
  const chosen = itemsOf(options.items, 'claim', 'screenshot')
  const zone = options.zone === '' ? {} : { zone: options.zone }
  const read: Awaited<ReturnType<typeof claimDocuments>>[] = []
  let next = 0
  let done = 0
  async function reader(): Promise<void> {
    for (let index = next++; index < chosen.length; index = next++) {
      const item = chosen[index]
      if (item === undefined) return
      watch.signal?.throwIfAborted()
      read[index] = await readItem(item, { ...zone, ...(watch.signal === undefined ? {} : { signal: watch.signal }) })
      done += 1
      watch.report?.({ step: 'reading the claim', done, total: chosen.length, unit: 'documents' })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, reader))
  const documents = read.flatMap((one) => one.documents)
  const { parties, operator } = options
  const { threads, faults: silent } = readClaims(documents, {
    ...zone,
    ...(parties === undefined ? {} : { parties }),
    ...(operator === undefined ? {} : { operator }),
  })
  const voiced = withVendorVoices(threads, parties ?? [])
  return { threads: voiced.map(withMaskedPictures), documents, faults: [...read.flatMap(({ faults }) => faults), ...silent] }
}

async function readItem(
  item: Item,
  options: { readonly zone?: string; readonly signal?: AbortSignal },
): ReturnType<typeof claimDocuments> {
  const file = itemName(item)
  try {
    return await claimDocuments(
      {
        file: item.file,
        ...(item.member === undefined ? {} : { member: item.member, sha256: item.sha256 }),
        bytes: await wholeBytes(item.source, limits.documentBytes),
      },
      options,
    )
  } catch (error) {
    options.signal?.throwIfAborted()
    return { documents: [], faults: [faultOf(error, { file })] }
  }
}

/** What was read in pictures, with numbers and addresses starred out: a screenshot shows customers as a sample does. */
function withMaskedPictures(thread: Thread): Thread {
  const posts = thread.posts.map((post) => ({
    ...post,
    attachments: post.attachments.map((one) => (one.text === undefined ? one : { ...one, text: maskedText(one.text, false) })),
  }))
  return { ...thread, posts }
}
