import { decisions } from '../casefile/index.ts'
import { custody } from '../evidence/index.ts'
import type { CaseStore } from './case-store.ts'
import { withShareDb } from './share-db.ts'
import { sharePeers, type SharePeer } from './share-peers.ts'
import type { Workspace } from './workspace.ts'

/** What of a case was released and left, and how the workspace stands with its peers. */
export interface SharingState {
  /** Releases of exactly one content each, oldest first, with what left of it. */
  readonly released: readonly {
    readonly decision: string
    readonly by: string
    readonly at: string
    /** With its marking, as the decision says it. */
    readonly text: string
    readonly reason: string
    readonly left: readonly { readonly at: string; readonly by: string; readonly format: string; readonly sha256: string }[]
  }[]
  readonly peers: readonly SharePeer[]
  /** What peers told of objects that were published, of all cases of the workspace. */
  readonly sightings: readonly {
    readonly peer: string
    readonly reported: string
    readonly what: string
    readonly count?: number
    readonly first?: string
    readonly last?: string
  }[]
  /** Peers that are pulled from. */
  readonly subscriptions: readonly {
    readonly url: string
    readonly collection: string
    /** Up to when objects were pulled; empty: nothing was pulled yet. */
    readonly until: string
    /** Why sightings are told to it; empty: they are not. */
    readonly report: string
    readonly by: string
    readonly indicators: number
    readonly rules: number
  }[]
}

const mostSightings = 1_000

/** Releases and exports from the ledger of an open case; peers, sightings and subscriptions from the workspace. */
export function sharingOf(workspace: Pick<Workspace, 'path'>, store: CaseStore): SharingState {
  const left = custody(store.db).flatMap(({ at, act, by, detail }) =>
    act === 'exported' && detail['kind'] === 'share'
      ? [
          {
            content: word(detail['content']),
            at,
            by: by.map((one) => one.name).join(', '),
            format: word(detail['format']),
            sha256: word(detail['sha256']),
          },
        ]
      : [],
  )
  const released = decisions(store.db).flatMap((one) => {
    const content = one.kind === 'release' ? one.about.find((about) => about.startsWith('share:')) : undefined
    if (content === undefined) return []
    const of = left.flatMap(({ content: what, ...rest }) => (what === content ? [rest] : []))
    return [{ decision: one.number, by: one.by.join(', '), at: one.at, text: one.text, reason: one.reason, left: of }]
  })
  return { released, peers: sharePeers(workspace), ...fromShelf(workspace) }
}

function fromShelf(workspace: Pick<Workspace, 'path'>): Pick<SharingState, 'sightings' | 'subscriptions'> {
  return withShareDb(workspace, (db) => {
    const sightings = db
      .all<{ peer: string; added: string; body: string }>(
        `SELECT peer, added, body FROM objects WHERE collection = 'sightings' ORDER BY seq DESC LIMIT ${mostSightings}`,
      )
      .map(({ peer, added, body }) => {
        const told = JSON.parse(body) as { sighting_of_ref: string; count?: number; first_seen?: string; last_seen?: string }
        const object = db.get<{ body: string }>(
          `SELECT body FROM objects WHERE collection = 'released' AND id = ? ORDER BY version DESC LIMIT 1`,
          told.sighting_of_ref,
        )
        const { name } = object === undefined ? {} : (JSON.parse(object.body) as { name?: string })
        return {
          peer,
          reported: added,
          what: name ?? told.sighting_of_ref,
          ...(told.count === undefined ? {} : { count: told.count }),
          ...(told.first_seen === undefined ? {} : { first: told.first_seen }),
          ...(told.last_seen === undefined ? {} : { last: told.last_seen }),
        }
      })
    const subscriptions = db.all<SharingState['subscriptions'][number] & object>(
      `SELECT url, collection, added_after AS until, report, by,
         (SELECT count(*) FROM received r WHERE r.url = s.url) AS indicators,
         (SELECT count(*) FROM received_rules r WHERE r.url = s.url) AS rules
       FROM subscriptions s ORDER BY url`,
    )
    return { sightings, subscriptions }
  })
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
