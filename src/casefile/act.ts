import { canonicalJson, contentId, sha256, UserError, type Canonical } from '../base/index.ts'
import { appendCustody, type Signer } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'

/** What people write into the ledger besides rulings. */
export type ActKind = 'decision' | 'note' | 'task-opened' | 'task-closed' | 'loss-recorded' | 'preservation-requested'

/** What every act has in common. */
export interface ActBy {
  /** Who acts; signs the custody entry. */
  readonly by: Signer
  /** Second person, where the act needs two. */
  readonly with?: Signer
  /** Now, ISO 8601 UTC. */
  readonly at: string
  /** Given by a caller that may have to send the same act twice; else made from the content. */
  readonly id?: string
}

/** An act as the ledger holds it. */
export interface Act {
  readonly id: string
  /** Counts acts of its kind from 1. */
  readonly number: number
  readonly at: string
  /** Name of the person; two names where two acted. */
  readonly by: readonly string[]
  /** Number of the signed custody entry. */
  readonly custody: number
  readonly body: { readonly [key: string]: Canonical | undefined }
}

/**
 * Appends an act and its custody entry in one transaction. The same act (same id, same content) is written once;
 * the same id with other content is a UserError.
 */
export function writeAct(
  db: Db,
  options: ActBy & { readonly kind: ActKind; readonly prefix: string; readonly body: Act['body'] },
): Act {
  const signers = options.with === undefined ? [options.by] : [options.by, options.with]
  const by = signers.map((person) => person.name)
  const body = canonicalJson(options.body)
  const id = options.id ?? contentId(options.prefix, { kind: options.kind, body: options.body, by, at: options.at })
  return db.transaction(() => {
    const present = db.get<ActRow>('SELECT * FROM acts WHERE id = ?', id)
    if (present !== undefined) return samePresent(present, { kind: options.kind, body })
    const entry = appendCustody(db, {
      at: options.at,
      act: options.kind,
      by: signers,
      detail: { id, body: sha256(body) },
    })
    db.run(
      `INSERT INTO acts (id, kind, number, at, by, body, custody)
       VALUES (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM acts WHERE kind = ?), ?, ?, ?, ?)`,
      id,
      options.kind,
      options.kind,
      options.at,
      canonicalJson(by),
      body,
      entry.seq,
    )
    const [written] = acts(db, options.kind, id)
    if (written === undefined) throw new Error('internal error: an act just written is there')
    return written
  })
}

/** All acts of a kind, or the one with that id, in the order they were written. */
export function acts(db: Db, kind: ActKind, id?: string): readonly Act[] {
  const rows =
    id === undefined
      ? db.all<ActRow>('SELECT * FROM acts WHERE kind = ? ORDER BY seq', kind)
      : db.all<ActRow>('SELECT * FROM acts WHERE kind = ? AND id = ?', kind, id)
  return rows.map(actOf)
}

/** Well-formed, trimmed words of a person; a UserError when there are none. */
export function wordsOf(text: string, options: { readonly what: string; readonly hint: string }): string {
  const words = text.toWellFormed().trim()
  if (words !== '') return words
  throw new UserError({ code: 'words-missing', message: `${options.what} needs words.`, hint: options.hint, exitCode: 2 })
}

interface ActRow {
  readonly id: string
  readonly kind: ActKind
  readonly number: number
  readonly at: string
  readonly by: string
  readonly body: string
  readonly custody: number
}

function actOf(row: ActRow): Act {
  return {
    id: row.id,
    number: row.number,
    at: row.at,
    by: JSON.parse(row.by) as string[],
    custody: row.custody,
    body: JSON.parse(row.body) as Act['body'],
  }
}

function samePresent(present: ActRow, wanted: { kind: ActKind; body: string }): Act {
  if (present.kind === wanted.kind && present.body === wanted.body) return actOf(present)
  throw new UserError({
    code: 'act-id-taken',
    message: `The case has another entry with the id ${present.id}.`,
    hint: 'Send the entry again under a new id.',
  })
}
