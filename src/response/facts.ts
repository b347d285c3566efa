import { z } from 'zod'
import { limits, parseIso, sha256, UserError, type Moment } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { citeSchema } from './cite-schema.ts'
import { formKeys, type FormKey } from './form-key.ts'
import { judgementKeys, roles, type JudgementKey, type Role } from './judgement.ts'
import { isZone } from './calendar.ts'

const text = z.string().min(1).max(4_000)
const moment = z.union([
  z.string().max(40).describe('ISO 8601; without an offset it is read in `zone`, or as UTC when `zone` is absent'),
  z.strictObject({
    at: z.string().max(40),
    zone: z.enum(['stated', 'assumed', 'unknown']),
    bound: z.enum(['exact', 'not-later-than', 'not-earlier-than']).optional(),
    text: text.optional(),
  }),
])
const kind = z.enum(['occurrence', 'suspicion', 'detection', 'awareness', 'informed-by-third-party', 'assessment', 'materiality'])
const zone = z.string().max(64).refine(isZone, 'not a time zone (such as +08:00 or Europe/Berlin)')
const cites = z.array(citeSchema).max(limits.citesPerSentence).optional()
const jurisdiction = z.string().regex(/^[A-Z]{2}$/)
const answer = z.enum(['yes', 'no', 'unknown'])

const factsSchema = z.strictObject({
  zone: zone.optional().describe('zone of times that state none, and of authorities whose zone is not given'),
  jurisdictions: z.array(jurisdiction).max(50).describe('where a duty could arise, such as MY and EU'),
  zones: z.record(jurisdiction, zone).optional().describe('zone of the authority concerned, by jurisdiction'),
  roles: z.array(z.enum(roles)).describe('what the operator is, as the operator states it'),
  candidates: z
    .array(z.strictObject({ kind, at: moment, text, cites }))
    .max(10_000)
    .default([])
    .describe('moments from which a clock could run'),
  decisions: z
    .array(z.strictObject({ kind: kind.default('awareness'), at: moment, by: text, reason: text, cites }))
    .max(1_000)
    .default([])
    .describe('what named persons decided: "we were aware at ..."; the last one of a kind counts'),
  persons: z
    .strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional(), text: text.optional(), cites })
    .refine((one) => one.min === undefined || one.max === undefined || one.min <= one.max, 'min is above max')
    .default({})
    .describe('persons affected (not rows, not lines); leave out what is not known'),
  judgements: z
    .partialRecord(
      z.enum(judgementKeys),
      z.union([answer, z.strictObject({ answer, by: text.optional(), reason: text.optional(), cites })]),
    )
    .default({}),
  dataCategories: z.array(text).max(500).default([]),
  done: z
    .array(z.strictObject({ duty: text, at: moment, ref: text.optional(), cites }))
    .max(1_000)
    .default([])
    .describe('steps already taken; `duty` is an id such as my-pdpa-12b/commissioner'),
  entries: z
    .partialRecord(z.enum(formKeys), z.union([text, z.strictObject({ text, cites })]))
    .default({})
    .describe('answers for the fields of the forms'),
})

type Answer = z.infer<typeof answer>

/** What the clocks are computed from: every item with its cites, every time with its zone. */
export interface Facts {
  readonly zone?: string
  readonly jurisdictions: readonly string[]
  readonly zones: Readonly<Record<string, string>>
  readonly roles: readonly Role[]
  readonly candidates: readonly Candidate[]
  readonly decisions: readonly AwarenessDecision[]
  readonly persons: { readonly min?: number; readonly max?: number; readonly text?: string; readonly cites: readonly Cite[] }
  readonly judgements: Readonly<Partial<Record<JudgementKey, Judgement>>>
  readonly dataCategories: readonly string[]
  readonly done: readonly { readonly duty: string; readonly at: Moment; readonly ref?: string; readonly cites: readonly Cite[] }[]
  readonly entries: Readonly<Partial<Record<FormKey, { readonly text: string; readonly cites: readonly Cite[] }>>>
}

export type EventKind = z.infer<typeof kind>

/** A moment from which a clock could run. */
export interface Candidate {
  readonly kind: EventKind
  readonly at: Moment
  readonly text: string
  readonly cites: readonly Cite[]
}

/** "We were aware at this moment": a person's decision with the reason; the last one of its kind counts. */
export interface AwarenessDecision {
  readonly kind: EventKind
  readonly at: Moment
  readonly by: string
  readonly reason: string
  readonly cites: readonly Cite[]
}

interface Judgement {
  readonly answer: Answer
  readonly by?: string
  readonly reason?: string
  readonly cites: readonly Cite[]
}

/** JSON Schema (2020-12) of the facts file, for `due --schema`. */
export function factsJsonSchema(): object {
  return z.toJSONSchema(factsSchema, { io: 'input' })
}

/**
 * Reads a facts file (JSON text). Items without cites cite the file itself by place. `zone` is the command's `--zone`,
 * which yields to the zone inside the file. Throws UserError naming the field that does not fit.
 */
export function readFacts(options: { readonly file: string; readonly text: string; readonly zone?: string }): Facts {
  const refuse = (message: string): never => {
    throw new UserError({
      code: 'facts-invalid',
      message: `${options.file}: ${message}`,
      hint: 'Run `breachline due --schema` for the form of the file.',
    })
  }
  if (options.text.length > limits.documentBytes) return refuse('larger than the limit')
  let raw: unknown
  try {
    raw = JSON.parse(options.text)
  } catch {
    return refuse('not JSON')
  }
  const parsed = factsSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse(`field ${issue?.path.join('.') || '(whole)'}: ${issue?.message ?? 'does not fit'}`)
  }
  const facts = parsed.data
  const version = sha256(options.text).slice(0, 16)
  const cite = (key: string, given: readonly Cite[] | undefined): readonly Cite[] =>
    given !== undefined && given.length > 0 ? given : [{ kind: 'reference', file: options.file, version, key }]
  const assume = facts.zone ?? options.zone
  const momentOf = (value: z.infer<typeof moment>, field: string): Moment => {
    const read = parseIso(typeof value === 'string' ? value : value.at, assume)
    if (read === undefined) return refuse(`field ${field}: not an ISO 8601 time`)
    if (typeof value === 'string') return read
    const { bound, text: said } = value
    return {
      at: read.at,
      zone: value.zone,
      ...(bound === undefined ? {} : { bound }),
      ...(said === undefined ? {} : { text: said }),
    }
  }
  const { min, max, text: personsText } = facts.persons
  return {
    ...(assume === undefined ? {} : { zone: assume }),
    jurisdictions: facts.jurisdictions,
    zones: facts.zones ?? {},
    roles: facts.roles,
    candidates: facts.candidates.map((one, n) => ({
      kind: one.kind,
      text: one.text,
      at: momentOf(one.at, `candidates.${n}.at`),
      cites: cite(`candidates/${n + 1}`, one.cites),
    })),
    decisions: facts.decisions.map((one, n) => ({
      kind: one.kind,
      by: one.by,
      reason: one.reason,
      at: momentOf(one.at, `decisions.${n}.at`),
      cites: cite(`decisions/${n + 1}`, one.cites),
    })),
    persons: {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(personsText === undefined ? {} : { text: personsText }),
      cites: cite('persons', facts.persons.cites),
    },
    judgements: Object.fromEntries(
      Object.entries(facts.judgements).map(([key, value]): [string, Judgement] => {
        if (typeof value === 'string') return [key, { answer: value, cites: cite(`judgements/${key}`, undefined) }]
        const { by, reason } = value
        const who = { ...(by === undefined ? {} : { by }), ...(reason === undefined ? {} : { reason }) }
        return [key, { answer: value.answer, ...who, cites: cite(`judgements/${key}`, value.cites) }]
      }),
    ),
    dataCategories: facts.dataCategories,
    done: facts.done.map((one, n) => ({
      duty: one.duty,
      at: momentOf(one.at, `done.${n}.at`),
      ...(one.ref === undefined ? {} : { ref: one.ref }),
      cites: cite(`done/${n + 1}`, one.cites),
    })),
    entries: Object.fromEntries(
      Object.entries(facts.entries).map(([key, value]) => {
        const said = typeof value === 'string' ? { text: value, cites: undefined } : value
        return [key, { text: said.text, cites: cite(`entries/${key}`, said.cites) }]
      }),
    ),
  }
}
