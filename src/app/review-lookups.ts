import { limits, type Fault, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  reviewLeft,
  withLeft,
  type AuditSource,
  type LeftSource,
  type LookupReview,
  type ReasonSource,
  type ReviewedLeft,
} from '../lookups/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import type { CaseInfo } from './case-store.ts'
import { writeReleaseRequest } from './disclosure-analysts.ts'
import { discretionOf, type Discretion } from './discretion.ts'
import { itemsOf, type Item } from './items.ts'
import { loggedCommands } from './logged-commands.ts'
import { recordFormat } from './record-format.ts'
import { releasedReview, type AskedRelease } from './released-review.ts'
import type { Workspace } from './workspace.ts'

/**
 * Who read whose records, and what the actor left behind: undefined when neither was handed over. Where the workspace has a disclosure desk, what it released; `of` names what was reviewed (a
 * case, or `files`) in what waits for the desk.
 */
export async function reviewAudit(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly of: string
  readonly items: readonly Item[]
  readonly info: CaseInfo
  readonly lake: Lake
  readonly key: TokenKey
  readonly subscriberBase: number | undefined
  /** Loads of events whose command lines are looked at for queries. */
  readonly events?: readonly string[]
  readonly watch: Watch
}): Promise<{ review: LookupReview | undefined; faults: readonly Fault[] }> {
  const { info, subscriberBase, watch } = options
  const audit = itemsOf(options.items, 'audit')
  const discretion = discretionOf(options.workspace)
  const left = await leftBehind(options, discretion)
  if (audit.length === 0 && left.left === undefined) return { review: undefined, faults: left.faults }
  watch.report?.({ step: 'reading who read whose records', done: 0, total: audit.length, unit: 'sources' })
  const { asked, ...read } = await releasedReview(
    options.lake,
    {
      key: options.key,
      ...contextOf(info),
      ...(subscriberBase === undefined ? {} : { subscriberBase }),
      audit: audit.map((item) => auditSource(item, info)),
      reasons: itemsOf(options.items, 'explain').map((item) => reasonSource(item, info)),
      watch,
    },
    discretion,
  )
  if (asked !== undefined)
    await writeReleaseRequest({ ...options, discretion, asked: withLeftAsked(asked, left), country: info.country })
  return { review: withLeft(read.review, left), faults: [...withoutNothing(read.faults, left), ...left.faults] }
}

/** A log whose command lines hold queries does tell of reads. */
function withoutNothing(faults: readonly Fault[], { left }: ReviewedLeft): readonly Fault[] {
  const telling = new Set(left?.findings.map((one) => one.source))
  return faults.filter((one) => one.code !== 'lookup-no-access' || !telling.has(one.where.file))
}

/** What was left behind, and the command lines of logs. Where a desk releases, only persons it released are told; counts are of all. */
async function leftBehind(options: Parameters<typeof reviewAudit>[0], discretion: Discretion): Promise<ReviewedLeft> {
  const { items, info, lake, events = [], watch } = options
  const sources = [
    ...itemsOf(items, 'left-behind').map((item) => leftSource(item, info)),
    ...itemsOf(items, 'logs')
      .filter((item) => item.identified.history !== undefined)
      .map((item) => leftSource(item, info)),
    ...itemsOf(items, 'audit')
      .filter((item) => ['log', 'evtx', 'jsonl'].includes(item.identified.kind))
      .map((item): LeftSource => ({ ...leftSource(item, info), log: true })),
  ]
  if (sources.length > 0)
    watch.report?.({ step: 'reading what was left behind', done: 0, total: sources.length, unit: 'sources' })
  return reviewLeft(sources, {
    key: options.key,
    ...contextOf(info),
    watch,
    ...(events.length === 0 ? {} : { commands: loggedCommands(lake, { loads: events, items }) }),
    ...(discretion.desk === undefined ? {} : { only: new Set([...discretion.released, ...discretion.decoys]) }),
  })
}

function contextOf(info: CaseInfo): { readonly country?: string; readonly zone?: string } {
  return { ...(info.country === '' ? {} : { country: info.country }), ...(info.zone === '' ? {} : { zone: info.zone }) }
}

/** Persons asked for in what was left behind, put to the desk behind those the tests flag. */
function withLeftAsked(asked: AskedRelease, { unshown }: ReviewedLeft): AskedRelease {
  const known = new Set(asked.flagged.map((one) => one.token))
  const brief = { accounts: [], days: 0, explainedDays: 0, first: '', last: '', tests: ['left'] }
  const more = unshown.filter((token) => !known.has(token)).map((token) => ({ token, ...brief }))
  return { ...asked, flagged: [...asked.flagged, ...more].slice(0, limits.releaseFlagged) }
}

/** What sources of all kinds have: bytes, hash, place in an archive, columns by name, and the zone of times that state none. */
function sourceOf({ source, sha256, member, rule }: Item, info: CaseInfo): Omit<ReasonSource, 'format'> {
  const zone = rule.zone ?? info.zone
  return {
    source,
    sha256,
    ...(member === undefined ? {} : { member }),
    ...(rule.map === undefined ? {} : { map: rule.map }),
    ...(zone === '' ? {} : { zone }),
  }
}

function leftSource(item: Item, info: CaseInfo): LeftSource {
  const { host } = item.rule
  return { ...sourceOf(item, info), ...(host === undefined ? {} : { host }) }
}

function auditSource(item: Item, info: CaseInfo): AuditSource {
  const { host, system, log_line_prefix: logLinePrefix } = item.rule
  return {
    ...sourceOf(item, info),
    format: auditFormat(item),
    ...(host === undefined ? {} : { host }),
    ...(system === undefined ? {} : { system }),
    ...(logLinePrefix === undefined ? {} : { logLinePrefix }),
  }
}

/** How the records of an audit source are cut; tables and JSON lines that tell no access of their own are read as logs. */
function auditFormat(item: Item): AuditSource['format'] {
  const { kind, log } = item.identified
  if (kind === 'pgaudit') return 'pgaudit'
  return kind === 'evtx' || kind === 'access-log' || kind === 'text' || (kind === 'log' && log !== 'table')
    ? 'events'
    : recordFormat(item)
}

function reasonSource(item: Item, info: CaseInfo): ReasonSource {
  return { ...sourceOf(item, info), format: recordFormat(item) }
}
