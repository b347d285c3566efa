import type { Db } from '../store/index.ts'
import type { Finding, FindingStatus, Proposal } from './finding.ts'
import { rulingStatus, type RulingKind } from './ruling-status.ts'

/** The findings as they stand, in the order they were first proposed; withdrawn ones are marked and kept. */
export function findings(
  db: Db,
  wanted: { readonly kind?: Proposal['kind']; readonly status?: FindingStatus; readonly withdrawn?: boolean } = {},
): readonly Finding[] {
  const rows = db.all<FindingRow>(
    wanted.kind === undefined ? `${view} ORDER BY first.seq` : `${view} WHERE last.kind = ? ORDER BY first.seq`,
    ...(wanted.kind === undefined ? [] : [wanted.kind]),
  )
  return rows
    .map(findingOf)
    .filter((one) => wanted.status === undefined || one.status === wanted.status)
    .filter((one) => wanted.withdrawn === undefined || (one.withdrawn ?? false) === wanted.withdrawn)
}

/** One finding as it stands; undefined when the case has none of that id. */
export function finding(db: Db, id: string): Finding | undefined {
  const row = db.get<FindingRow>(`${view} WHERE first.id = ?`, id)
  return row === undefined ? undefined : findingOf(row)
}

/** One line of a finding's life: what a run said, or what a person ruled. */
export type HistoryLine =
  | { readonly kind: 'run'; readonly act: 'proposed' | 'restated' | 'withdrawn'; readonly at: string; readonly run: string }
  | {
      readonly kind: 'ruling'
      readonly ruling: RulingKind
      readonly at: string
      readonly by: string
      readonly reason: string
      /** Number of the signed custody entry. */
      readonly custody: number
    }

/** Everything that happened to a finding, oldest first; empty for an unknown id. */
export function history(db: Db, id: string): readonly HistoryLine[] {
  const runs = db
    .all<{ act: 'proposed'; at: string; run: string }>('SELECT act, at, run FROM finding_rows WHERE id = ? ORDER BY seq', id)
    .map((row): HistoryLine => ({ kind: 'run', act: row.act, at: row.at, run: row.run }))
  const rulings = db
    .all<{ ruling: RulingKind; at: string; by: string; reason: string; custody: number }>(
      'SELECT ruling, at, by, reason, custody FROM rulings WHERE finding = ? ORDER BY seq',
      id,
    )
    .map((row): HistoryLine => ({ kind: 'ruling', ...row }))
  return [...runs, ...rulings].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

interface FindingRow {
  readonly id: string
  readonly at: string
  readonly supersedes: string | null
  readonly body: string
  readonly act: string
  readonly ruling: RulingKind | null
  readonly by: string | null
  readonly ruledAt: string | null
  readonly reason: string | null
}

const view = `
  SELECT first.id, first.at, first.supersedes, said.body, last.act, r.ruling, r.by, r.at AS ruledAt, r.reason
  FROM (SELECT id, min(seq) AS first, max(seq) AS last, max(iif(body IS NULL, NULL, seq)) AS said FROM finding_rows GROUP BY id) AS f
  JOIN finding_rows AS first ON first.seq = f.first
  JOIN finding_rows AS last ON last.seq = f.last
  JOIN finding_rows AS said ON said.seq = f.said
  LEFT JOIN (SELECT finding, max(seq) AS seq FROM rulings GROUP BY finding) AS latest ON latest.finding = f.id
  LEFT JOIN rulings AS r ON r.seq = latest.seq`

function findingOf(row: FindingRow): Finding {
  const proposal = JSON.parse(row.body) as Proposal
  const ruled = row.ruling !== null && row.ruling !== 'reopen'
  return {
    ...proposal,
    id: row.id,
    at: row.at,
    status: row.ruling === null ? 'proposed' : rulingStatus(row.ruling),
    ...(ruled ? { ruling: { by: row.by ?? '', at: row.ruledAt ?? '', reason: row.reason ?? '' } } : {}),
    ...(row.supersedes === null ? {} : { supersedes: row.supersedes }),
    ...(row.act === 'withdrawn' ? { withdrawn: true } : {}),
  }
}
