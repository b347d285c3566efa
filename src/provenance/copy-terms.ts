import { z } from 'zod'
import { placeKinds, type CopyDetails } from './copy-details.ts'
import type { CopyManifest } from './copy.ts'

/** What a manifest file may say: the declaration of a copy and its details, as far as somebody wrote them down. */
export type CopyTerms = Partial<CopyManifest> & Omit<CopyDetails, 'acquisition' | 'notices'>

const text = z.string().trim().min(1).max(500)
const day = z.iso.date('is no day: write it as 2026-09-30')
const sha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'is no SHA-256: 64 hexadecimal digits')
  .transform((hex) => hex.toLowerCase())

const place = z
  .strictObject({
    kind: z.enum(placeKinds),
    name: text,
    from: day.optional(),
    until: day.optional(),
    deletion: z.enum(['confirmed', 'stated', 'none']).optional(),
    reference: text.optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, 'ends before it begins')

const terms = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is no name of a copy: 1-64 of a-z, 0-9 and "-"')
    .optional(),
  kind: z.enum(['own', 'extract', 'leak']).optional(),
  holder: text.optional(),
  system: text.optional(),
  as_of: day.optional(),
  history: z.boolean().optional(),
  fields: z.array(text).min(1).max(2_000).optional(),
  format: z
    .strictObject({
      delimiter: z.string().min(1).max(10).optional(),
      encoding: text.optional(),
      dates: text.optional(),
      numbers: text.optional(),
    })
    .optional(),
  row_filter: text.optional(),
  receipt: z.strictObject({ by: text, on: day, reference: text.optional(), sha256: sha256.optional() }).optional(),
  places: z.array(place).max(200).optional(),
  holder_status: z
    .strictObject({ status: z.enum(['active', 'ended']), since: day.optional() })
    .refine(({ status, since }) => status !== 'ended' || since !== undefined, 'an ended holder needs since = the day it ended')
    .optional(),
  operators: z.array(text).min(1).max(200).optional(),
})

/** Terms, or what is wrong with them: `places.2.kind: …`, one line per fault, without the values. */
export type ReadTerms = { readonly terms: CopyTerms } | { readonly wrong: readonly string[] }

/** Checks a manifest's content, already parsed from TOML or JSON. */
export function readCopyTerms(raw: unknown): ReadTerms {
  const read = terms.safeParse(raw)
  if (!read.success)
    return {
      wrong: read.error.issues.map((issue) => `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`),
    }
  const { as_of, row_filter, holder_status, ...same } = read.data
  const given = {
    ...same,
    ...(as_of === undefined ? {} : { asOf: as_of }),
    ...(row_filter === undefined ? {} : { rowFilter: row_filter }),
    ...(holder_status === undefined ? {} : { holderStatus: holder_status }),
  }
  return { terms: given as CopyTerms }
}
