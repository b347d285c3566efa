import { bytesSource, sha256, type Fault, type Watch } from '../base/index.ts'
import { note } from '../casefile/index.ts'
import { addExhibit, type Signer } from '../evidence/index.ts'
import type { ReceivedStix } from '../sharing/index.ts'
import { caseIdFrom, caseIds, openCase } from './case-store.ts'
import { newCase } from './new-case.ts'
import { packageVersion } from './package-root.ts'
import { withShareDb } from './share-db.ts'
import { huntShared, type SharedHit } from './subscribe-hunt.ts'
import { importReceived, receivedFrom, type ReceivedIndicator } from './subscribe-import.ts'
import type { Workspace } from './workspace.ts'

/** What was understood of what somebody shared, and where it was seen here. */
export interface MetHere {
  readonly indicators: number
  /** Of these, not kept before. */
  readonly kept: number
  readonly rules: number
  readonly unread: readonly { readonly object: string; readonly why: string }[]
  readonly faults: readonly Fault[]
  /** Logs searched; 0: none are loaded yet. */
  readonly searched: number
  readonly hits: readonly SharedHit[]
  /** The case that was opened, or taken up again, because of believed hits. */
  readonly case?: string
}

/**
 * Keeps what was received, searches all logs for everything that came from there until now, and opens a case where it hits (or writes
 * into the one that is open).
 */
export async function meet(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly from: string
  readonly label: string
  readonly received: ReceivedStix
  /** Indicators of other formats than STIX. */
  readonly further?: readonly ReceivedIndicator[]
  readonly caseId?: string
  readonly watch: Watch
}): Promise<{ readonly told: MetHere; readonly believed: readonly SharedHit[] }> {
  const { workspace, signer, from, watch } = options
  const { received, further = [] } = options
  const imported = importReceived({ workspace, from, received, further, by: signer.name })
  const standing = receivedFrom(workspace, from)
  const where = options.caseId === undefined ? {} : { caseId: options.caseId }
  const hunt = await huntShared({ workspace, ...standing, ...where, watch })
  const toNote = fresh(workspace, { url: from, act: 'noted' }, hunt.believed)
  const opened = toNote.length === 0 ? undefined : await caseFor({ ...options, hits: toNote, indicators: standing.indicators })
  keepSeen(workspace, { url: from, act: 'noted' }, toNote)
  const { indicators, kept, rules, unread, faults } = imported
  const told = { indicators, kept, rules, unread, faults, searched: hunt.searched, hits: hunt.hits }
  return { told: opened === undefined ? told : { ...told, case: opened }, believed: hunt.believed }
}

/** Hits with more records than when they were last noted in a case, or reported to the peer. */
export function fresh(
  workspace: Pick<Workspace, 'path'>,
  about: { readonly url: string; readonly act: 'noted' | 'reported' },
  hits: readonly SharedHit[],
): SharedHit[] {
  return withShareDb(workspace, (db) =>
    hits.filter((hit) => {
      const before = db.get<{ records: number }>(
        'SELECT records FROM seen WHERE url = ? AND object = ? AND act = ?',
        about.url,
        hit.object,
        about.act,
      )
      return hit.records > (before?.records ?? 0)
    }),
  )
}

/** Remembers that hits were noted or reported. */
export function keepSeen(
  workspace: Pick<Workspace, 'path'>,
  about: { readonly url: string; readonly act: 'noted' | 'reported' },
  hits: readonly SharedHit[],
): void {
  withShareDb(workspace, (db) => {
    for (const hit of hits)
      db.run('INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)', about.url, hit.object, about.act, hit.records)
  })
}

/** Opens a case for hits of this peer, or takes up the one that is open; the objects that hit become an exhibit of it. */
async function caseFor(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  /** Address or name it came from, and how it is called. */
  readonly from: string
  readonly label: string
  readonly hits: readonly SharedHit[]
  readonly indicators: readonly ReceivedIndicator[]
  readonly watch: Watch
}): Promise<string> {
  const { workspace, signer, from, label, hits, watch } = options
  const now = workspace.world.now()
  const id = caseIdFrom(`sighting ${label.slice(0, 40)} ${sha256(from).slice(0, 6)}`)
  if (!caseIds(workspace).includes(id)) newCase({ workspace, signer, id, info: { title: `Seen here: what ${label} shared` } })
  const of = new Map(options.indicators.map((one) => [one.object, one.indicator]))
  const objects = hits.map((hit) => ({ object: hit.object, what: hit.what, indicator: of.get(hit.object) ?? null }))
  const text = `${JSON.stringify({ from, received: now, objects }, undefined, 2)}\n`
  const name = `shared-${now.slice(0, 10)}.json`
  const store = openCase(workspace, id)
  try {
    await addExhibit(store, {
      file: bytesSource(name, Buffer.from(text)),
      name,
      kind: 'json',
      role: 'intelligence',
      mode: 'copied',
      acquisition: {
        from,
        how: { method: 'received', tool: 'breachline', version: packageVersion() },
        authority: 'unknown',
      },
      by: signer,
      at: now,
      watch,
    })
    note(store.db, { by: signer, at: now, kind: 'note', text: noteText(label, hits) })
  } finally {
    store.close()
  }
  return id
}

const hitsTold = 100

function noteText(label: string, hits: readonly SharedHit[]): string {
  const lines = hits.slice(0, hitsTold).map((hit) => {
    const marks = [
      hit.tlp === undefined ? '' : ` TLP:${hit.tlp.toUpperCase()}`,
      hit.pap === undefined ? '' : ` PAP:${hit.pap.toUpperCase()}`,
    ].join('')
    const where = hit.places
      .slice(0, 3)
      .map((one) => `${one.time.slice(0, 16)} ${one.host} (${one.place} of the case ${one.case})`)
    return `${hit.what}${marks}: ${hit.records} ${hit.records === 1 ? 'record' : 'records'}, ${where.join('; ')}`
  })
  const more = hits.length > hitsTold ? [`and ${hits.length - hitsTold} more`] : []
  return [`What ${label} shared was seen here. A hit is a lead: what it means is for a person to judge.`, ...lines, ...more].join(
    '\n',
  )
}
