import { z } from 'zod'

const named = z.object({ name: z.string(), words: z.string() }).strict()
const readingKinds = [
  'access',
  'possession',
  'quantity',
  'recency',
  'system',
  'third-party',
  'capability',
  'defacement',
  'sale',
  'insider-help',
  'denial',
  'threat',
] as const
const speakers = ['actor', 'victim', 'company', 'researcher', 'authority', 'pronoun'] as const

/** One rule of `readings`: a sentence that `when` matches, and `not` does not, says something of this kind. `<term>` stands for a term. */
const reading = z
  .object({
    kind: z.enum(readingKinds),
    when: z.string(),
    not: z.string().optional(),
    /** Only in the words of these speakers. */
    by: z.array(z.enum(['actor', 'victim', 'authority', 'researcher', 'press'])).optional(),
    /** Capitals count. */
    exact: z.boolean().default(false),
    /** The kind is a guess: a person should look. */
    unsure: z.string().optional(),
  })
  .strict()

const speaker = z.object({ role: z.enum(speakers), words: z.string() }).strict()

/** Fields of meaning of a language, `data/claims/fields/LANGUAGE.yaml`: families of verbs and the shapes of sentence they stand in. */
export const fieldsSchema = z
  .object({
    /** How verbs take their forms: English endings, Malay affixes. */
    forms: z.enum(['suffixes', 'affixes']),
    /** Families of verbs, by name: `<name>` stands for every form, `<name.done>` for what is done, `<name.suffered>` for what is suffered. */
    families: z.record(z.string().regex(/^[a-z]+$/), z.array(z.string())).default({}),
    terms: z.record(z.string().regex(/^[a-z]+$/), z.string()).default({}),
    speakers: z.array(speaker).default([]),
    /** Further alternatives of patterns. */
    patterns: z.record(z.string(), z.string()).default({}),
    readings: z.array(reading).default([]),
  })
  .strict()

/** One language of claims: `data/claims/LANGUAGE.yaml`. Every list may be left out. Patterns are regular expressions without marks. */
export const languageSchema = z
  .object({
    language: z.string().regex(/^[a-z]{2}$/),
    name: z.string(),
    /** Words that tell the language of a sentence: where none stands, its readings are not tried. Empty: tried on every sentence. */
    tells: z.string().default(''),
    /** Parts that patterns of `readings` use as `<name>`. */
    terms: z.record(z.string(), z.string()).default({}),
    /** Words as people write them in messages, small letters alone, and what is read for them. */
    casual: z.record(z.string().regex(/^\p{Ll}+$/u), z.string()).default({}),
    /** Patterns by the name that the reader asks for; those of all languages are tried. */
    patterns: z.record(z.string(), z.string()).default({}),
    speakers: z.array(speaker).default([]),
    finding: z.string().default(''),
    'company-forms': z.string().default(''),
    'not-organisations': z.string().default(''),
    'sentence-starts': z.string().default(''),
    units: z.array(named).default([]),
    'data-units': z.array(z.string()).default([]),
    qualifiers: z
      .array(
        z
          .object({ meant: z.enum(['at least', 'at most', 'about']), strict: z.boolean().default(false), words: z.string() })
          .strict(),
      )
      .default([]),
    numbers: z.record(z.string(), z.number()).default({}),
    multipliers: z.record(z.string(), z.number()).default({}),
    currencies: z.array(z.object({ unit: z.string(), words: z.string() }).strict()).default([]),
    times: z
      .array(z.object({ seconds: z.number(), letter: z.enum(['TM', 'TH', 'D', 'W']), words: z.string() }).strict())
      .default([]),
    months: z.array(z.string()).default([]),
    /** Recurrences in one word, by their ISO 8601 duration. */
    often: z.record(z.string(), z.string()).default({}),
    weekdays: z.array(z.string()).default([]),
    zones: z.array(z.object({ offset: z.string().regex(/^[+-]\d{2}:\d{2}$/), words: z.string() }).strict()).default([]),
    /** Use of data that others report: key and words. */
    abuse: z.record(z.string(), z.string()).default({}),
    'data-kinds': z.array(z.object({ key: z.string(), label: z.string(), words: z.string() }).strict()).default([]),
    points: z.partialRecord(z.enum(['statement', 'actor', 'method', 'demand']), z.record(z.string(), z.string())).default({}),
    readings: z.array(reading).default([]),
  })
  .strict()

export type Language = z.infer<typeof languageSchema>
export type ReadingKind = (typeof readingKinds)[number]
