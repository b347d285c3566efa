import { canonicalJson, sha256, UserError, type Canonical, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { sharingNamespace, StixReader, uuid5 } from '../sharing/index.ts'
import { withShareDb } from './share-db.ts'
import type { PeerConnection } from './subscribe-ask.ts'
import { collectionsOf, peerAddress } from './subscribe-discover.ts'
import { pull, push } from './subscribe-fetch.ts'
import type { SharedHit } from './subscribe-hunt.ts'
import { fresh, keepSeen, meet, type MetHere } from './subscribe-meet.ts'
import { workspaceId } from './workspace-id.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** What a pull brought, what it met here, and what was reported. */
export interface SubscribeAnswer extends MetHere {
  readonly url: string
  readonly collection: string
  readonly pages: number
  readonly objects: number
  readonly counts: Readonly<Record<string, number>>
  /** Why the pull ended before the peer's end. */
  readonly cut?: string
  /** Sightings that the peer took; `prepared` were not sent because nobody released that. */
  readonly reported: number
  readonly prepared: number
}

/**
 * Pulls what a peer published since the last time, keeps its indicators and rules, searches all logs for them at once, opens a case
 * where they hit, and reports sightings back when a named person said so.
 */
export async function subscribe(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly url: string
  readonly token?: string
  /** Why sightings may be told to this peer; from then on, in the signer's name. */
  readonly report?: string
  /** Only the logs of this case, such as an exercise. */
  readonly caseId?: string
  readonly fetch: typeof fetch
  readonly elapsed: () => number
  readonly watch: Watch
}): Promise<SubscribeAnswer> {
  const { workspace, signer, watch, token } = options
  const address = peerAddress(options.url)
  const peer: PeerConnection = {
    fetch: options.fetch,
    ...(token === undefined ? {} : { token }),
    ...(watch.signal === undefined ? {} : { signal: watch.signal }),
  }
  watch.report?.({ step: 'asking the peer', done: 0, unit: 'objects' })
  const collections = await collectionsOf(address, peer)
  const readable = collections.filter((one) => one.canRead)
  const [from] = readable
  if (from === undefined)
    throw new UserError({
      code: 'nothing-to-read',
      message: 'the peer lets nobody read',
      hint: 'ask the peer for a collection that can be read',
    })
  if (readable.length > 1)
    throw new UserError({
      code: 'which-collection',
      message: `the peer has ${readable.length} collections`,
      hint: `give the address of one: ${readable
        .slice(0, 20)
        .map((one) => `${one.title} ${one.url}`)
        .join(', ')}`,
    })
  const before = standing(workspace, from.url)
  const reader = new StixReader(address.host)
  const pulled = await pull({ collection: from, addedAfter: before?.addedAfter ?? '', peer, reader, elapsed: options.elapsed })
  const received = reader.done()
  const { url } = from
  const met = await meet({ ...options, from: url, label: address.host, received, watch })
  const reason = options.report ?? before?.report ?? ''
  const sink = collections.find((one) => one.canWrite && !one.canRead)
  const toReport = fresh(workspace, { url, act: 'reported' }, met.believed)
  const sightings = sightingsOf(workspace, toReport)
  let reported = 0
  if (reason !== '' && sink !== undefined && sightings.length > 0) {
    for (let at = 0; at < sightings.length; at += perReport)
      reported += await push(sink.url, sightings.slice(at, at + perReport), peer)
    keepSeen(workspace, { url, act: 'reported' }, toReport)
    recordAct(workspace, {
      act: 'exported',
      by: signer,
      detail: {
        kind: 'sightings',
        to: address.host,
        reason,
        count: sightings.length,
        sha256: sha256(canonicalJson(sightings as unknown as Canonical)),
      },
    })
  }
  keepStanding(workspace, { url: from.url, collection: from.id, addedAfter: pulled.addedLast, report: reason, by: signer.name })
  return {
    url: from.url,
    collection: from.title,
    pages: pulled.pages,
    objects: received.objects,
    counts: received.counts,
    ...met.told,
    ...(pulled.cut === undefined ? {} : { cut: pulled.cut }),
    reported,
    prepared: reported > 0 ? 0 : sightings.length,
  }
}

const perReport = 1_000

interface Standing {
  readonly addedAfter: string
  readonly report: string
}

function standing(workspace: Pick<Workspace, 'path'>, url: string): Standing | undefined {
  return withShareDb(workspace, (db) =>
    db.get<Standing & object>('SELECT added_after AS addedAfter, report FROM subscriptions WHERE url = ?', url),
  )
}

function keepStanding(workspace: Workspace, one: Standing & { url: string; collection: string; by: string }): void {
  const { url, collection, addedAfter, report, by } = one
  withShareDb(workspace, (db) =>
    db.run(
      `INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET
         added_after = CASE WHEN excluded.added_after > added_after THEN excluded.added_after ELSE added_after END, report = excluded.report`,
      url,
      collection,
      addedAfter,
      report,
      workspace.world.now(),
      by,
    ),
  )
}

/** The sightings to report: object, count and minutes; no host, no record, no word of ours. */
function sightingsOf(workspace: Workspace, hits: readonly SharedHit[]): object[] {
  const own = workspaceId(workspace)
  const now = `${workspace.world.now().slice(0, 19)}.000Z`
  const minute = (time: string): string => `${time.slice(0, 16)}:00.000Z`
  return hits.map((hit) => ({
    type: 'sighting',
    spec_version: '2.1',
    id: `sighting--${uuid5(sharingNamespace, `sighting ${own} ${hit.object}`)}`,
    created: now,
    modified: now,
    sighting_of_ref: hit.object,
    count: Math.min(hit.records, 999_999_999),
    ...(hit.first === '' ? {} : { first_seen: minute(hit.first), last_seen: minute(hit.last) }),
    where_sighted_refs: [`identity--${uuid5(sharingNamespace, `producer ${own}`)}`],
  }))
}
