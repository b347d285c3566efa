import { locatorText, type Watch } from '../base/index.ts'
import { note } from '../casefile/index.ts'
import { appendCustody, exhibits, type Cite, type Signer } from '../evidence/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import { casePasswords } from './case-passwords.ts'
import { openCase, type CaseStore } from './case-store.ts'
import { mayLeave } from './exported.ts'
import { itemsOf, openItems } from './items.ts'
import { workspaceTokenKey } from './keys.ts'
import { lastAnswer } from './last-answer.ts'
import { loginsBehind } from './reidentify.ts'
import { mayReidentify } from './two-keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** One thing that was found about the use of an account. */
export interface PersonnelRow {
  readonly queue: 'decoy' | 'covert' | 'bulk' | 'unjustified'
  /** Pseudonym of the login, as reviews of the workspace show it. */
  readonly account: string
  /** The login itself, from a cited record; only where it was asked for, with a purpose. */
  readonly login?: string
  readonly what: string
  /** Pseudonym of the subscriber; empty where many are meant. */
  readonly subscriber: string
  readonly from: string
  readonly to: string
  /** Watched subscribers, reads, rows or subscribers of the day, by `what`. */
  readonly count: number
  /** Decimal text; empty where nothing was tested. */
  readonly q: string
  /** `E3 record 412`. */
  readonly citations: readonly string[]
}

/** What internal investigators are given. */
export interface PersonnelExport {
  readonly case: string
  readonly remarks: readonly string[]
  readonly exhibits: readonly { readonly id: string; readonly file: string; readonly sha256: string }[]
  readonly rows: readonly PersonnelRow[]
}

/**
 * What the review of a case says about accounts, for internal investigators: pseudonyms, figures and citations, none of its sentences. Only accounts that are flagged
 * stand in it. With `purpose` the logins stand beside; who asked and why is signed into the chain of custody and noted in the personnel compartment, and
 * where the workspace asks for two keys, a second person approves first. Gives undefined when the case holds no access log.
 */
export async function exportPersonnel(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly purpose?: string
  readonly watch?: Watch
}): Promise<PersonnelExport | undefined> {
  const { workspace, signer, caseId, purpose } = options
  const store = openCase(workspace, caseId)
  try {
    mayLeave(store)
    const review = lastAnswer(store).lookups
    if (review === null) return undefined
    const known = exhibits(store.db).map((one) => ({ id: one.number, file: one.name, sha256: one.sha256 }))
    const numbers = new Map(known.map((one) => [one.sha256, one.id]))
    const found = rowsOf(review, numbers)
    const rows = found.map((one) => one.row)
    const accounts = [...new Set(rows.map((one) => one.account))].sort()
    const approval =
      purpose === undefined ? {} : mayReidentify({ workspace, signer, purpose, scope: `personnel ${caseId}`, subjects: accounts })
    const logins =
      purpose === undefined
        ? undefined
        : await loginsOf({ ...options, store, accounts, cites: found.flatMap((one) => one.cites) })
    const at = workspace.world.now()
    store.db.transaction(() => {
      if (purpose !== undefined) {
        const why = purpose.toWellFormed()
        appendCustody(store.db, {
          at,
          act: 're-identified',
          by: [signer],
          detail: { purpose: why, of: 'accounts', accounts: accounts.length, ...approval },
        })
        const text = `The logins behind ${accounts.join(', ')} were given out. Purpose: ${why}`
        note(store.db, { kind: 'note', by: signer, at, text, compartment: 'personnel' })
      }
      appendCustody(store.db, {
        at,
        act: 'exported',
        by: [signer],
        detail: { what: 'personnel', accounts: accounts.length, named: purpose !== undefined },
      })
    })
    const cited = new Set(rows.flatMap((one) => one.citations.map((text) => text.split(' ', 1)[0])))
    return {
      case: caseId,
      remarks,
      exhibits: known.filter((one) => cited.has(one.id)),
      rows: logins === undefined ? rows : rows.map((one) => ({ ...one, login: logins.get(one.account) ?? '' })),
    }
  } finally {
    store.close()
  }
}

const remarks = [
  'An account is a login. Who sat at it is not established here; an account may have been taken over.',
  'A row flags, it does not accuse. Reads may have reasons that nobody recorded.',
  'Queues are not to be joined: curiosity about one acquaintance is no sign of an intruder.',
] as const

async function loginsOf(options: {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly accounts: readonly string[]
  readonly cites: readonly Cite[]
  readonly watch?: Watch
}): Promise<ReadonlyMap<string, string>> {
  const { workspace, store, watch = {} } = options
  const [scratch, passwords] = [workspace.path('run', 'scratch'), casePasswords(workspace, store.id)]
  const given = await openItems({ store, scratch, passwords, watch })
  try {
    const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
    return await loginsBehind({ ...options, items: itemsOf(given.items, 'audit'), key })
  } finally {
    await given.release()
  }
}

function rowsOf(
  review: LookupReview,
  numbers: ReadonlyMap<string, string>,
): readonly { readonly row: PersonnelRow; readonly cites: readonly Cite[] }[] {
  const flagged = review.accounts.filter((one) => one.beyondChance === true)
  const covert = new Set(flagged.map((one) => one.account))
  const none = { subscriber: '', from: '', to: '', q: '' }
  const row = (account: string, cites: readonly Cite[], rest: Omit<PersonnelRow, 'account' | 'login' | 'citations'>) => ({
    cites,
    row: { account, ...rest, citations: cites.flatMap((cite) => citation(cite, numbers)) },
  })
  return [
    ...(review.decoys ?? []).map((one) =>
      row(one.account, one.cites, {
        ...none,
        queue: 'decoy',
        what: 'decoy-read',
        from: one.first,
        to: one.last,
        count: one.reads,
      }),
    ),
    ...flagged.map((one) =>
      row(one.account, one.cites ?? [], {
        ...none,
        queue: 'covert',
        what: 'read-watched-subscribers',
        count: one.watched,
        q: one.qValue ?? '',
      }),
    ),
    ...review.watched.flatMap((watched) =>
      (watched.timeline ?? [])
        .filter((day) => day.explained !== 'explained' && covert.has(day.account))
        .map((day) =>
          row(day.account, day.cites, {
            queue: 'covert',
            what: day.explained === 'none' ? 'read-without-reason' : 'read-with-own-ticket',
            subscriber: watched.subscriber,
            from: day.day,
            to: day.day,
            count: day.reads,
            q: watched.qValue,
          }),
        ),
    ),
    ...review.bulk.map((one) =>
      row(one.account, one.cites, { ...none, queue: 'bulk', what: 'bulk-read', from: one.at, to: one.at, count: one.rows }),
    ),
    ...(review.busyDays ?? []).map((one) =>
      row(one.account, one.cites, {
        ...none,
        queue: 'bulk',
        what: 'busy-day',
        from: one.day,
        to: one.day,
        count: one.subscribers,
        q: one.qValue,
      }),
    ),
    ...(review.unjustified ?? []).map((one) =>
      row(one.account, one.cites, {
        ...none,
        queue: 'unjustified',
        what: one.kind,
        subscriber: one.subscriber ?? '',
        count: one.cites.length,
        q: one.qValue,
      }),
    ),
  ]
}

function citation(cite: Cite, numbers: ReadonlyMap<string, string>): string[] {
  if (cite.kind !== 'exhibit') return []
  return [
    [numbers.get(cite.sha256) ?? cite.sha256, cite.member, locatorText(cite.at)]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
  ]
}
