import type { Fault, Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { AuditSource, LookupReview, ReasonSource } from '../lookups/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import type { CaseInfo } from './case-store.ts'
import { writeReleaseRequest } from './disclosure-analysts.ts'
import { discretionOf } from './discretion.ts'
import { itemsOf, type Item } from './items.ts'
import { recordFormat } from './record-format.ts'
import { releasedReview } from './released-review.ts'
import type { Workspace } from './workspace.ts'

/**
 * Who read whose records: undefined when no audit log was handed over. Where the workspace has a disclosure desk, what it released; `of` names what was reviewed (a
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
  readonly watch: Watch
}): Promise<{ review: LookupReview | undefined; faults: readonly Fault[] }> {
  const { info, subscriberBase, watch } = options
  const audit = itemsOf(options.items, 'audit')
  if (audit.length === 0) return { review: undefined, faults: [] }
  watch.report?.({ step: 'reading who read whose records', done: 0, total: audit.length, unit: 'sources' })
  const discretion = discretionOf(options.workspace)
  const { asked, ...read } = await releasedReview(
    options.lake,
    {
      key: options.key,
      ...(info.country === '' ? {} : { country: info.country }),
      ...(info.zone === '' ? {} : { zone: info.zone }),
      ...(subscriberBase === undefined ? {} : { subscriberBase }),
      audit: audit.map((item) => auditSource(item, info)),
      reasons: itemsOf(options.items, 'explain').map((item) => reasonSource(item, info)),
      watch,
    },
    discretion,
  )
  if (asked !== undefined) await writeReleaseRequest({ ...options, discretion, asked, country: info.country })
  return read
}

function auditSource(item: Item, info: CaseInfo): AuditSource {
  const { rule } = item
  const zone = rule.zone ?? info.zone
  return {
    source: item.source,
    sha256: item.sha256,
    ...(item.member === undefined ? {} : { member: item.member }),
    format: auditFormat(item),
    ...(rule.map === undefined ? {} : { map: rule.map }),
    ...(rule.host === undefined ? {} : { host: rule.host }),
    ...(rule.system === undefined ? {} : { system: rule.system }),
    ...(rule.log_line_prefix === undefined ? {} : { logLinePrefix: rule.log_line_prefix }),
    ...(zone === '' ? {} : { zone }),
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
  const zone = item.rule.zone ?? info.zone
  return {
    source: item.source,
    sha256: item.sha256,
    ...(item.member === undefined ? {} : { member: item.member }),
    format: recordFormat(item),
    ...(item.rule.map === undefined ? {} : { map: item.rule.map }),
    ...(zone === '' ? {} : { zone }),
  }
}
