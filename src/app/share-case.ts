import { sha256, UserError, type Watch } from '../base/index.ts'
import { decide, decisions, type Decision } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import { contentOf, writeShare, type ReleasedView, type ShareFormat, type ShareView } from '../sharing/index.ts'
import { openCase, type CaseStore } from './case-store.ts'
import { mayLeave, recordExported } from './exported.ts'
import { packageVersion } from './package-root.ts'
import { publish, type PublishedObject } from './share-shelf.ts'
import { attackVersion, prepareShare, type AskedShare } from './share-view.ts'
import type { Workspace } from './workspace.ts'

/** What a person asks of a case that others may know of. */
export interface ShareRequest extends AskedShare {
  /** Releases exactly this content, by a decision with this reason. */
  readonly reason?: string
  readonly format?: ShareFormat
  readonly publish?: boolean
}

/** What would leave, or left. */
export interface SharedCase {
  readonly view: ShareView
  /** Names exactly this content; a release names it. */
  readonly content: string
  /** Number of the decision that released it, and by whom; absent: nobody released it. */
  readonly release?: { readonly decision: string; readonly by: string; readonly at: string }
  readonly remarks: readonly string[]
  /** The file, when it was asked for and released. */
  readonly text?: string
  /** Objects that are new in the collection for peers. */
  readonly published?: number
}

/**
 * Prepares what a case would share; with `reason` the signer releases exactly that by a decision; with `format` or `publish` it
 * leaves, when it is released, and the chain of custody says so. Without a release: a `UserError`.
 */
export async function shareCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly asked: AskedShare
  readonly reason?: string
  readonly format?: ShareFormat
  readonly publish?: boolean
  readonly watch: Watch
}): Promise<SharedCase> {
  const { workspace, signer, asked, watch, format, reason } = options
  const store = openCase(workspace, options.caseId)
  try {
    mayLeave(store)
    const { view, remarks } = await prepareShare({ workspace, store, asked, watch })
    const content = contentOf(view)
    if (reason !== undefined) release({ store, signer, view, content, reason, now: workspace.world.now() })
    const made = releaseOf(decisions(store.db), content)
    const told = { view, content, remarks, ...(made === undefined ? {} : { release: made }) }
    if (format === undefined && options.publish !== true) return told
    if (made === undefined) throw notReleased(content, view)
    const released: ReleasedView = {
      ...view,
      firstReleased: firstRelease(decisions(store.db), view) ?? made.at,
      released: made.at,
    }
    const versions = { attack: attackVersion(), product: packageVersion() }
    const text = format === undefined ? undefined : writeShare(released, format, versions)
    const leave = (what: string, body: string): void =>
      recordExported(store, {
        by: signer,
        at: workspace.world.now(),
        detail: { kind: 'share', format: what, content, decision: made.decision, sha256: sha256(body) },
      })
    if (text !== undefined) leave(format ?? '', text)
    let published: number | undefined
    if (options.publish === true) {
      const bundle = writeShare(released, 'stix', versions)
      published = publish(workspace, view.incident, (JSON.parse(bundle) as { objects: PublishedObject[] }).objects)
      leave('taxii', bundle)
    }
    return { ...told, ...(text === undefined ? {} : { text }), ...(published === undefined ? {} : { published }) }
  } finally {
    store.close()
  }
}

function release(given: {
  store: CaseStore
  signer: Signer
  view: ShareView
  content: string
  reason: string
  now: string
}): void {
  const { store, signer, view, content, reason, now } = given
  if (releaseOf(decisions(store.db), content) !== undefined) return
  const { indicators, behaviours, rules, tlp, pap } = view
  decide(store.db, {
    by: signer,
    at: now,
    kind: 'release',
    text: `Released for peers as TLP:${tlp.toUpperCase()}, PAP:${pap.toUpperCase()}: ${behaviours.length} behaviours, ${indicators.length} indicators, ${rules.length} rules.`,
    reason,
    about: [content, incidentKey(view)],
  })
}

function releaseOf(all: readonly Decision[], content: string): SharedCase['release'] {
  const found = all.find(
    (one) => one.kind === 'release' && one.about.includes(content) && one.by.some((name) => name.trim() !== ''),
  )
  return found === undefined ? undefined : { decision: found.number, by: found.by.join(', '), at: found.at }
}

function firstRelease(all: readonly Decision[], view: ShareView): string | undefined {
  return all
    .filter((one) => one.kind === 'release' && one.about.includes(incidentKey(view)))
    .map((one) => one.at)
    .toSorted()[0]
}

function incidentKey(view: ShareView): string {
  return `incident:${view.incident}`
}

function notReleased(content: string, view: ShareView): UserError {
  return new UserError({
    code: 'share-not-released',
    message: `no named person released this content (${content}, TLP:${view.tlp.toUpperCase()}, PAP:${view.pap.toUpperCase()})`,
    hint: 'look at it with "breachline share" without --format, then release it with --release "REASON"; a release holds for exactly what was shown',
  })
}
