import { z } from 'zod'
import { minuteText, parseIso, unreachable } from '../../base/index.ts'

const name = z.string().trim().min(1).max(200)
const stated = z
  .string()
  .max(40)
  .refine((one) => parseIso(one)?.zone === 'stated', 'is no ISO 8601 time with its zone')
/** Pseudonyms (`P-3f9a1c2e77b0`); never a number or a name. */
const persons = z
  .array(z.string().regex(/^P-[0-9a-f]{12,64}$/, 'is no pseudonym such as P-3f9a1c2e77b0'))
  .min(1)
  .max(10_000)

export const channelKinds = ['in-person', 'phone', 'letter', 'text-message', 'through-authority'] as const

/** What a named person enters about persons at risk; kept in the compartment of the disclosure desk. */
export const atRiskActSchema = z.discriminatedUnion('act', [
  /** Whether the law lets (or makes) an authority be asked before the person is told. */
  z.strictObject({ act: z.literal('law'), allows: z.enum(['yes', 'no', 'unknown']) }),
  z.strictObject({ act: z.literal('ask'), persons, authority: name, at: stated, channel: name }),
  z
    .strictObject({
      act: z.literal('authority-answer'),
      persons,
      authority: name,
      at: stated,
      /** `none`: it did not answer in the time that was set. */
      answer: z.enum(['go', 'delay', 'none']),
      until: stated.optional(),
      ref: name.optional(),
    })
    .refine((one) => (one.answer === 'delay') === (one.until !== undefined), 'a delay, and only a delay, has an until-date'),
  /** How the person is reached; `system`: id in the inventory of what carries it, absent where none of ours does. */
  z.strictObject({ act: z.literal('channel'), persons, kind: z.enum(channelKinds), system: name.optional() }),
  /** The access is cut; or no eviction has to be waited for. */
  z.strictObject({ act: z.literal('eviction'), state: z.enum(['done', 'not-needed']), at: stated }),
  z.strictObject({ act: z.literal('release'), persons }),
  z.strictObject({ act: z.literal('told'), persons, at: stated, reached: z.boolean() }),
  z.strictObject({ act: z.literal('close'), persons }),
])

export type AtRiskAct = z.infer<typeof atRiskActSchema>

/** An act in a sentence. */
function atRiskWords(act: AtRiskAct): string {
  const who = 'persons' in act ? act.persons.join(', ') : ''
  switch (act.act) {
    case 'law':
      return `Whether the law lets an authority be asked before persons are told: ${act.allows}`
    case 'ask':
      return `${act.authority} asked about ${who}, ${minuteText(act.at)} UTC, by ${act.channel}`
    case 'authority-answer':
      return `${act.authority}, ${minuteText(act.at)} UTC, on ${who}: ${act.answer === 'go' ? 'may be told' : act.answer === 'none' ? 'did not answer' : `wait until ${minuteText(act.until ?? '')} UTC`}${act.ref === undefined ? '' : ` (${act.ref})`}`
    case 'channel':
      return `${who}: to be reached by ${act.kind}, carried by ${act.system ?? 'no system of ours'}`
    case 'eviction':
      return act.state === 'done' ? `The access was cut, ${minuteText(act.at)} UTC` : 'No eviction has to be waited for'
    case 'release':
      return `Released to be told: ${who}`
    case 'told':
      return `${who}: ${act.reached ? 'told' : 'tried, not reached'}, ${minuteText(act.at)} UTC`
    case 'close':
      return `Taken out of the queue: ${who}`
    default:
      return unreachable(act)
  }
}

/** An act as the text of a note: the sentence, the reason, and the act itself on the last line. */
export function keepAtRiskAct(act: AtRiskAct, reason: string): string {
  const line = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
  return `${line(atRiskWords(act))}\n${line(reason)}\n${JSON.stringify({ atRisk: act })}`
}

/** The act and the reason of such a note; undefined for another. */
export function readAtRiskAct(text: string): { readonly act: AtRiskAct; readonly reason: string } | undefined {
  const [, reason = '', kept = '', ...more] = text.split('\n')
  if (more.length > 0 || !kept.startsWith('{"atRisk":')) return undefined
  let value: unknown
  try {
    value = JSON.parse(kept)
  } catch {
    return undefined
  }
  const parsed = atRiskActSchema.safeParse((value as { atRisk?: unknown }).atRisk)
  return parsed.success ? { act: parsed.data, reason } : undefined
}
