import { z } from 'zod'
import { invariant, parseIso, unreachable, type Canonical, type Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { isZone } from './calendar.ts'
import { eventKinds } from './facts-schema.ts'
import type { Facts } from './facts.ts'
import { formKeys } from './form-key.ts'
import { harmFactsSchema } from './harm-facts.ts'
import { judgementKeys } from './judgement.ts'

const text = z.string().trim().min(1).max(4_000)
const stated = z
  .string()
  .max(40)
  .refine((one) => parseIso(one)?.zone === 'stated', 'is no ISO 8601 time with its zone')
const count = z.int().min(0)

/** What a named person enters for the clocks of a case; kept as a decision with its reason. */
export const dueActSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('judge'), question: z.enum(judgementKeys), answer: z.enum(['yes', 'no', 'unknown']) }),
  z.strictObject({ act: z.literal('moment'), kind: z.enum(eventKinds), at: stated }),
  z.strictObject({ act: z.literal('done'), duty: text, at: stated, ref: text.optional() }),
  z.strictObject({ act: z.literal('delay'), duty: text, until: stated, granted: stated, by: text, ref: text.optional() }),
  z
    .strictObject({ act: z.literal('count'), at: stated, min: count.optional(), max: count.optional() })
    .refine((one) => (one.min ?? 0) <= (one.max ?? Number.MAX_SAFE_INTEGER), 'min is above max'),
  z.strictObject({ act: z.literal('new-fact'), at: stated, text }),
  z.strictObject({ act: z.literal('entry'), key: z.enum(formKeys), text }),
  z.strictObject({ act: z.literal('harm'), harm: harmFactsSchema }),
  z.strictObject({
    act: z.literal('zone'),
    jurisdiction: z.string().regex(/^[A-Z]{2}$/),
    zone: z.string().max(64).refine(isZone, 'is no time zone (such as Europe/Berlin)'),
  }),
  z.strictObject({ act: z.literal('enable-law'), law: text }),
  z.strictObject({ act: z.literal('not-notify'), duty: text }),
])

export type DueAct = z.infer<typeof dueActSchema>

/** An act in the form in which a decision keeps it. */
export function keepAct(act: DueAct): Canonical {
  return { due: act }
}

/** The act that a decision keeps; undefined when it changes something else. */
export function readAct(change: unknown): DueAct | undefined {
  if (typeof change !== 'object' || change === null || !('due' in change)) return undefined
  const parsed = dueActSchema.safeParse(change.due)
  return parsed.success ? parsed.data : undefined
}

/** An act with who entered it, when, why, and the cite of the decision. */
export interface EnteredAct {
  readonly act: DueAct
  readonly by: string
  readonly at: string
  readonly reason: string
  readonly cites: readonly Cite[]
}

/** Facts with what people entered, in the order in which they did; the later word on a question, field or zone counts. */
export function withActs(facts: Facts, entered: readonly EnteredAct[]): Facts {
  return entered.reduce(applied, facts)
}

function applied(facts: Facts, { act, by, at, reason, cites }: EnteredAct): Facts {
  switch (act.act) {
    case 'judge': {
      const judged = { answer: act.answer, by, reason, at: momentOf(at), cites }
      return { ...facts, judgements: { ...facts.judgements, [act.question]: judged } }
    }
    case 'moment':
      return {
        ...facts,
        decisions: [...facts.decisions, { kind: act.kind, at: momentOf(act.at), made: momentOf(at), by, reason, cites }],
      }
    case 'done':
      return {
        ...facts,
        done: [
          ...facts.done.filter((one) => one.duty !== act.duty),
          { duty: act.duty, at: momentOf(act.at), ...ref(act), cites },
        ],
      }
    case 'delay': {
      const delay = { duty: act.duty, until: momentOf(act.until), granted: momentOf(act.granted), by: act.by, ...ref(act), cites }
      return { ...facts, delays: [...(facts.delays ?? []), delay] }
    }
    case 'count': {
      const { min, max } = act
      const counted = {
        at: momentOf(act.at),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        text: reason,
        cites,
      }
      return { ...facts, counts: [...(facts.counts ?? []), counted] }
    }
    case 'new-fact':
      return { ...facts, newFacts: [...(facts.newFacts ?? []), { at: momentOf(act.at), text: act.text, cites }] }
    case 'entry':
      return { ...facts, entries: { ...facts.entries, [act.key]: { text: act.text, cites } } }
    case 'harm':
      return { ...facts, harm: { ...facts.harm, ...act.harm } }
    case 'zone':
      return { ...facts, zones: { ...facts.zones, [act.jurisdiction]: act.zone } }
    case 'enable-law':
      return { ...facts, enabled: [...(facts.enabled ?? []), { law: act.law, by, reason, cites }] }
    case 'not-notify':
      return {
        ...facts,
        notNotified: [...(facts.notNotified ?? []), { duty: act.duty, by, at: momentOf(at), reason, cites }],
      }
    default:
      return unreachable(act)
  }
}

function ref(act: { readonly ref?: string | undefined }): { readonly ref?: string } {
  return act.ref === undefined ? {} : { ref: act.ref }
}

/** A time that was checked when it was entered. */
function momentOf(text: string): Moment {
  const moment = parseIso(text)
  invariant(moment !== undefined, 'a time of an act was checked')
  return moment
}
