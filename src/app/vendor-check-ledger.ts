import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { checkBounds, type Ask, type Commitment } from '../vendor-check/index.ts'

const line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('commitment'), at: z.string(), case: z.string(), commitment: z.string() }),
  z.strictObject({
    kind: z.literal('answer'),
    at: z.string(),
    case: z.string(),
    ask: z.string(),
    items: z.int().min(0),
    because: z.string().optional(),
  }),
])

type Line = z.infer<typeof line>

/** What a vendor has committed to and answered with a seed, beside the seed file; lines are only added. */
export function ledgerPath(seedFile: string): string {
  return `${seedFile}.ledger.jsonl`
}

/** Writes a commitment down. */
export function enterCommitment(path: string, commitment: Commitment): void {
  const { at, case: of, id } = commitment
  if (!read(path).some((one) => one.kind === 'commitment' && one.commitment === id))
    append(path, { kind: 'commitment', at, case: of, commitment: id })
}

/**
 * Writes down that a question is about to be answered; the same question again costs nothing. Throws a `UserError` for a commitment that
 * was never made, for more items than the limit of the case, and for a second question that is to be counted, unless a reason is given.
 */
export function admit(
  path: string,
  question: { readonly ask: Ask; readonly at: string; readonly limit?: number; readonly because?: string },
): void {
  const { ask, at, because } = question
  const { commitment } = ask
  const limit = question.limit ?? checkBounds.itemsPerCase
  const lines = read(path)
  if (!lines.some((one) => one.kind === 'commitment' && one.commitment === commitment.id))
    throw new UserError({
      code: 'commitment-unknown',
      message: `${path} knows no commitment ${commitment.id.slice(0, 16)}`,
      hint: 'the question must be about a commitment.json made here with this seed file; keep the ledger beside the seed',
    })
  const answered = lines.flatMap((one) => (one.kind === 'answer' && one.case === commitment.case ? [one] : []))
  if (answered.some((one) => one.ask === ask.id)) return
  const before = answered.reduce((sum, one) => sum + one.items, 0)
  if (before + ask.elements.length > limit)
    throw new UserError({
      code: 'limit-reached',
      message: `${before} items were answered in case ${commitment.case}; ${ask.elements.length} more would pass the limit of ${limit}`,
      hint: 'a smaller question is answered; a higher limit is a decision of yours (--limit)',
    })
  if (commitment.mode === 'count' && answered.length > 0 && because === undefined)
    throw new UserError({
      code: 'asked-before',
      message: `another question of case ${commitment.case} was counted already; the difference of two counts can tell of single rows`,
      hint: 'ask why there are two; answer it with --another REASON, which is written down',
    })
  append(path, {
    kind: 'answer',
    at,
    case: commitment.case,
    ask: ask.id,
    items: ask.elements.length,
    ...(because === undefined ? {} : { because }),
  })
}

function append(path: string, one: Line): void {
  appendFileSync(path, `${JSON.stringify(one)}\n`, { mode: 0o600, flush: true })
}

function read(path: string): Line[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines
    .filter((text) => text !== '')
    .map((text, at) => {
      try {
        return line.parse(JSON.parse(text))
      } catch (cause) {
        throw new UserError({
          code: 'ledger-unreadable',
          message: `line ${at + 1} of ${path} cannot be read`,
          hint: 'restore the ledger from a backup; nothing is answered without it',
          cause,
        })
      }
    })
}
