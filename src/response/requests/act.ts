import { z } from 'zod'
import { minuteText, parseIso, unreachable, type Canonical } from '../../base/index.ts'

const text = z.string().trim().min(1).max(4_000)
const name = z.string().trim().min(1).max(200)
const day = z
  .string()
  .refine((one) => /^\d{4}-\d{2}-\d{2}$/.test(one) && parseIso(one) !== undefined, 'is no day such as 2026-11-30')
const stated = z
  .string()
  .max(40)
  .refine((one) => parseIso(one)?.zone === 'stated', 'is no ISO 8601 time with its zone')
const request = z.string().regex(/^(?:P|RQ)\d{1,6}$/, 'is no request such as RQ1 or P1')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in lower case')

/** Where a due time comes from. */
const dueFrom = z.discriminatedUnion('kind', [
  /** A duty of the case: a contract's duty to hand over evidence. */
  z.strictObject({ kind: z.literal('duty'), duty: name }),
  /** From then on records that are asked for are overwritten. */
  z.strictObject({ kind: z.literal('retention'), source: name }),
  z.strictObject({ kind: z.literal('stated') }),
])

/** What is asked of whom: everything its text is made from. */
const draft = z.strictObject({
  act: z.literal('draft'),
  kind: z.enum(['evidence', 'preservation']),
  to: z.strictObject({ kind: z.enum(['vendor', 'authority', 'owner', 'other']), name }),
  /** Who asks, as the text says it. */
  from: name,
  /** What is asked for, one line each. */
  what: z.array(text).min(1).max(50),
  period: z.strictObject({ from: day, to: day }).optional(),
  reference: name,
  due: stated,
  dueFrom,
})

/** What happens to a request, as a named person enters it; kept as a decision. */
export const requestActSchema = z.discriminatedUnion('act', [
  draft.extend({ textSha256: sha256 }),
  z.strictObject({ act: z.literal('send'), request, at: stated, channel: name, to: name }),
  z.strictObject({ act: z.literal('remind'), request, at: stated, channel: name }),
  z.strictObject({ act: z.literal('extend'), request, due: stated }),
  z
    .strictObject({
      act: z.literal('answer'),
      request,
      at: stated,
      /** Files that can be checked, or only words about them. */
      gives: z.enum(['evidence', 'statement']),
      exhibits: z.array(z.strictObject({ number: z.string().regex(/^E\d{1,6}$/), sha256 })).max(1_000),
      /** Hashes of files that are not in the case. */
      hashes: z.array(sha256).max(1_000),
    })
    .refine(
      (one) => one.gives === 'statement' || one.exhibits.length + one.hashes.length > 0,
      'evidence needs an exhibit or a hash',
    ),
  z.strictObject({ act: z.literal('refuse'), request, at: stated }),
  z.strictObject({ act: z.literal('close'), request }),
])

export type RequestAct = z.infer<typeof requestActSchema>
export type RequestTerms = z.infer<typeof draft>

/** An act in the form in which a decision keeps it. */
export function keepRequestAct(act: RequestAct): Canonical {
  return { request: act as unknown as Canonical }
}

/** The act that a decision keeps; undefined when it changes something else. */
export function readRequestAct(change: unknown): RequestAct | undefined {
  if (typeof change !== 'object' || change === null || !('request' in change)) return undefined
  const parsed = requestActSchema.safeParse(change.request)
  return parsed.success ? parsed.data : undefined
}

/** An act in a sentence, as its decision says it. */
export function requestWords(act: RequestAct): string {
  switch (act.act) {
    case 'draft':
      return `Request for ${act.kind} to ${act.to.name} drafted (${act.reference}), due ${minuteText(act.due)} UTC`
    case 'send':
      return `${act.request} sent to ${act.to}, ${minuteText(act.at)} UTC, by ${act.channel}`
    case 'remind':
      return `${act.request} reminded, ${minuteText(act.at)} UTC, by ${act.channel}`
    case 'extend':
      return `${act.request} extended until ${minuteText(act.due)} UTC`
    case 'answer': {
      const files = [...act.exhibits.map((one) => one.number), ...act.hashes.map((one) => one.slice(0, 12))]
      return `${act.request} answered, ${minuteText(act.at)} UTC, by ${act.gives === 'evidence' ? `evidence (${files.join(', ')})` : 'a statement'}`
    }
    case 'refuse':
      return `${act.request} refused, ${minuteText(act.at)} UTC`
    case 'close':
      return `${act.request} closed`
    default:
      return unreachable(act)
  }
}
