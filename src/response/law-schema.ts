import { z } from 'zod'
import { formKeys } from './form-key.ts'
import { designations, judgementKeys, origins, roles } from './judgement.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const id = z.string().regex(/^[a-z0-9-]{1,64}$/, 'an id is lower-case letters, digits and hyphens')
const sentence = z.string().min(3).max(600)
const triggerKind = z.enum([
  'occurrence',
  'suspicion',
  'detection',
  'awareness',
  'informed-by-third-party',
  'assessment',
  'materiality',
  'previous-step',
  'new-fact',
])
const count = z.int().min(1).max(1_000)

const period = z.union(
  [
    z.strictObject({ hours: count }),
    z.strictObject({ days: count }),
    z.strictObject({ businessDays: count, calendar: id }),
    z.strictObject({ months: z.int().min(1).max(60) }),
  ],
  { error: 'a period is { hours: N }, { days: N }, { months: N } or { businessDays: N, calendar: ID }' },
)

const condition = z.union(
  [
    z.strictObject({ personsOver: z.int().min(0) }),
    z.strictObject({ personsAtLeast: z.int().min(1) }),
    z.strictObject({ judgement: z.enum(judgementKeys), is: z.enum(['yes', 'no']) }),
    z.strictObject({ rule: id }),
  ],
  {
    error: `a condition is { personsOver: N }, { personsAtLeast: N }, { rule: ID } or { judgement: KEY, is: yes|no } with KEY one of ${judgementKeys.join(', ')}`,
  },
)
const group = z.strictObject({ text: sentence, any: z.array(condition).min(1) })

const source = z.strictObject({
  text: sentence,
  url: z.url({ protocol: /^https?$/ }).optional(),
  read: day,
  basis: z.enum(['text', 'summary', 'excerpt', 'memory', 'own']),
})

const rule = z.strictObject({
  id,
  recipient: sentence,
  step: sentence,
  /** Whose duty it is, when not every role of the law bears it. */
  roles: z.array(z.enum(roles)).min(1).optional(),
  trigger: z.array(triggerKind).min(1),
  /** Kinds of decision that fix the start; absent for a step that follows another. */
  settledBy: z.array(triggerKind).optional(),
  /** Kinds that some source also counts from: shown as a reading, never as the clock. */
  contested: z.array(triggerKind).optional(),
  contestedNote: sentence.optional(),
  after: id.optional(),
  promptly: z.string().min(3).max(80).optional(),
  period: period.optional(),
  thresholds: z.array(group),
  /** When one is met, the duty falls away. */
  exemptions: z.array(group).default([]),
  /** Who may put the date off, and on what ground; absent: no grant moves the clock. */
  delay: z.strictObject({ by: sentence, text: sentence }).optional(),
  form: id,
  source,
  notes: z.array(sentence).default([]),
})

/** The form of a law file, and of a person's own file of duties from a licence, listing rule, contract or policy. */
export const lawSchema = z
  .strictObject({
    id,
    law: sentence,
    origin: z.enum(origins).default('law'),
    jurisdiction: z
      .string()
      .regex(/^[A-Z]{2}$/, 'a jurisdiction is two capital letters, such as MY or EU')
      .optional(),
    /** IANA zone, or `authority`: the zone of the authority concerned, stated with the facts. */
    zone: z.string().min(2).max(64),
    /** Westernmost and easternmost zone an authority under this law can have: bounds what is asked for. */
    authorityZones: z.array(z.string().max(64)).length(2).optional(),
    /** The law binds whom an authority has designated; asked for, confidential. */
    designation: z.enum(designations).optional(),
    roles: z.array(z.enum(roles)).min(1),
    status: z.enum(['in-force', 'proposed', 'uncertain']),
    /** First day, or month or year where the source says no more; absent only while nobody has established it. */
    effectiveFrom: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a day, month or year is written YYYY-MM-DD, YYYY-MM or YYYY')
      .optional(),
    effectiveTo: day.optional(),
    version: z.string().min(1),
    /** Day on which the file as a whole was last held against its sources. */
    checked: day,
    advice: z.literal('not legal advice'),
    /** What is still to be checked before a draft is enabled. */
    open: z.array(sentence).default([]),
    /** Duties that run without an event, such as keeping a register. */
    standing: z.array(z.strictObject({ text: sentence, source })).default([]),
    notes: z.array(sentence).default([]),
    rules: z.array(rule).min(1),
    forms: z.array(
      z.strictObject({
        id,
        note: sentence,
        fields: z.array(z.strictObject({ key: z.enum(formKeys), label: sentence })),
      }),
    ),
  })
  .refine((one) => one.origin !== 'law' || one.jurisdiction !== undefined, {
    path: ['jurisdiction'],
    error: 'a law has a jurisdiction',
  })
  .refine((one) => one.status === 'uncertain' || one.effectiveFrom !== undefined, {
    path: ['effectiveFrom'],
    error: 'a law that is in force or proposed says since when',
  })
  .refine((one) => one.status !== 'uncertain' || one.open.length > 0, {
    path: ['open'],
    error: 'an uncertain law says under "open" what is still to be checked',
  })

/** One law as its data file states it. */
export type Law = z.infer<typeof lawSchema>
export type LawRule = Law['rules'][number]
export type Condition = z.infer<typeof condition>
export type ConditionGroup = z.infer<typeof group>
export type Period = z.infer<typeof period>
