import type { Db } from '../store/index.ts'
import { chainStart, entryHash, signedText, type CustodyEntry } from './custody-entry.ts'
import type { CustodyHead } from './custody-head.ts'
import { entryOf, persons, type CustodyRow } from './custody.ts'
import { fingerprintOf, publicKeyOf, signatureHolds } from './signing-key.ts'
import type { Failure, Findings } from './verification.ts'

/** A head as somebody kept it outside the case; a bare hash will do. */
export type GivenHead = Pick<CustodyHead, 'hash'> & Partial<CustodyHead>

/** Checks order, links, hashes and signatures of the whole chain, and that it still holds the given head. */
export function verifyChain(db: Db, head?: GivenHead): Findings {
  const { entries, failures: unreadable } = readChain(db)
  const failures: Failure[] = [...unreadable, ...linkFailures(entries), ...signatureFailures(db, entries)]
  const checks = [
    { code: 'custody', ok: failures.length === 0, what: `${entries.length} custody entries: order, links, hashes, signatures` },
  ]
  if (head !== undefined) {
    const missing = headFailures(entries, head)
    failures.push(...missing)
    checks.push({ code: 'custody-head', ok: missing.length === 0, what: 'the chain holds the head given from outside' })
  }
  return { checks, failures, notes: timeNotes(entries) }
}

/** The entries of a chain that may have been tampered with, without those that cannot be read (the check of the chain names them). */
export function readableCustody(db: Db): readonly CustodyEntry[] {
  return readChain(db).entries
}

/** The entries that can be read at all, in order of number. */
function readChain(db: Db): { entries: readonly CustodyEntry[]; failures: readonly Failure[] } {
  const entries: CustodyEntry[] = []
  const failures: Failure[] = []
  for (const row of db.all<CustodyRow>('SELECT * FROM custody ORDER BY seq')) {
    try {
      const entry = entryOf(row)
      if (!wellShaped(entry)) throw new SyntaxError('not the shape of an entry')
      entryHash(entry)
      entries.push(entry)
    } catch {
      failures.push(at(row.seq, 'custody-unreadable', 'The entry cannot be read: its JSON was changed.'))
    }
  }
  return { entries, failures }
}

/** Whether what stands in the row's JSON has the shape of an entry: a tampered row may hold anything. */
function wellShaped({ by, detail, signatures }: CustodyEntry): boolean {
  return (
    Array.isArray(by) &&
    by.every((person) => typeof person?.fingerprint === 'string' && typeof person.name === 'string') &&
    typeof detail === 'object' &&
    detail !== null &&
    Array.isArray(signatures) &&
    signatures.every((signature) => typeof signature === 'string')
  )
}

function linkFailures(entries: readonly CustodyEntry[]): Failure[] {
  const failures: Failure[] = []
  const altered = entries.filter((entry) => entryHash(entry) !== entry.hash)
  const moved = new Map(altered.flatMap((entry) => movedFrom(entry, altered)))
  let previous: CustodyEntry | undefined
  for (const entry of entries) {
    const expected = (previous?.seq ?? 0) + 1
    if (entry.seq !== expected)
      failures.push(at(entry.seq, 'custody-gap', `Entries ${expected} to ${entry.seq - 1} are missing.`))
    const origin = moved.get(entry.seq)
    if (origin !== undefined)
      failures.push(at(entry.seq, 'custody-reordered', `The entry was written as number ${origin} and stands as ${entry.seq}.`))
    else if (entryHash(entry) !== entry.hash)
      failures.push(at(entry.seq, 'custody-changed', 'The entry does not have the content it was signed with.'))
    else if (entry.seq === expected && entry.prevHash !== (previous?.hash ?? chainStart))
      failures.push(
        at(entry.seq, 'custody-unlinked', 'The entry does not follow the entry before it: one of the two was replaced.'),
      )
    previous = entry
  }
  return failures
}

/** Finds out whether an altered entry is a sound one under a wrong number; gives [standing number, written number]. */
function movedFrom(entry: CustodyEntry, altered: readonly CustodyEntry[]): [number, number][] {
  // Bounded: in a chain altered throughout, which entry came from where no longer matters.
  if (altered.length > 200) return []
  const origin = altered.find((other) => entryHash({ ...entry, seq: other.seq }) === entry.hash)
  return origin === undefined ? [] : [[entry.seq, origin.seq]]
}

function signatureFailures(db: Db, entries: readonly CustodyEntry[]): Failure[] {
  const failures: Failure[] = []
  const keys = new Map<string, ReturnType<typeof publicKeyOf>>()
  for (const person of persons(db)) {
    if (fingerprintOf(person.publicKey) === person.fingerprint) keys.set(person.fingerprint, publicKeyOf(person.publicKey))
    else
      failures.push({
        code: 'person-key-changed',
        what: 'The public key kept for this person is not the key of that fingerprint.',
        where: `person ${person.fingerprint.slice(0, 16)}`,
        todo: 'Ask the person for the public key and compare the fingerprint; treat their entries as unsigned until then.',
      })
  }
  for (const entry of entries) {
    const text = signedText(entry.hash)
    if (entry.by.length === 0 || entry.by.length !== entry.signatures.length)
      failures.push(at(entry.seq, 'custody-unsigned', 'The entry lacks the signature of somebody it names.'))
    for (const [index, person] of entry.by.entries()) {
      const publicKey = keys.get(person.fingerprint)
      if (publicKey === undefined)
        failures.push(at(entry.seq, 'custody-signer-unknown', 'The case keeps no public key for the person who signed.'))
      else if (!signatureHolds({ publicKey, text, signature: entry.signatures[index] ?? '' }))
        failures.push(at(entry.seq, 'custody-signature', 'The signature does not belong to this entry and this key.'))
    }
  }
  return failures
}

function headFailures(entries: readonly CustodyEntry[], head: GivenHead): Failure[] {
  const where = 'end of the chain of custody'
  const todo = 'Compare with the copy of the case that the head came from; the entries after the last common one are in doubt.'
  const entry = entries.find((one) => one.hash === head.hash)
  if (entry === undefined && head.count !== undefined && entries.length < head.count)
    return [
      {
        code: 'custody-truncated',
        what: `The chain ends at entry ${entries.at(-1)?.seq ?? 0}; the head says ${head.count} entries were there.`,
        where,
        todo,
      },
    ]
  if (entry === undefined)
    return [
      {
        code: 'custody-head-missing',
        what: 'The chain does not hold the entry of the head: it was cut off or rewritten.',
        where,
        todo,
      },
    ]
  const differs =
    (head.count !== undefined && head.count !== entry.seq) ||
    (head.fingerprint !== undefined && head.fingerprint !== (entry.by[0]?.fingerprint ?? ''))
  return differs
    ? [{ code: 'custody-head-differs', what: 'Number or signing key of the entry differ from the head.', where, todo }]
    : []
}

function timeNotes(entries: readonly CustodyEntry[]): string[] {
  const back = entries.filter((entry, index) => entry.at < (entries[index - 1]?.at ?? ''))
  return back.length === 0
    ? []
    : [
        `${back.length} custody entries carry a time before the entry they follow (first: entry ${back[0]?.seq}); clocks differed or were set.`,
      ]
}

function at(seq: number, code: string, what: string): Failure {
  const todo = 'Compare with a copy of the case kept elsewhere; what this entry records is not shown by the chain any more.'
  return { code, what, where: `custody entry ${seq}`, todo }
}
