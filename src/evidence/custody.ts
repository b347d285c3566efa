import { canonicalJson, invariant, UserError, type Canonical } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { sealEntry, type CustodyAct, type CustodyDraft, type CustodyEntry } from './custody-entry.ts'
import { headOf, type CustodyHead } from './custody-head.ts'
import { sameName, type Person, type Signer } from './signing-key.ts'

/**
 * Appends one entry, signed by everybody in `by` (one person, or two for an act that needs two), and keeps the
 * public keys of signers not seen before. Opens no transaction: the caller puts it into the same one as what it records.
 */
export function appendCustody(db: Db, entry: CustodyDraft & { readonly by: readonly Signer[] }): CustodyEntry {
  const { by, ...draft } = entry
  invariant(by.length === 1 || by.length === 2, 'a custody entry is signed by one or two persons')
  invariant(by.length === 1 || by[0]?.fingerprint !== by[1]?.fingerprint, 'two signatures of one person are one signature')
  const previous = db.get<{ seq: number; hash: string }>('SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1')
  const sealed = sealEntry(draft, { by, ...(previous === undefined ? {} : { previous }) })
  for (const person of by) keepPerson(db, person, entry.at)
  db.run(
    'INSERT INTO custody (seq, at, act, exhibit, by, detail, prev_hash, hash, signatures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    sealed.seq,
    sealed.at,
    sealed.act,
    sealed.exhibit ?? null,
    canonicalJson(sealed.by.map((person) => ({ ...person }))),
    canonicalJson(sealed.detail),
    sealed.prevHash,
    sealed.hash,
    canonicalJson(sealed.signatures),
  )
  return sealed
}

/** The chain in order, or the entries about one exhibit (`E3`). */
export function custody(db: Db, exhibit?: string): readonly CustodyEntry[] {
  const rows =
    exhibit === undefined
      ? db.all<CustodyRow>('SELECT * FROM custody ORDER BY seq')
      : db.all<CustodyRow>('SELECT * FROM custody WHERE exhibit = ? ORDER BY seq', exhibit)
  return rows.map(entryOf)
}

/** The end of the chain; undefined while nothing has been recorded. */
export function custodyHead(db: Db): CustodyHead | undefined {
  const row = db.get<CustodyRow>('SELECT * FROM custody ORDER BY seq DESC LIMIT 1')
  return row === undefined ? undefined : headOf(entryOf(row))
}

/** Enters somebody's public key into the case, signed by the person who vouches for it. */
export function addPerson(db: Db, options: { readonly person: Person; readonly at: string; readonly by: Signer }): CustodyEntry {
  const { name, role, fingerprint } = options.person
  return db.transaction(() => {
    keepPerson(db, options.person, options.at)
    return appendCustody(db, { at: options.at, act: 'person-added', by: [options.by], detail: { name, role, fingerprint } })
  })
}

/** Everybody whose key the case knows, by name. */
export function persons(db: Db): readonly Person[] {
  return db.all<Person>('SELECT name, role, fingerprint, public_key AS publicKey FROM persons ORDER BY name, fingerprint')
}

/** One row of the table, before anything about it is believed. */
export interface CustodyRow {
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly exhibit: string | null
  readonly by: string
  readonly detail: string
  readonly prev_hash: string
  readonly hash: string
  readonly signatures: string
}

/** The entry a row holds; throws a SyntaxError when the row's JSON is broken. */
export function entryOf(row: CustodyRow): CustodyEntry {
  return {
    seq: row.seq,
    at: row.at,
    act: row.act as CustodyAct,
    ...(row.exhibit === null ? {} : { exhibit: row.exhibit }),
    by: JSON.parse(row.by) as CustodyEntry['by'],
    detail: JSON.parse(row.detail) as { [key: string]: Canonical },
    prevHash: row.prev_hash,
    hash: row.hash,
    signatures: JSON.parse(row.signatures) as string[],
  }
}

/** One key is one person in a chain: what takes two persons goes by their names, and a key under a second name would be a second person. */
function keepPerson(db: Db, person: Person, at: string): void {
  const known = db.get<{ name: string }>('SELECT name FROM persons WHERE fingerprint = ?', person.fingerprint)
  if (known !== undefined && !sameName(known.name, person.name))
    throw new UserError({
      code: 'key-of-another-name',
      message: `the key of "${person.name}" stands in this chain as that of "${known.name}"`,
      hint: 'act under that name, or with a key of your own: "breachline key new NAME"',
    })
  db.run(
    'INSERT INTO persons (fingerprint, name, role, public_key, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING',
    person.fingerprint,
    person.name,
    person.role,
    person.publicKey,
    at,
  )
}
