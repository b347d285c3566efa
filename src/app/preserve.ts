import { contentId, parseIso, sha256, UserError } from '../base/index.ts'
import { recordLoss, recordPreservation, type Loss } from '../casefile/index.ts'
import type { Signer } from '../evidence/index.ts'
import { preservationRequest, type LosingSource, type LostNext } from '../response/index.ts'
import { lastAnswer } from './last-answer.ts'
import type { CaseStore } from './case-store.ts'
import { isDay, lostNext, type AskedPeriod } from './lost-next.ts'
import type { Workspace } from './workspace.ts'

/** A preservation request as text, and its number when it was recorded. */
export interface WrittenRequest {
  readonly text: string
  readonly number?: string
}

interface OnCase {
  readonly workspace: Pick<Workspace, 'path'>
  readonly store: CaseStore
  readonly signer: Signer
  /** ISO 8601 UTC. */
  readonly now: string
}

/** What is lost next in a case, for the period asked or the one the claim needs. */
export function whatIsLostNext({ workspace, store, now }: Omit<OnCase, 'signer'>, asked: AskedPeriod = {}): LostNext {
  for (const day of [asked.from, asked.to])
    if (day !== undefined && !isDay(day))
      throw new UserError({
        code: 'day-wrong',
        message: `"${day}" is no day`,
        hint: 'write days as 2026-01-06; they are UTC days',
        exitCode: 2,
      })
  if (asked.from !== undefined && asked.to !== undefined && asked.to < asked.from)
    throw new UserError({
      code: 'days-backwards',
      message: 'the last day asked for is before the first',
      hint: 'give the first day with --from and the last with --to',
      exitCode: 2,
    })
  const found = lostNext({ workspace, store, answer: lastAnswer(store), now, asked })
  if (found.period !== undefined) return found
  throw new UserError({
    code: 'period-unknown',
    message: 'nothing in the case says from when logs are needed',
    hint: 'give the first day with --from 2026-01-06 (and the last with --to)',
  })
}

/** The request for one source; with `record` it is written into the ledger with its hash. */
export function writeRequest(
  on: OnCase,
  request: { readonly source: string; readonly asked?: AskedPeriod; readonly record: boolean },
): WrittenRequest {
  const next = whatIsLostNext(on, request.asked)
  const losing = sourceOf(next, request.source)
  const [first] = losing.open
  const last = losing.open.at(-1)
  if (first === undefined || last === undefined)
    throw new UserError({
      code: 'nothing-to-preserve',
      message: `${request.source} has no day left to preserve`,
      hint: 'see "breachline preserve list"; record what is lost with "breachline preserve lost"',
    })
  const { store, signer, now } = on
  const reference = contentId('P', { case: store.id, source: losing.source, from: first.from, to: last.to }).slice(0, 14)
  const text = preservationRequest({ losing, reference, by: signer.name, now: next.now, zone: store.info().zone })
  if (!request.record) return { text }
  const { number } = recordPreservation(store.db, {
    by: signer,
    at: now,
    source: losing.source,
    from: first.from,
    to: last.to,
    ...(losing.next === undefined ? {} : { due: losing.next.begins }),
    text: sha256(text),
  })
  return { text, number }
}

/** What a person states to be lost; without days, those that the inventory's retention says are overwritten. */
export interface StatedLoss {
  readonly source: string
  readonly from?: string
  readonly to?: string
  /** ISO 8601; when the last of it went, by retention, when absent. */
  readonly lostAt?: string
  readonly reason: string
}

/** Writes a loss into the ledger in the person's name. */
export function writeLoss(on: OnCase, { source, from, to, lostAt, reason }: StatedLoss): Loss {
  const losing = sourceOf(
    whatIsLostNext(on, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }),
    source,
  )
  const first = from ?? losing.lost[0]?.from
  const last = to ?? from ?? losing.lost.at(-1)?.to
  if (first === undefined || last === undefined)
    throw new UserError({
      code: 'loss-unknown',
      message: `by its retention ${source} has lost no needed day`,
      hint: 'name the days that are gone with --from and --to',
    })
  const at = parseIso(lostAt ?? losing.lostSince ?? on.now)?.at ?? on.now
  return recordLoss(on.store.db, { by: on.signer, at: on.now, source, from: first, to: last, lostAt: at, reason })
}

function sourceOf(next: LostNext, source: string): LosingSource {
  const found = next.sources.find((one) => one.source === source)
  if (found !== undefined) return found
  throw new UserError({
    code: 'log-source-unknown',
    message: `the inventory has no log source "${source}"`,
    hint:
      next.sources.length === 0
        ? 'import an inventory with log sources: breachline inventory import log-sources.csv'
        : `log sources: ${next.sources.map((one) => one.source).join(', ')}`,
  })
}
