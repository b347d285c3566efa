import { UserError } from '../base/index.ts'
import type { Person } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'

/** A request to know who stands behind pseudonyms, asked with one key and approved with another. */
export interface ReidentifyRequest {
  readonly n: number
  readonly at: string
  readonly by: string
  readonly purpose: string
  /** `lookups`, or the case and place of a cite. */
  readonly scope: string
  readonly persons: number
  readonly status: 'asked' | 'approved' | 'used'
  readonly approvedBy?: string
  readonly approvedAt?: string
}

interface Row {
  readonly n: number
  readonly at: string
  readonly by: string
  readonly fingerprint: string
  readonly purpose: string
  readonly scope: string
  readonly subjects: string
  readonly approved_at: string | null
  readonly approved_by: string | null
  readonly used_at: string | null
}

interface Asked {
  readonly by: Person
  readonly purpose: string
  readonly scope: string
  /** What would be named: tokens, or one place. */
  readonly subjects: readonly string[]
}

/** Every request, newest first; whom they name is not among what is given. */
export function askedRequests(db: Db): readonly ReidentifyRequest[] {
  return db.all<Row>('SELECT * FROM reidentify ORDER BY n DESC').map(shown)
}

/**
 * The approved request that covers what is asked now, taken (an approval serves once): the same key, purpose and scope, and no subject beyond those
 * asked about. Undefined without one.
 */
export function takeApproval(db: Db, asked: Asked & { readonly at: string }): ReidentifyRequest | undefined {
  const row = open(db, asked).find((one) => one.approved_at !== null)
  if (row === undefined) return undefined
  db.run('UPDATE reidentify SET used_at = ? WHERE n = ?', asked.at, row.n)
  return shown(row)
}

/** Enters a request, or gives the one that stands already and waits. */
export function askRequest(db: Db, asked: Asked & { readonly at: string }): ReidentifyRequest {
  const waiting = open(db, asked)[0]
  if (waiting !== undefined) return shown(waiting)
  db.run(
    'INSERT INTO reidentify (at, by, fingerprint, purpose, scope, subjects) VALUES (?, ?, ?, ?, ?, ?)',
    asked.at,
    asked.by.name,
    asked.by.fingerprint,
    asked.purpose,
    asked.scope,
    JSON.stringify(asked.subjects.toSorted()),
  )
  const row = db.get<Row>('SELECT * FROM reidentify ORDER BY n DESC LIMIT 1')
  if (row === undefined) throw new Error('internal error: a request that was entered is there')
  return shown(row)
}

/** Approves a request with another key than asked it; a `UserError` otherwise. */
export function approveRequest(
  db: Db,
  given: { readonly n: number; readonly by: Person; readonly at: string; readonly reason: string },
): ReidentifyRequest {
  const row = db.get<Row>('SELECT * FROM reidentify WHERE n = ?', given.n)
  if (row === undefined || row.used_at !== null || row.approved_at !== null)
    throw new UserError({
      code: 'reidentify-unknown',
      message: row === undefined ? `there is no request Q${given.n}` : `request Q${given.n} is ${shown(row).status} already`,
      hint: 'see "breachline reidentify list"',
    })
  if (row.fingerprint === given.by.fingerprint)
    throw new UserError({
      code: 'reidentify-same-key',
      message: `request Q${given.n} was asked with this very key`,
      hint: 'another person approves it, with their own key: --as NAME',
    })
  db.run(
    'UPDATE reidentify SET approved_at = ?, approved_by = ?, approver = ?, reason = ? WHERE n = ?',
    given.at,
    given.by.name,
    given.by.fingerprint,
    given.reason,
    given.n,
  )
  return { ...shown(row), status: 'approved', approvedBy: given.by.name, approvedAt: given.at }
}

function open(db: Db, asked: Asked): readonly Row[] {
  return db
    .all<Row>(
      'SELECT * FROM reidentify WHERE used_at IS NULL AND fingerprint = ? AND purpose = ? AND scope = ? ORDER BY n',
      asked.by.fingerprint,
      asked.purpose,
      asked.scope,
    )
    .filter((row) => {
      const known = new Set(JSON.parse(row.subjects) as string[])
      return asked.subjects.every((one) => known.has(one))
    })
}

function shown(row: Row): ReidentifyRequest {
  return {
    n: row.n,
    at: row.at,
    by: row.by,
    purpose: row.purpose,
    scope: row.scope,
    persons: (JSON.parse(row.subjects) as string[]).length,
    status: row.used_at !== null ? 'used' : row.approved_at !== null ? 'approved' : 'asked',
    ...(row.approved_by === null ? {} : { approvedBy: row.approved_by }),
    ...(row.approved_at === null ? {} : { approvedAt: row.approved_at }),
  }
}
