import { z } from 'zod'

/** Kinds of personal data that the rules of harm tell apart. */
const dataKinds = [
  'name',
  'contact',
  'identity-number',
  'identity-document',
  'date-of-birth',
  'contract',
  'device-and-line',
  'sim-secret',
  'traffic',
  'location',
  'content',
  'financial',
  'payment-instrument',
  'credentials',
  'health',
  'belief-or-opinion',
  'sex-life',
  'biometric',
  'criminal-record',
  'other',
] as const

export type DataKind = (typeof dataKinds)[number]

const answer = z.enum(['yes', 'no', 'unknown'])

/** What an assessment of harm rests on; whatever nobody stated is unknown. */
export const harmFactsSchema = z.strictObject({
  data: z.array(z.enum(dataKinds)).max(100).optional().describe('kinds of data in what was taken or shown'),
  identifiable: z
    .enum(['negligible', 'limited', 'significant', 'maximum', 'unknown'])
    .optional()
    .describe('how easily a person is recognised from the data (ENISA, ease of identification)'),
  unintelligible: answer.optional().describe('encrypted or hashed, and the key is safe'),
  malicious: answer.optional().describe('done on purpose to do harm or to gain'),
  public: answer.optional().describe('published, or offered to many'),
  confidentiality: z.enum(['none', 'known-recipients', 'unknown-recipients', 'unknown']).optional(),
  integrity: z.enum(['none', 'recoverable', 'unrecoverable', 'unknown']).optional(),
  availability: z.enum(['none', 'recoverable', 'unrecoverable', 'unknown']).optional(),
  period: z
    .enum(['days', 'weeks', 'months', 'years', 'unknown'])
    .optional()
    .describe('span of call, traffic or location records per person'),
  vulnerable: answer.optional().describe('persons in need of protection among those affected'),
})

/** Names of its members, for a command line. */
export const harmFields: readonly string[] = Object.keys(harmFactsSchema.shape)

export type HarmFacts = z.infer<typeof harmFactsSchema>

/** Kinds of data that the categories of a count of affected persons stand for, as far as a category says it. */
export function dataKindsOf(categories: readonly string[]): DataKind[] {
  const kinds: readonly (readonly [RegExp, DataKind])[] = [
    [/^identification\b/, 'name'],
    [/^contact\b/, 'contact'],
    [/^contract\b/, 'contract'],
    [/^device and line\b/, 'device-and-line'],
    [/^credentials\b/, 'credentials'],
    [/\b(?:call|traffic|cdr)\b/, 'traffic'],
    [/\blocation\b/, 'location'],
  ]
  return kinds.filter(([words]) => categories.some((one) => words.test(one.toLowerCase()))).map(([, kind]) => kind)
}
