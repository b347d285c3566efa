import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { sha256, UserError } from '../base/index.ts'
import type { Cite, Signer } from '../evidence/index.ts'
import { pageChange, pageParts, type PageChange, type SeenPage } from '../exposure/index.ts'
import { fetchPage, pageUrl, type FetchedPage } from './fetch-page.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** A page as it was taken once; its bytes lie beside as HTML. */
export interface TakenPage extends Omit<FetchedPage, 'body'> {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly sha256: string
  readonly bytes: number
}

/** A page that is watched, with what was taken of it, the latest last. */
export interface WatchedPage {
  readonly url: string
  readonly taken: readonly TakenPage[]
}

/** A page that was taken, and what became of it since it was taken before. */
export interface PageTaken extends TakenPage {
  readonly change?: PageChange & { readonly since: string }
}

type Place = Pick<Workspace, 'path'>

/** The pages of a workspace by address. */
export function watchedPages(workspace: Place): readonly WatchedPage[] {
  const folder = workspace.path('pages')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name): WatchedPage => {
      const { url } = JSON.parse(readFileSync(workspace.path('pages', name, 'page.json'), 'utf8')) as { url: string }
      return { url, taken: takenOf(workspace, url) }
    })
    .toSorted((a, b) => (a.url < b.url ? -1 : 1))
}

/** Puts a page on the list; fetches nothing. */
export function watchPage(workspace: Place, address: string): WatchedPage {
  const url = pageUrl(address).href
  const folder = workspace.path('pages', nameOf(url))
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${folder}/page.json`, JSON.stringify({ url }), { mode: 0o600 })
  }
  return { url, taken: takenOf(workspace, url) }
}

/** Fetches a watched page, keeps it with its headers and hash, signed into the acts of the workspace, and says what became of it. */
export async function takePage(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly url: string
  readonly signal?: AbortSignal
}): Promise<PageTaken> {
  const { workspace, signer, signal } = options
  const { url, taken } = watchPage(workspace, options.url)
  const { body, ...answer } = await fetchPage(url, signal === undefined ? {} : { signal })
  const at = workspace.world.now()
  const one: TakenPage = { ...answer, url, at, sha256: sha256(body), bytes: body.length }
  const [html, about] = filesOf(workspace, url, at)
  writeFileSync(html, body, { mode: 0o600, flush: true })
  recordAct(workspace, {
    act: 'page-taken',
    by: signer,
    detail: { url, sha256: one.sha256, status: one.status, answeredBy: one.answeredBy },
  })
  writeFileSync(about, JSON.stringify(one), { mode: 0o600, flush: true })
  const before = taken.at(-1)
  if (before === undefined) return one
  return { ...one, change: { ...pageChange(seen(workspace, before), seen(workspace, one)), since: before.at } }
}

/** Two states of a watched page set side by side: the last two, or those taken at the moments given (or the latest before them). */
export function comparePage(
  workspace: Place,
  options: { readonly url: string; readonly from?: string; readonly to?: string },
): { readonly before: TakenPage; readonly after: TakenPage; readonly change: PageChange } {
  const url = pageUrl(options.url).href
  const taken = takenOf(workspace, url)
  const upTo = (moment: string | undefined): TakenPage | undefined =>
    taken.findLast(({ at }) => moment === undefined || at <= moment)
  const after = upTo(options.to)
  const before =
    options.from === undefined ? taken.findLast(({ at }) => after !== undefined && at < after.at) : upTo(options.from)
  if (before === undefined || after === undefined || before.at >= after.at)
    throw new UserError({
      code: 'page-states',
      message: `there are no two states of ${url} to compare${taken.length === 0 ? ': it was never taken' : `: it was taken at ${taken.map(({ at }) => at).join(', ')}`}`,
      hint: 'take it with "breachline pages take URL"; a page is best taken before it is needed',
    })
  return { before, after, change: pageChange(seen(workspace, before), seen(workspace, after)) }
}

/** The last state of a page beside the one before it, taken apart; undefined when it was not taken twice. */
export function pageStates(
  workspace: Place,
  url: string,
):
  | {
      readonly before: { readonly at: string; readonly page: SeenPage }
      readonly after: { readonly at: string; readonly page: SeenPage }
      readonly change: PageChange
    }
  | undefined {
  const [before, after] = takenOf(workspace, url).slice(-2)
  if (before === undefined || after === undefined) return undefined
  const pages = [seen(workspace, before), seen(workspace, after)] as const
  return {
    before: { at: before.at, page: pages[0] },
    after: { at: after.at, page: pages[1] },
    change: pageChange(...pages),
  }
}

/**
 * Watched pages of which the case holds two states as exhibits, the earliest and the latest of them compared. `at` is when the later one was taken.
 */
export function pagesOfCase(
  workspace: Place,
  hashes: ReadonlySet<string>,
): readonly (PageChange & { readonly url: string; readonly at: string; readonly cites: readonly Cite[] })[] {
  return watchedPages(workspace).flatMap(({ url, taken }) => {
    const held = taken.filter((one) => hashes.has(one.sha256))
    const [before] = held
    const after = held.at(-1)
    if (before === undefined || after === undefined || before.at >= after.at) return []
    const cites = [before, after].map(({ sha256: hash }): Cite => ({
      kind: 'exhibit',
      sha256: hash,
      file: url,
      at: { kind: 'whole' },
    }))
    return [{ ...pageChange(seen(workspace, before), seen(workspace, after)), url, at: after.at, cites }]
  })
}

function takenOf(workspace: Place, url: string): readonly TakenPage[] {
  const folder = workspace.path('pages', nameOf(url))
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as TakenPage)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

function seen(workspace: Place, one: TakenPage): SeenPage {
  const [html] = filesOf(workspace, one.url, one.at)
  const { url, answeredBy, status, certificate } = one
  const server = one.headers['server']
  return {
    ...pageParts(new TextDecoder().decode(readFileSync(html)), answeredBy),
    url,
    answeredBy,
    status,
    ...(server === undefined ? {} : { server }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

/** Where the bytes of a state lie. */
export function bytesOfState(workspace: Place, { url, at }: Pick<TakenPage, 'url' | 'at'>): string {
  return filesOf(workspace, url, at)[0]
}

function filesOf(workspace: Place, url: string, at: string): readonly [string, string] {
  const stem = workspace.path('pages', nameOf(url), at.replaceAll(/[:.]/g, '-'))
  return [`${stem}.html`, `${stem}.json`]
}

/** A folder of its own for an address: its host, and a hash that tells its pages apart. */
function nameOf(url: string): string {
  return `${new URL(url).host.replaceAll(/[^a-z0-9.-]/gi, '_').slice(0, 80)}-${sha256(url).slice(0, 12)}`
}
