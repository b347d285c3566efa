import { z } from 'zod'
import { limits } from '../base/index.ts'
import { isZone } from './calendar.ts'
import { citeSchema } from './cite-schema.ts'
import { formKeys } from './form-key.ts'
import { harmFactsSchema } from './harm-facts.ts'
import { designations, judgementKeys, roles } from './judgement.ts'

const factText = z.string().min(1).max(4_000)
const moment = z.union([
  z.string().max(40).describe('ISO 8601; without an offset it is read in `zone`; without that too its zone is asked for'),
  z.strictObject({
    at: z.string().max(40),
    zone: z.enum(['stated', 'assumed', 'unknown']),
    bound: z.enum(['exact', 'not-later-than', 'not-earlier-than']).optional(),
    text: factText.optional(),
  }),
])
export type StatedMoment = z.infer<typeof moment>

/** Kinds of moment from which a clock could run. */
export const eventKinds = [
  'occurrence',
  'suspicion',
  'detection',
  'awareness',
  'informed-by-third-party',
  'assessment',
  'materiality',
] as const
const kind = z.enum(eventKinds)
const zone = z.string().max(64).refine(isZone, 'not a time zone (such as +08:00 or Europe/Berlin)')
const cites = z.array(citeSchema).max(limits.citesPerSentence).optional()
const jurisdiction = z.string().regex(/^[A-Z]{2}$/)
const answer = z.enum(['yes', 'no', 'unknown'])
const persons = z.int().min(0)
const range = 'min is above max'

/** The facts file of `due --facts`. */
export const factsSchema = z.strictObject({
  zone: zone.optional().describe('zone of times that state none, and of authorities whose zone is not given'),
  jurisdictions: z.array(jurisdiction).max(50).describe('where a duty could arise, such as MY and EU'),
  zones: z.record(jurisdiction, zone).optional().describe('zone of the authority concerned, by jurisdiction'),
  roles: z.array(z.enum(roles)).describe('what the operator is, as the operator states it'),
  designations: z
    .partialRecord(z.enum(designations), answer)
    .default({})
    .describe('whether an authority has designated the operator; confidential, never exported'),
  enabled: z
    .array(z.strictObject({ law: factText, by: factText, reason: factText, cites }))
    .max(200)
    .default([])
    .describe('drafts of laws that a named person enabled for these facts, by id'),
  candidates: z
    .array(z.strictObject({ kind, at: moment, learned: moment.optional(), text: factText, cites }))
    .max(10_000)
    .default([])
    .describe('moments from which a clock could run; `learned` is when it became known, when that was later'),
  decisions: z
    .array(
      z.strictObject({
        kind: kind.default('awareness'),
        at: moment,
        made: moment.optional(),
        by: factText,
        reason: factText,
        cites,
      }),
    )
    .max(1_000)
    .default([])
    .describe('what named persons decided: "we were aware at ..."; the last one of a kind counts; `made` is when they decided'),
  persons: z
    .strictObject({ min: persons.optional(), max: persons.optional(), text: factText.optional(), cites })
    .refine((one) => one.min === undefined || one.max === undefined || one.min <= one.max, range)
    .default({})
    .describe('persons affected (not rows, not lines); leave out what is not known'),
  counts: z
    .array(
      z
        .strictObject({ at: moment, min: persons.optional(), max: persons.optional(), text: factText.optional(), cites })
        .refine((one) => one.min === undefined || one.max === undefined || one.min <= one.max, range),
    )
    .max(1_000)
    .default([])
    .describe('how the count of persons changed: each from its moment on, in place of `persons`'),
  judgements: z
    .partialRecord(
      z.enum(judgementKeys),
      z.union([
        answer,
        z.strictObject({ answer, by: factText.optional(), reason: factText.optional(), at: moment.optional(), cites }),
      ]),
    )
    .default({}),
  dataCategories: z.array(factText).max(500).default([]),
  harm: harmFactsSchema.default({}),
  newFacts: z
    .array(z.strictObject({ at: moment, text: factText, cites }))
    .max(1_000)
    .default([])
    .describe('facts that became known later, for duties that arise with each new fact'),
  delays: z
    .array(z.strictObject({ duty: factText, until: moment, granted: moment, by: factText, ref: factText.optional(), cites }))
    .max(1_000)
    .default([])
    .describe('dates an authority put off: which duty, until when, granted when and by whom'),
  notNotified: z
    .array(z.strictObject({ duty: factText, by: factText, at: moment, reason: factText, cites }))
    .max(1_000)
    .default([])
    .describe('duties for which a named person decided that no notice is given'),
  done: z
    .array(z.strictObject({ duty: factText, at: moment, ref: factText.optional(), cites }))
    .max(1_000)
    .default([])
    .describe('steps already taken; `duty` is an id such as my-pdpa-12b/commissioner'),
  entries: z
    .partialRecord(z.enum(formKeys), z.union([factText, z.strictObject({ text: factText, cites })]))
    .default({})
    .describe('answers for the fields of the forms'),
})
