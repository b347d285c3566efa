import { parse } from 'yaml'
import { z } from 'zod'
import { limits } from '../../base/index.ts'
import { formKeys, type FormKey } from '../form-key.ts'

const sentence = z.string().trim().min(2).max(600)
const key = z.enum(formKeys)
const field = z.strictObject({
  ask: sentence,
  adopt: sentence.optional(),
  late: z.literal(true).optional(),
  filing: z.literal(true).optional(),
})
const form = z.strictObject({
  first: z.array(key).min(1).optional(),
  phased: z.literal(true).optional(),
  letter: z.literal(true).optional(),
  points: z.array(z.strictObject({ point: sentence, any: z.array(key).min(1) })).optional(),
  source: z.strictObject({
    text: sentence,
    url: z.url({ protocol: /^https?$/ }).optional(),
    read: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    basis: z.enum(['text', 'summary', 'excerpt', 'memory']),
  }),
})
const risk = z.enum(['identity', 'login', 'calls', 'sim', 'pretext'])
const advice = z.enum(['identity', 'password', 'contact', 'sim'])
const item = z.strictObject({
  id: z.string().regex(/^[a-z-]{1,40}$/),
  meanings: z.array(z.string().min(2).max(40)).min(1),
  words: z.array(z.string().min(2).max(40)).optional(),
  en: sentence,
  ms: sentence,
  risk,
  advice,
})
const headings = z.strictObject({
  summary: sentence,
  'data-nature': sentence,
  consequences: sentence,
  mitigation: sentence,
  advice: sentence,
  contact: sentence,
})
const language = z.strictObject({
  name: sentence,
  title: sentence,
  greeting: sentence,
  opening: sentence,
  headings,
  when: sentence,
  data: sentence,
  onlyYours: sentence,
  contact: sentence,
  phone: sentence,
  email: sentence,
  reference: sentence,
  closing: sentence,
  missing: sentence,
  draft: sentence,
  page: sentence,
  of: sentence,
  risks: z.record(risk, sentence),
  advices: z.record(advice, sentence),
  jargon: z.array(z.string().min(2).max(60)),
  /** Words from which a sentence of a letter is called long. */
  longSentence: z.int().min(10).max(100),
})

const texts = z.strictObject({
  fields: z.record(key, field),
  forms: z.record(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/), form),
  items: z.array(item).min(1),
  languages: z.strictObject({ en: language, ms: language }),
})

/** Questions of the fields, what forms must hold, kinds of data in plain words, and the texts of letters (`data/notices`). */
export type NoticeTexts = z.infer<typeof texts>
/** Language of a letter: English or Malay. */
export type LetterLanguage = keyof NoticeTexts['languages']
export type LetterTexts = NoticeTexts['languages'][LetterLanguage]
/** A kind of personal data as a person calls it. */
export type DataItem = NoticeTexts['items'][number]
/** What a form must hold. */
export type FormPoints = NoticeTexts['forms'][string]
/** What is asked for a field that nothing answers. */
export type FieldQuestion = NoticeTexts['fields'][FormKey]

/** Reads the files of `data/notices` (YAML texts). Throws where one does not fit its form: they are shipped, and a test reads them. */
export function readNoticeTexts(files: readonly string[]): NoticeTexts {
  const members = files.map((text) => parse(text, { maxAliasCount: limits.yamlAliases }) as unknown)
  return texts.parse(Object.assign({}, ...members))
}
