import { z } from 'zod'

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a-z, 0-9 and dashes')
const line = z.string().trim().min(1).max(600)
const patterns = z.array(line).max(200)

/** What a statement can speak of. */
const topics = ['access', 'data', 'outside', 'contained', 'skill', 'few'] as const

export type Topic = (typeof topics)[number]

/** For whom a statement is. */
export const audiences = ['customers', 'press', 'regulator', 'staff', 'partners'] as const

export type Audience = (typeof audiences)[number]

const template = z.strictObject({
  default: z.string().max(600).optional(),
  customers: z.string().max(600).optional(),
  press: z.string().max(600).optional(),
  regulator: z.string().max(600).optional(),
  staff: z.string().max(600).optional(),
  partners: z.string().max(600).optional(),
})

/** One language of `data/phrases`: how it says things that are checked, compared and drafted. Patterns are read by `word-pattern.ts`. */
export const languageSchema = z.strictObject({
  language: z.enum(['en', 'ms']),
  name: line,
  /** Words by name; `<name>` in a pattern stands for them. */
  sets: z.record(id, line),
  /** Shortened words after which a full stop ends no sentence. */
  abbreviations: z.array(line),
  months: z.record(line, z.int().min(1).max(12)),
  /** Words after a time of day that add twelve hours, and words that leave it. */
  afternoon: z.array(line),
  morning: z.array(line),
  multipliers: z.record(line, z.int().min(10).max(1_000_000_000)),
  numbers: z.record(line, z.int().min(0).max(100)),
  /** What is counted: persons, records, systems. */
  units: z.record(z.enum(['persons', 'records', 'systems']), line),
  qualifiers: z.strictObject({ least: patterns, most: patterns, about: patterns }),
  /** A count of a sample, and a count that somebody else claims. */
  scopes: z.strictObject({ sample: patterns, base: patterns }),
  /** Words before which nothing is said as fact: `we do not yet know whether`. */
  unknown: patterns,
  /** Words that report what somebody else says. */
  claimed: patterns,
  /** Words that assure or deny, words of the matter, and words of frankness: an assurance that no checked phrase knows is for a person to read. */
  assuring: patterns,
  matters: patterns,
  frank: patterns,
  /** `from ... on` with one date: the period goes on until now. */
  since: patterns,
  /** Words by which a sentence is about a topic, where the phrase does not say it. */
  about: z.record(z.enum(['access', 'data', 'outside']), patterns),
  /** What a date belongs to. */
  when: z.record(z.enum(['aware', 'access', 'published']), patterns),
  /** What is said of a topic. */
  says: z.array(z.strictObject({ topic: z.enum(topics), value: z.enum(['yes', 'no']), patterns, unless: patterns.default([]) })),
  /** Phrases that need coverage and an adopted finding. */
  checked: z.array(
    z.strictObject({
      id,
      /** Absent: the sentence's words tell (`about`). */
      topic: z.enum(topics).optional(),
      patterns: patterns.min(1),
      /** Found anywhere in the sentence, they take the meaning away. */
      unless: patterns.default([]),
      /** What can be said in its place. */
      instead: line,
    }),
  ),
  /** Sentences that drafts are made of; `{name}` is filled in. */
  sentences: z.record(id, template),
  /** Kinds of data, and units of claimed amounts, by their English name. */
  categories: z.record(line, line),
  unitNames: z.record(line, line).default({}),
})

export type LanguageFile = z.infer<typeof languageSchema>
