import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { sha256, UserError } from '../base/index.ts'
import type { WatchedPost } from '../claims/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { WatchedFeed } from './feed-list.ts'
import { addEvidence } from './new-case.ts'
import { writeWhole } from './vendor-check-files.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** Posts of a source that bear a word and were not told before, and the file they stand in, kept with its hash. */
export interface FeedHit {
  /** `F3`, over all feeds of the workspace. */
  readonly id: string
  readonly feed: string
  readonly source: string
  readonly at: string
  readonly sha256: string
  /** Name of the file at its source, and where it is kept. */
  readonly file: string
  readonly kept: string
  /** What the server said beside it. */
  readonly headers: Readonly<Record<string, string>>
  readonly posts: readonly WatchedPost[]
}

type Place = Pick<Workspace, 'path'>

/** Hits of the workspace, oldest first. */
export function feedHits(workspace: Place): readonly FeedHit[] {
  const folder = workspace.path('feed-hits')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^F\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as FeedHit)
    .toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
}

/** Takes the file of a hit into a case, as part of the claim. Throws a `UserError` for a hit that is not there. */
export async function hitIntoCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly hit: string
  readonly signal?: AbortSignal
}): Promise<{ readonly hit: FeedHit; readonly exhibits: readonly string[] }> {
  const { workspace, signer, caseId, signal } = options
  const hit = feedHits(workspace).find(({ id }) => id === options.hit)
  if (hit === undefined)
    throw new UserError({
      code: 'feed-hit',
      message: `there is no hit ${JSON.stringify(options.hit.slice(0, 20))}`,
      hint: '"breachline feeds hits" lists them: F1, F2, …',
      exitCode: 2,
    })
  const watch = signal === undefined ? {} : { signal }
  const { added, known } = await addEvidence({
    workspace,
    signer,
    caseId,
    paths: [workspace.path('feed-hits', hit.kept)],
    role: 'claim',
    reference: false,
    watch,
  })
  return { hit, exhibits: [...added, ...known].filter((one) => one.sha256 === hit.sha256).map(({ number }) => number) }
}

/** Keeps a file with hits, byte for byte, signed into the acts of the workspace. */
export function keepHit(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly feed: WatchedFeed
  readonly file: string
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  readonly posts: readonly WatchedPost[]
}): FeedHit {
  const { workspace, signer, feed, file, bytes, headers, posts } = options
  const id = `F${feedHits(workspace).length + 1}`
  const ending = extname(file).toLowerCase()
  const hit: FeedHit = {
    id,
    feed: feed.id,
    source: feed.source,
    at: workspace.world.now(),
    sha256: sha256(bytes),
    file,
    kept: `${id}${/^\.[a-z0-9]{1,8}$/.test(ending) && ending !== '.json' ? ending : `.${ending === '.json' ? 'feed.json' : 'bin'}`}`,
    headers,
    posts,
  }
  writeWhole(workspace.path('feed-hits', hit.kept), bytes)
  recordAct(workspace, { act: 'feed-hit-kept', by: signer, detail: { hit: id, source: feed.source, sha256: hit.sha256 } })
  writeWhole(workspace.path('feed-hits', `${id}.json`), `${JSON.stringify(hit, undefined, 2)}\n`)
  return hit
}
