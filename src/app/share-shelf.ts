import { sharingNamespace, uuid5 } from '../sharing/index.ts'
import { withShareDb } from './share-db.ts'
import { peerOfToken } from './share-peers.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** Collections of a workspace: what was released for peers to read, and where peers report what they saw. */
export type ShelfName = 'released' | 'sightings'

/** An object as it is published: parts that are filtered by, and its JSON. */
export interface ShelfObject {
  readonly seq: number
  readonly id: string
  readonly spec: string
  readonly version: string
  readonly added: string
  readonly body: string
}

/** What is asked of a collection. Lists are joined by "or"; `version` is `first`, `last`, `all` or times. */
export interface ShelfQuestion {
  readonly addedAfter?: string
  readonly ids?: readonly string[]
  readonly types?: readonly string[]
  readonly specs?: readonly string[]
  readonly versions?: readonly string[]
  /** Only after this number. */
  readonly after: number
  readonly limit: number
}

/** The collections of a workspace as a server offers them. */
export interface Shelf {
  readonly title: string
  /** UUID of a collection. */
  idOf(name: ShelfName): string
  page(name: ShelfName, question: ShelfQuestion): { readonly objects: readonly ShelfObject[]; readonly more: boolean }
  /** Name of the peer whose token this is. */
  peerOf(token: string): string | undefined
  /** Takes sightings that a peer reports; only of what was released. Gives ids taken and refused. */
  report(
    peer: string,
    objects: readonly ReportedSighting[],
  ): { readonly taken: readonly string[]; readonly refused: readonly string[] }
}

/** A sighting as a peer reports it; checked by the server's schema before. */
export interface ReportedSighting {
  readonly id: string
  readonly modified: string
  readonly sightingOf: string
  readonly body: string
}

/** The collections of an open workspace. */
export function shelfOf(workspace: Workspace): Shelf {
  const own = workspaceId(workspace)
  return {
    title: 'An operator',
    idOf: (name) => uuid5(sharingNamespace, `collection ${own} ${name}`),
    page: (name, question) => pageOf(workspace, name, question),
    peerOf: (token) => peerOfToken(workspace, token),
    report: (peer, objects) =>
      withShareDb(workspace, (db) =>
        db.transaction(() => {
          const taken: string[] = []
          const refused: string[] = []
          for (const one of objects) {
            const known = db.get('SELECT 1 FROM objects WHERE collection = ? AND id = ? LIMIT 1', 'released', one.sightingOf)
            const count = db.get<{ n: number }>(
              'SELECT count(*) AS n FROM objects WHERE collection = ? AND peer = ?',
              'sightings',
              peer,
            )
            if (known === undefined || (count?.n ?? 0) >= mostSightings) {
              refused.push(one.id)
              continue
            }
            add(
              db,
              { collection: 'sightings', id: one.id, type: 'sighting', version: one.modified, body: one.body },
              { now: workspace.world.now(), peer },
            )
            taken.push(one.id)
          }
          return { taken, refused }
        }),
      ),
  }
}

/** Reports kept of one peer. */
const mostSightings = 100_000

/** An object that is published. */
export interface PublishedObject {
  readonly id: string
  readonly type: string
  readonly created: string
  readonly modified?: string
}

/** Kinds that belong to one incident; the others are shared by several. */
const ofOneIncident = ['incident', 'impact', 'indicator', 'sighting', 'relationship', 'note']

/**
 * Puts the objects of an incident into the collection for peers; a version that is there already stays. What an earlier release held
 * and this one does not is taken back by a revoked version. Gives how many versions are new.
 */
export function publish(workspace: Workspace, incident: string, objects: readonly PublishedObject[]): number {
  const now = workspace.world.now()
  const released =
    objects
      .map((one) => one.modified ?? '')
      .toSorted()
      .at(-1) ?? ''
  const standing = new Set(objects.map((one) => one.id))
  return withShareDb(workspace, (db) =>
    db.transaction(() => {
      const put = (one: PublishedObject): number => {
        const object = {
          collection: 'released',
          id: one.id,
          type: one.type,
          version: one.modified ?? one.created,
          body: JSON.stringify(one),
        }
        return add(db, object, { now, peer: incident })
      }
      const earlier = db.all<{ body: string }>(
        `SELECT o.body FROM objects o WHERE o.collection = 'released' AND o.peer = ? AND o.type IN (${ofOneIncident.map(() => '?').join(', ')})
           AND o.version = (SELECT max(v.version) FROM objects v WHERE v.collection = o.collection AND v.id = o.id) ORDER BY o.seq`,
        incident,
        ...ofOneIncident,
      )
      const gone = earlier
        .map((row) => JSON.parse(row.body) as PublishedObject & { readonly revoked?: boolean })
        .filter((one) => !standing.has(one.id) && one.revoked !== true && released > (one.modified ?? ''))
        .map((one) => ({ ...one, modified: released, revoked: true }))
      return [...objects, ...gone].reduce((sum, one) => sum + put(one), 0)
    }),
  )
}

/** What peers reported about what was released: by object, the peers and how often they saw it. */
export function reportedSightings(
  workspace: Pick<Workspace, 'path'>,
): readonly { readonly peer: string; readonly added: string; readonly body: string }[] {
  return withShareDb(workspace, (db) =>
    db.all<{ peer: string; added: string; body: string }>(
      'SELECT peer, added, body FROM objects WHERE collection = ? ORDER BY seq LIMIT 10000',
      'sightings',
    ),
  )
}

type ShareDb = Parameters<Parameters<typeof withShareDb>[1]>[0]

/** Every object has its own moment of arrival, so that "added after" leaves none out. */
function add(
  db: ShareDb,
  object: { collection: string; id: string; type: string; version: string; body: string },
  { now, peer }: { now: string; peer: string },
): number {
  const last = db.get<{ added: string }>('SELECT max(added) AS added FROM objects')?.added ?? ''
  const micros = (time: string): bigint => BigInt(Date.parse(time)) * 1000n + BigInt(/\.\d{3}(\d{3})Z$/.exec(time)?.[1] ?? '0')
  const next = last !== '' && micros(last) >= micros(now) ? micros(last) + 1n : micros(now)
  const added = `${new Date(Number(next / 1000n)).toISOString().slice(0, 23)}${String(next % 1000n).padStart(3, '0')}Z`
  const { collection, id, type, version, body } = object
  return db.run(
    'INSERT INTO objects (collection, id, type, spec, version, added, peer, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    collection,
    id,
    type,
    '2.1',
    version,
    added,
    peer,
    body,
  )
}

function pageOf(workspace: Pick<Workspace, 'path'>, name: ShelfName, question: ShelfQuestion): ReturnType<Shelf['page']> {
  const { addedAfter, ids, types, specs, versions = ['last'], after, limit } = question
  const where = ['o.collection = ?', 'o.seq > ?']
  const values: (string | number)[] = [name, after]
  const oneOf = (column: string, list: readonly string[] | undefined): void => {
    if (list === undefined) return
    where.push(`${column} IN (${list.map(() => '?').join(', ') || "''"})`)
    values.push(...list)
  }
  if (addedAfter !== undefined) {
    where.push('o.added > ?')
    values.push(addedAfter)
  }
  oneOf('o.id', ids)
  oneOf('o.type', types)
  oneOf('o.spec', specs)
  if (!versions.includes('all')) {
    const all = '(SELECT v.version FROM objects v WHERE v.collection = o.collection AND v.id = o.id ORDER BY v.version'
    const parts = [
      ...(versions.includes('last') ? [`o.version = ${all} DESC LIMIT 1)`] : []),
      ...(versions.includes('first') ? [`o.version = ${all} LIMIT 1)`] : []),
    ]
    const times = versions.filter((one) => one !== 'last' && one !== 'first')
    if (times.length > 0) {
      parts.push(`o.version IN (${times.map(() => '?').join(', ')})`)
      values.push(...times)
    }
    where.push(`(${parts.join(' OR ')})`)
  }
  const rows = withShareDb(workspace, (db) =>
    db.all<ShelfObject>(
      `SELECT o.seq, o.id, o.spec, o.version, o.added, o.body FROM objects o WHERE ${where.join(' AND ')} ORDER BY o.seq LIMIT ?`,
      ...values,
      limit + 1,
    ),
  )
  return { objects: rows.slice(0, limit), more: rows.length > limit }
}
