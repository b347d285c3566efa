import { z } from 'zod'
import { limits } from '../base/index.ts'
import { objectStream, type StixReader } from '../sharing/index.ts'
import { askPeer, smallAnswer, wrongAnswer, type PeerConnection } from './subscribe-ask.ts'
import type { PeerCollection } from './subscribe-discover.ts'

const pageObjects = 1_000

/** What a pull gave besides objects. */
export interface Pulled {
  readonly pages: number
  /** Where the next pull begins; '' when nothing came. */
  readonly addedLast: string
  /** Why it ended before the peer said it was the end; absent when it said so. */
  readonly cut?: string
}

/**
 * Reads a collection into `reader`, page by page, from `addedAfter` on. Pages, bytes, objects and time are bounded; a server that
 * repeats itself is left.
 */
export async function pull(options: {
  readonly collection: PeerCollection
  readonly addedAfter: string
  readonly peer: PeerConnection
  readonly reader: StixReader
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number
}): Promise<Pulled> {
  const { reader, peer, elapsed } = options
  const began = elapsed()
  const seen = new Set<string>()
  let next: string | undefined
  let addedLast = ''
  for (let pages = 1; ; pages += 1) {
    const url = new URL('objects/', options.collection.url)
    url.searchParams.set('limit', String(pageObjects))
    if (options.addedAfter !== '') url.searchParams.set('added_after', options.addedAfter)
    if (next !== undefined) url.searchParams.set('next', next)
    const response = await askPeer(url, peer)
    if (response.body === null) throw wrongAnswer('sent an empty answer')
    const before = reader.objects
    let members: Readonly<Record<string, string>> = {}
    let whole = false
    for await (const part of objectStream(response.body)) {
      if (part.kind === 'object') reader.add(part.text)
      else if (part.kind === 'skipped') reader.fault(`of page ${pages} is ${part.why}`, part.n)
      else ({ members, whole } = part)
      if (reader.objects > limits.sharedObjects) return { pages, addedLast: '', cut: `more than ${limits.sharedObjects} objects` }
    }
    const last = response.headers.get('x-taxii-date-added-last') ?? ''
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/.test(last) && last > addedLast) addedLast = last
    if (!whole) return { pages, addedLast: '', cut: `page ${pages} was not whole` }
    if (members['more'] !== 'true') return { pages, addedLast }
    next = members['next']
    // Cut, a pull remembers no place: it begins where it began.
    if (next === undefined) return { pages, addedLast: '', cut: 'the server says there is more, and not where' }
    if (seen.has(next)) return { pages, addedLast: '', cut: `the server repeats its pages after ${pages}` }
    if (reader.objects === before)
      return { pages, addedLast: '', cut: `page ${pages} held no object, and there is said to be more` }
    if (pages >= limits.sharedPages) return { pages, addedLast: '', cut: `more than ${limits.sharedPages} pages` }
    if (elapsed() - began > limits.sharedMs) return { pages, addedLast: '', cut: 'it took too long' }
    seen.add(next)
  }
}

/** Writes sightings into a peer's collection; how many it took. */
export async function push(url: string, objects: readonly object[], peer: PeerConnection): Promise<number> {
  const response = await askPeer(new URL('objects/', url), peer, JSON.stringify({ objects }))
  const status = z.looseObject({ success_count: z.int().min(0) }).safeParse(await smallAnswer(response))
  if (!status.success) throw wrongAnswer('told no status of the report')
  return status.data.success_count
}
