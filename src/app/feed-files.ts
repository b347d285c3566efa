import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault, limits, sha256, UserError, type Fault } from '../base/index.ts'
import { fetchPage } from './fetch-page.ts'
import type { FeedState } from './feed-list.ts'

/** What a feed gave that was not read before. */
export interface FeedFiles {
  readonly files: readonly {
    readonly file: string
    readonly bytes: Uint8Array
    readonly headers: Readonly<Record<string, string>>
  }[]
  /** What was told so far, with what need not be read again. */
  readonly told: readonly string[]
  readonly state: Pick<FeedState, 'etag' | 'lastModified'>
  readonly faults: readonly Fault[]
  /** Why the server gave nothing, and how long it wants to be left alone. */
  readonly refused?: string
  readonly waitMinutes?: number
}

/** Files read of a folder at a look; the others wait for the next. */
const mostFiles = 200

/** Takes what is new of a feed. Throws a `UserError` when its server does not answer or its folder cannot be read. */
export function filesOfFeed(feed: FeedState, signal: AbortSignal | undefined): Promise<FeedFiles> {
  return feed.kind === 'address' ? fromAddress(feed, signal) : fromFolder(feed, signal)
}

async function fromAddress({ source, told, etag, lastModified }: FeedState, signal: AbortSignal | undefined): Promise<FeedFiles> {
  const { status, body, cut, headers } = await fetchPage(source, {
    headers: {
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
  const none = { files: [], told, faults: [] }
  const kept = {
    ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
  }
  if (status === 304) return { ...none, state: kept }
  if (status !== 200)
    return { ...none, state: {}, refused: `its server answers ${status}`, waitMinutes: waitOf(headers['retry-after']) }
  if (cut) return { ...none, state: {}, refused: 'it is longer than 10 MB, or has no end' }
  if (told.includes(sha256(body))) return { ...none, state: kept }
  const file = /json/.test(headers['content-type'] ?? '') ? 'feed.json' : 'feed.xml'
  return { files: [{ file, bytes: body, headers }], told, state: kept, faults: [] }
}

/** Minutes a server wants to be left alone: seconds, of which a day at most counts. */
function waitOf(retryAfter: string | undefined): number {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(24 * 60, Math.ceil(Number(retryAfter) / 60)) : 0
}

/** Files of a folder in the order of their names; links, folders and hidden files are passed over. */
async function fromFolder({ source, told: before }: FeedState, signal: AbortSignal | undefined): Promise<FeedFiles> {
  const names = await readdir(source).catch((cause: unknown) => {
    throw new UserError({ code: 'feed-folder', message: 'the folder cannot be read', hint: 'check that it is there', cause })
  })
  const told = new Set(before)
  const files: FeedFiles['files'][number][] = []
  const faults: Fault[] = []
  for (const name of names.toSorted()) {
    signal?.throwIfAborted()
    if (files.length >= mostFiles) break
    const path = join(source, name)
    const about = await lstat(path)
    if (name.startsWith('.') || !about.isFile()) continue
    const seen = sha256(`${name} ${about.size} ${about.mtimeMs}`)
    if (told.has(seen)) continue
    told.add(seen)
    if (about.size > limits.documentBytes) {
      faults.push(
        fault('feed-file-too-large', 'the file is too large to be a post', { file: path }, 'hand in the part that matters'),
      )
      continue
    }
    const bytes = await readFile(path)
    if (!told.has(sha256(bytes))) files.push({ file: name, bytes, headers: {} })
  }
  return { files, told: [...told], state: {}, faults }
}
