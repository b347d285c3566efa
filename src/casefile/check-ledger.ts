import { sha256 } from '../base/index.ts'
import { readableCustody, type CustodyEntry, type Failure, type Findings } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'
import { findingId, type Proposal } from './finding.ts'

interface LedgerRow {
  readonly where: string
  readonly custody: number
  readonly said: string
}

/**
 * Checks the case file against the chain of custody, for `verify`: every ruling, decision, note, task, loss and request is the one that was signed,
 * none is missing, and every finding still has the content its id was made from and the wording it was ruled on.
 */
export function checkLedger(db: Db): Findings {
  const rows = [...rulingRows(db), ...actRows(db)]
  const entries = ledgerEntries(db)
  const failures: Failure[] = []
  for (const row of rows) {
    const entry = entries.get(row.custody)
    entries.delete(row.custody)
    if (entry === undefined || signedContent(entry) !== row.said)
      failures.push(failure('ledger-changed', 'The entry differs from what was signed, or nobody signed it.', row.where))
  }
  for (const entry of entries.values())
    failures.push(
      failure(
        'ledger-missing',
        `The chain tells of a ${entry.act}; the case file does not hold it.`,
        `custody entry ${entry.seq}`,
      ),
    )
  failures.push(...findingFailures(db))
  const what = `${rows.length} rulings, decisions, notes, tasks, losses and requests against the chain; findings against their ids`
  return { checks: [{ code: 'ledger', ok: failures.length === 0, what }], failures }
}

const ledgerActs: readonly string[] = [
  'ruling',
  'decision',
  'note',
  'task-opened',
  'task-closed',
  'loss-recorded',
  'preservation-requested',
]

function ledgerEntries(db: Db): Map<number, CustodyEntry> {
  return new Map(
    readableCustody(db)
      .filter((entry) => ledgerActs.includes(entry.act))
      .map((entry) => [entry.seq, entry]),
  )
}

function signedContent({ act, at, by, detail }: CustodyEntry): string {
  const names = by.map((person) => person.name)
  const { finding, ruling, reason, body, id } = detail
  return JSON.stringify(act === 'ruling' ? [act, at, names, finding, ruling, reason, body] : [act, at, names, id, body])
}

function rulingRows(db: Db): LedgerRow[] {
  interface Row extends Record<'finding' | 'ruling' | 'at' | 'by' | 'reason' | 'body', string> {
    readonly seq: number
    readonly custody: number
  }
  return db.all<Row>('SELECT * FROM rulings ORDER BY seq').map((row) => ({
    where: `ruling ${row.seq}`,
    custody: row.custody,
    said: JSON.stringify(['ruling', row.at, [row.by], row.finding, row.ruling, row.reason, row.body]),
  }))
}

function actRows(db: Db): LedgerRow[] {
  interface Row extends Record<'id' | 'kind' | 'at' | 'by' | 'body', string> {
    readonly number: number
    readonly custody: number
  }
  return db.all<Row>('SELECT * FROM acts ORDER BY seq').map((row) => ({
    where: `${row.kind} ${row.number}`,
    custody: row.custody,
    said: JSON.stringify([row.kind, row.at, namesOf(row.by), row.id, sha256(row.body)]),
  }))
}

function findingFailures(db: Db): Failure[] {
  const bodies = db.all<{ seq: number; id: string; body: string }>(
    'SELECT seq, id, body FROM finding_rows WHERE body IS NOT NULL ORDER BY seq',
  )
  const failures = bodies
    .filter((row) => idOf(row.body) !== row.id)
    .map((row) => failure('finding-changed', 'The content of the finding does not give its id.', `finding ${row.id}`))
  const worded = new Set(bodies.map((row) => `${row.id} ${sha256(row.body)}`))
  for (const row of db.all<{ seq: number; finding: string; body: string }>('SELECT seq, finding, body FROM rulings ORDER BY seq'))
    if (!worded.has(`${row.finding} ${row.body}`))
      failures.push(
        failure('finding-reworded', 'The finding no longer reads as it did when it was ruled on.', `ruling ${row.seq}`),
      )
  return failures
}

function idOf(body: string): string | undefined {
  try {
    return findingId(JSON.parse(body) as Proposal)
  } catch {
    return undefined
  }
}

function namesOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function failure(code: string, what: string, where: string): Failure {
  return { code, what, where, todo: 'The signed entry is the better witness; restore the case file from a backup.' }
}
