import { sha256, UserError } from '../base/index.ts'
import { appendCustody, type Signer } from '../evidence/index.ts'
import type { Db } from '../store/index.ts'
import { wordsOf } from './act.ts'
import type { Finding } from './finding.ts'
import { finding } from './findings.ts'
import { rulingStatus, type RulingKind } from './ruling-status.ts'

export interface Ruling {
  readonly ruling: RulingKind
  readonly by: Signer
  readonly reason: string
  /** Now, ISO 8601 UTC. */
  readonly at: string
}

/**
 * Rules on a finding, signed into the chain of custody together with a hash of the finding as it read at that moment.
 * Ruling the same again by the same person for the same reason adds nothing. Throws a UserError for an unknown finding, a missing
 * reason, or the adoption of a withdrawn finding.
 */
export function rule(db: Db, id: string, ruling: Ruling): Finding {
  const reason = wordsOf(ruling.reason, { what: 'A ruling', hint: 'Say in a sentence why: `--reason "..."`.' })
  return db.transaction(() => {
    const one = finding(db, id)
    if (one === undefined)
      throw new UserError({
        code: 'finding-unknown',
        message: `The case has no finding ${id}.`,
        hint: 'List the findings with `breachline case show`.',
      })
    if (ruling.ruling === 'adopt' && one.withdrawn === true)
      throw new UserError({
        code: 'finding-withdrawn',
        message: 'This finding was withdrawn: the last investigation no longer says it.',
        hint: 'Adopt the finding that took its place, or write a note.',
      })
    const repeated =
      one.ruling?.by === ruling.by.name && one.ruling.reason === reason && one.status === rulingStatus(ruling.ruling)
    if (!repeated) record(db, { id, ruling, reason })
    return finding(db, id) ?? one
  })
}

function record(db: Db, { id, ruling, reason }: { id: string; ruling: Ruling; reason: string }): void {
  const said = db.get<{ body: string }>(
    'SELECT body FROM finding_rows WHERE id = ? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1',
    id,
  )
  const body = sha256(said?.body ?? '')
  const entry = appendCustody(db, {
    at: ruling.at,
    act: 'ruling',
    by: [ruling.by],
    detail: { finding: id, ruling: ruling.ruling, reason, body },
  })
  db.run(
    'INSERT INTO rulings (finding, ruling, at, by, reason, body, custody) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    ruling.ruling,
    ruling.at,
    ruling.by.name,
    reason,
    body,
    entry.seq,
  )
}
