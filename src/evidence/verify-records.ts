import { sha256 } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import type { CustodyEntry } from './custody-entry.ts'
import { acquisitionId } from './exhibit.ts'
import { acquiredOf, type AcquisitionRow } from './exhibits.ts'
import type { Failure, Findings } from './verification.ts'
import { readableCustody } from './verify-chain.ts'

interface ExhibitRecord {
  readonly number: number
  readonly sha256: string
  readonly size: number
  readonly name: string
  readonly kind: string
  readonly role: string
  readonly blocks: Uint8Array
}

/** Checks that the tables of exhibits and acquisitions say what the signed chain says: no row more, none less, none changed. */
export function verifyRecords(db: Db): Findings {
  const entries = readableCustody(db).filter((entry) => entry.act.startsWith('exhibit-acquired'))
  const failures = [...exhibitFailures(db, entries), ...acquisitionFailures(db, entries)]
  const what = `exhibits and acquisitions against ${entries.length} custody entries`
  return { checks: [{ code: 'records', ok: failures.length === 0, what }], failures }
}

function exhibitFailures(db: Db, entries: readonly CustodyEntry[]): Failure[] {
  const failures: Failure[] = []
  const first = new Map(entries.filter((entry) => entry.act === 'exhibit-acquired').map((entry) => [entry.exhibit, entry.detail]))
  for (const row of db.all<ExhibitRecord>(
    'SELECT number, sha256, size, name, kind, role, blocks FROM exhibits ORDER BY number',
  )) {
    const number = `E${row.number}`
    const said = first.get(number)
    first.delete(number)
    if (said === undefined) failures.push(failure('exhibit-unrecorded', 'No custody entry tells of this exhibit.', number))
    else if (
      said['sha256'] !== row.sha256 ||
      said['size'] !== row.size ||
      said['name'] !== row.name ||
      said['kind'] !== row.kind ||
      said['role'] !== row.role ||
      said['blocks'] !== sha256(row.blocks)
    )
      failures.push(failure('exhibit-record-changed', 'The record of this exhibit differs from what was signed.', number))
  }
  for (const number of first.keys())
    failures.push(failure('exhibit-record-missing', 'The chain tells of this exhibit; its record is gone.', number ?? ''))
  return failures
}

function acquisitionFailures(db: Db, entries: readonly CustodyEntry[]): Failure[] {
  const failures: Failure[] = []
  const signed = new Map(entries.map((entry) => [entry.detail['acquisitionId'], entry.exhibit ?? '']))
  for (const row of db.all<AcquisitionRow>('SELECT * FROM acquisitions ORDER BY seq')) {
    const where = signed.get(row.id) ?? `acquisition of ${row.sha256.slice(0, 16)}`
    const known = signed.delete(row.id)
    if (!known || contentId(row) !== row.id)
      failures.push(failure('acquisition-record-changed', 'The record of an acquisition differs from what was signed.', where))
  }
  for (const where of signed.values())
    failures.push(failure('acquisition-record-missing', 'The chain tells of an acquisition whose record is gone.', where))
  return failures
}

function contentId(row: AcquisitionRow): string | undefined {
  try {
    return acquisitionId(row.sha256, acquiredOf(row))
  } catch {
    return undefined
  }
}

function failure(code: string, what: string, where: string): Failure {
  return { code, what, where, todo: 'The signed entry is the better witness; restore the case file from a backup.' }
}
