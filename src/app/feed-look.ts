import { sha256, UserError, type Fault } from '../base/index.ts'
import { claimDocuments, watchedPosts, type WatchedPost, type WatchWord } from '../claims/index.ts'
import type { Signer } from '../evidence/index.ts'
import { faultOf } from './fault-of.ts'
import { feedHits, keepHit, type FeedHit } from './feed-hits.ts'
import { keepState, stateOf, type WatchedFeed } from './feed-list.ts'
import { filesOfFeed } from './feed-files.ts'
import type { Workspace } from './workspace.ts'

/** What a look at one feed gave. */
export interface FeedLook {
  readonly source: string
  /** `left-alone`: not before its time; `unchanged`: the server says so, or no file is new. */
  readonly outcome: 'read' | 'unchanged' | 'left-alone' | 'failed'
  readonly posts: number
  readonly hits: readonly FeedHit[]
  readonly faults: readonly Fault[]
  readonly why?: string
}

/** Posts and files remembered of a feed, and minutes: between two looks, and after failures at most. */
const mostTold = 50_000
const minutes = { between: 15, afterFailures: 360 } as const

/**
 * Looks at a feed once: asks its server whether anything is new and takes it, or reads files that were dropped since. What was told before is not
 * told again, also after a crash. Files with hits are kept with their hash and signed into the acts of the workspace; nothing else is kept.
 */
export async function lookAtFeed(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly feed: WatchedFeed
  readonly words: readonly WatchWord[]
  /** Two letters, for phone numbers without a country code; and the zone of times that state none. */
  readonly country?: string
  readonly zone?: string
  readonly signal?: AbortSignal
}): Promise<FeedLook> {
  const { workspace, signer, feed, signal } = options
  const { source } = feed
  const now = workspace.world.now()
  if (feed.notBefore !== undefined && now < feed.notBefore)
    return { source, outcome: 'left-alone', posts: 0, hits: [], faults: [] }
  const before = stateOf(workspace, feed.id)
  const failed = (why: string, waitMinutes = 0): FeedLook => {
    const failures = before.failures + 1
    const wait = Math.max(waitMinutes, Math.min(minutes.afterFailures, minutes.between * 2 ** Math.min(failures, 10)))
    keepState(workspace, feed.id, { ...before, at: now, failures, why, notBefore: later(now, wait) })
    return { source, outcome: 'failed', posts: 0, hits: [], faults: [], why }
  }
  try {
    const taken = await filesOfFeed(before, signal)
    if (taken.refused !== undefined) return failed(taken.refused, taken.waitMinutes)
    const told = new Set([...taken.told, ...feedHits(workspace).flatMap(({ posts }) => posts.map(({ key }) => key))])
    const hits: FeedHit[] = []
    const faults: Fault[] = [...taken.faults]
    let posts = 0
    for (const { file, bytes, headers } of taken.files) {
      signal?.throwIfAborted()
      const read = await readOne(options, file, bytes)
      posts += read.posts
      faults.push(...read.faults)
      const fresh = read.met.filter(({ key }) => !told.has(key))
      if (fresh.length > 0) hits.push(keepHit({ workspace, signer, feed, file, bytes, headers, posts: fresh }))
      for (const { key } of fresh) told.add(key)
      told.add(sha256(bytes))
    }
    const { why: _, notBefore: __, ...state } = { ...before, ...taken.state }
    const wait = feed.kind === 'address' ? { notBefore: later(now, minutes.between) } : {}
    keepState(workspace, feed.id, { ...state, ...wait, at: now, failures: 0, told: [...told].slice(-mostTold) })
    return { source, outcome: taken.files.length === 0 ? 'unchanged' : 'read', posts, hits, faults }
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof UserError)) throw error
    return failed(error.message)
  }
}

async function readOne(
  { words, country, zone, signal }: Parameters<typeof lookAtFeed>[0],
  file: string,
  bytes: Uint8Array,
): Promise<{ readonly posts: number; readonly met: readonly WatchedPost[]; readonly faults: readonly Fault[] }> {
  const stated = zone === undefined ? {} : { zone }
  try {
    const { documents, faults } = await claimDocuments(
      { file, bytes },
      { ...stated, ...(signal === undefined ? {} : { signal }) },
    )
    return { ...watchedPosts(documents, words, { ...stated, ...(country === undefined ? {} : { country }) }), faults }
  } catch (error) {
    signal?.throwIfAborted()
    return { posts: 0, met: [], faults: [faultOf(error, { file })] }
  }
}

function later(now: string, by: number): string {
  return new Date(Date.parse(now) + by * 60_000).toISOString()
}
