import { UserError } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { acts, wordsOf, writeAct, type Act, type ActBy } from './act.ts'

/** Records of a log source that are gone, as a named person states it. */
export interface NewLoss extends ActBy {
  /** Id of the log source in the inventory. */
  readonly source: string
  /** Days lost, both included, `YYYY-MM-DD` in UTC. */
  readonly from: string
  readonly to: string
  /** When they went, or when it was found, ISO 8601 UTC. */
  readonly lostAt: string
  /** How it is known, and why it happened. */
  readonly reason: string
}

/** A recorded loss: `L1`, `L2`, ... */
export interface Loss extends Omit<NewLoss, keyof ActBy> {
  readonly id: string
  readonly number: string
  readonly by: readonly string[]
  readonly at: string
  readonly custody: number
}

/** Records a loss, signed. The same loss sent twice is written once. Throws a UserError without a reason or with days the wrong way round. */
export function recordLoss(db: Db, loss: NewLoss): Loss {
  const reason = wordsOf(loss.reason, { what: 'A loss', hint: 'Say how it is known that the records are gone, and why.' })
  if (loss.to < loss.from)
    throw new UserError({
      code: 'days-backwards',
      message: 'The last day lost is before the first.',
      hint: 'Give the first day with --from and the last with --to.',
      exitCode: 2,
    })
  const { source, from, to, lostAt } = loss
  return lossOf(writeAct(db, { ...loss, kind: 'loss-recorded', prefix: 'L', body: { source, from, to, lostAt, reason } }))
}

/** Losses in the order they were recorded. */
export function losses(db: Db): readonly Loss[] {
  return acts(db, 'loss-recorded').map(lossOf)
}

/** A request to an owner to keep records, with the hash of the text that was written. */
export interface NewPreservation extends ActBy {
  readonly source: string
  readonly from: string
  readonly to: string
  /** Before when, ISO 8601 UTC; absent where the retention is not known. */
  readonly due?: string
  /** SHA-256 of the text. */
  readonly text: string
}

/** A recorded request: `P1`, `P2`, ... */
export interface Preservation extends Omit<NewPreservation, keyof ActBy> {
  readonly id: string
  readonly number: string
  readonly by: readonly string[]
  readonly at: string
  readonly custody: number
}

/** Records a preservation request, signed. */
export function recordPreservation(db: Db, request: NewPreservation): Preservation {
  const { source, from, to, due, text } = request
  return preservationOf(
    writeAct(db, { ...request, kind: 'preservation-requested', prefix: 'P', body: { source, from, to, due, text } }),
  )
}

/** Requests in the order they were recorded. */
export function preservations(db: Db): readonly Preservation[] {
  return acts(db, 'preservation-requested').map(preservationOf)
}

function lossOf(act: Act): Loss {
  const body = act.body as unknown as Pick<Loss, 'source' | 'from' | 'to' | 'lostAt' | 'reason'>
  return { ...body, id: act.id, number: `L${act.number}`, by: act.by, at: act.at, custody: act.custody }
}

function preservationOf(act: Act): Preservation {
  const body = act.body as unknown as Pick<Preservation, 'source' | 'from' | 'to' | 'due' | 'text'>
  return { ...body, id: act.id, number: `P${act.number}`, by: act.by, at: act.at, custody: act.custody }
}
