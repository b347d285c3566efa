import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { sha256, UserError } from '../base/index.ts'
import { pageUrl } from './fetch-page.ts'
import { writeWhole } from './vendor-check-files.ts'
import type { Workspace } from './workspace.ts'

/** A source of public posts that is looked at: the address of a feed, or a folder that files are dropped in. */
export interface WatchedFeed {
  readonly id: string
  readonly source: string
  readonly kind: 'address' | 'folder'
  /** When it was looked at last, ISO 8601 UTC; and until when it is left alone. */
  readonly at?: string
  readonly notBefore?: string
  /** Looks in a row that failed, and why the last did. */
  readonly failures: number
  readonly why?: string
}

/** A feed as it is kept from look to look. */
export interface FeedState extends Omit<WatchedFeed, 'id'> {
  readonly etag?: string
  readonly lastModified?: string
  /** Keys of posts that were told, and hashes of files that were read; the newest last. */
  readonly told: readonly string[]
}

type Place = Pick<Workspace, 'path'>

/** The feeds of a workspace, by source. */
export function watchedFeeds(workspace: Place): readonly WatchedFeed[] {
  const folder = workspace.path('feeds')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((id) => existsSync(workspace.path('feeds', id, 'feed.json')))
    .map((id) => feedOf(id, stateOf(workspace, id)))
    .toSorted((a, b) => (a.source < b.source ? -1 : 1))
}

/** Puts a feed on the list; reads nothing. Throws a `UserError` (usage) for what is neither an address nor a folder. */
export function watchFeed(workspace: Place, source: string): WatchedFeed {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(source)
  if (!address && !isAbsolute(source) && !existsSync(source)) throw noSource(source)
  const whole = address ? pageUrl(source).href : resolve(source)
  const id = sha256(whole).slice(0, 16)
  if (!existsSync(workspace.path('feeds', id, 'feed.json')))
    keepState(workspace, id, { source: whole, kind: address ? 'address' : 'folder', failures: 0, told: [] })
  return feedOf(id, stateOf(workspace, id))
}

/** Takes a feed off the list; its hits stay. False when it was not on it. */
export function unwatchFeed(workspace: Place, source: string): boolean {
  const feed = watchedFeeds(workspace).find((one) => one.source === source || one.source === resolve(source))
  if (feed === undefined) return false
  rmSync(workspace.path('feeds', feed.id), { recursive: true })
  return true
}

function noSource(source: string): UserError {
  return new UserError({
    code: 'feed-source',
    message: `${JSON.stringify(source.slice(0, 200))} is neither an address nor a folder`,
    hint: 'give an address with https:// (RSS, Atom, a JSON list of a tracker), or a folder that files are dropped in',
    exitCode: 2,
  })
}

/** What is kept of a feed. */
export function stateOf(workspace: Place, id: string): FeedState {
  return JSON.parse(readFileSync(workspace.path('feeds', id, 'feed.json'), 'utf8')) as FeedState
}

/** Keeps what is known of a feed; a crash leaves the former state or this one. */
export function keepState(workspace: Place, id: string, state: FeedState): void {
  writeWhole(workspace.path('feeds', id, 'feed.json'), `${JSON.stringify(state, undefined, 2)}\n`)
}

function feedOf(id: string, { source, kind, at, notBefore, failures, why }: FeedState): WatchedFeed {
  return {
    id,
    source,
    kind,
    failures,
    ...(at === undefined ? {} : { at }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(why === undefined ? {} : { why }),
  }
}
