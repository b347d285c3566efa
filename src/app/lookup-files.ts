import { UserError, type Fault, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { CaseInfo } from './case-store.ts'
import { openInventory, subscriberBase } from './estate.ts'
import type { Item } from './items.ts'
import { collectLoose, looseFiles, type RoleChooser } from './loose-files.ts'
import { protectedAmong } from './protected-persons.ts'
import { openRegistry } from './registry.ts'
import { reidentified, type ReidentifiedReview } from './reidentify.ts'
import { reviewAudit } from './review-lookups.ts'
import { mayReidentify } from './two-keys.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** Who read whose records, from audit logs and recorded reasons; nothing is stored in a case. */
export async function lookupFiles(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly paths: readonly string[]
  readonly explanations: readonly string[]
  /** What the actor left behind: histories, scripts, recovered files. */
  readonly leftBehind?: readonly string[]
  readonly map?: Readonly<Record<string, string>>
  /** Number of subscribers; that of the inventory when absent. */
  readonly base?: number
  readonly country?: string
  readonly zone?: string
  readonly logLinePrefix?: string
  /** Why the watched persons' values are needed; recorded. */
  readonly reidentify?: string
  /** Why it must be known which of the watched are protected persons; recorded. */
  readonly protectedFor?: string
  readonly watch: Watch
}): Promise<(LookupReview | ReidentifiedReview) & { readonly faults: readonly Fault[] }> {
  const { workspace, signer, watch } = options
  const { leftBehind = [] } = options
  const audit = await looseFiles({ paths: options.paths, role: as('audit'), watch })
  const left = leftBehind.length === 0 ? undefined : await looseFiles({ paths: leftBehind, role: as('left-behind'), watch })
  const reasons =
    options.explanations.length === 0 ? undefined : await looseFiles({ paths: options.explanations, role: as('explain'), watch })
  try {
    const behind = left === undefined ? { items: [], faults: [] } : await collectLoose(left, 'files that were left behind')
    const logs =
      options.paths.length === 0 && left !== undefined
        ? { items: [], faults: [] }
        : await collectLoose(audit, 'audit logs (docs/who-read.md says which are read)')
    const told = reasons === undefined ? { items: [], faults: [] } : await collectLoose(reasons, 'explanations')
    const registry = await openRegistry(workspace)
    const inventory = openInventory(workspace)
    const base = options.base ?? subscriberBase(inventory)?.count
    inventory.close()
    const settings = { ...left?.settings, ...audit.settings }
    const info = {
      ...settings,
      country: options.country ?? settings.country ?? '',
      zone: options.zone ?? settings.zone ?? '',
    } as unknown as CaseInfo
    const items = [
      ...logs.items.map((item) => mapped(item, options)),
      ...behind.items.map((item) => mapped(item, options)),
      ...told.items,
    ]
    const read = await reviewAudit({
      workspace,
      signer,
      of: 'files',
      items,
      info,
      lake: registry.lake,
      key: registry.key,
      subscriberBase: base,
      watch,
    })
    const faults = [...logs.faults, ...behind.faults, ...told.faults, ...read.faults]
    if (read.review === undefined) throw nothingLeft(faults)
    const review = withProtected({ ...options, review: read.review })
    if (options.reidentify === undefined) return { ...review, faults }
    const subjects = review.watched.map((one) => one.subscriber)
    const approval = mayReidentify({ workspace, signer, purpose: options.reidentify, scope: 'lookups', subjects })
    recordAct(workspace, {
      act: 're-identified',
      by: signer,
      detail: { purpose: options.reidentify.toWellFormed(), persons: review.watched.length, of: 'lookups', ...approval },
    })
    return { ...(await reidentified({ review, items: logs.items, key: registry.key, country: info.country })), faults }
  } finally {
    await audit.release()
    await left?.release()
    await reasons?.release()
  }
}

/** Nothing but what was left behind was given, and nothing of it names anybody. */
function nothingLeft(faults: readonly Fault[]): UserError {
  return new UserError({
    code: 'left-nothing',
    message: `nothing that was left behind names a subscriber's record${faults[0] === undefined ? '' : `: ${faults[0].where.file}: ${faults[0].what}`}`,
    hint: faults[0]?.todo ?? 'docs/who-read.md says what is read',
  })
}

function withProtected(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly review: LookupReview
  readonly protectedFor?: string
}): LookupReview {
  const { review, protectedFor } = options
  if (protectedFor === undefined) return review
  const found = protectedAmong({
    ...options,
    purpose: protectedFor.toWellFormed(),
    flagged: review.watched.map((one) => one.subscriber),
  })
  return { ...review, watched: review.watched.map((one) => ({ ...one, isProtected: found.has(one.subscriber) })) }
}

function as(role: 'audit' | 'explain' | 'left-behind'): RoleChooser {
  return (seen, rule, named) => {
    if (role === 'left-behind') return ['unknown', 'empty', 'pdf'].includes(seen.kind) ? undefined : role
    if (role === 'audit' && seen.history !== undefined) return 'left-behind'
    if (rule.role !== undefined && rule.role !== role) return undefined
    if (role === 'audit' && ['pgaudit', 'log', 'access-log', 'evtx'].includes(seen.kind)) return role
    // Commands of a console may look like any text: in a folder only what has the role is taken for them.
    if (role === 'audit' && seen.kind === 'text' && (named === true || rule.role === role)) return role
    return seen.kind === 'csv' || seen.kind === 'jsonl' ? role : undefined
  }
}

function mapped(item: Item, options: { readonly map?: Readonly<Record<string, string>>; readonly logLinePrefix?: string }): Item {
  const { map, logLinePrefix } = options
  return {
    ...item,
    rule: {
      ...item.rule,
      ...(map === undefined || item.identified.kind === 'pgaudit' ? {} : { map: { ...map } }),
      ...(logLinePrefix === undefined ? {} : { log_line_prefix: logLinePrefix }),
    },
  }
}
