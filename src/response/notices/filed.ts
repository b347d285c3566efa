import { z } from 'zod'
import { canonicalJson, sha256, type Canonical } from '../../base/index.ts'

const text = z.string().max(20_000)

/** How far a notice goes: the first, one in between, or the last word to this recipient. */
export const phases = ['initial', 'intermediate', 'final'] as const
export type Phase = (typeof phases)[number]

/** Formats of a notice or letter as a document. */
export const documentFormats = ['text', 'docx', 'pdf'] as const
export type DocumentFormat = (typeof documentFormats)[number]

const kept = z.strictObject({
  /** `notice-3`: counts over the case. */
  number: z.string().regex(/^notice-\d{1,6}$/),
  duty: text,
  /** Law and recipient: later notices of one chain say what changed. */
  chain: text,
  form: text,
  recipient: text,
  phase: z.enum(phases),
  /** When it went out, as the person says (ISO 8601). */
  at: text,
  ref: text.optional(),
  lang: z.enum(['en', 'ms']).optional(),
  /** Persons told by it. */
  told: z.int().min(0).optional(),
  /** Why it went out with fields open or figures that differ. */
  reason: text.optional(),
  fields: z.array(
    z.strictObject({
      key: text,
      label: text,
      answers: z.array(z.strictObject({ text, rests: text, id: text.optional(), cites: z.array(text).optional() })),
    }),
  ),
  /** The document as it went out, as plain text: what `sha256` is over. */
  body: z.string().max(2_000_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  documents: z.array(z.strictObject({ format: z.enum(documentFormats), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})

/** A notice as it was filed, in the form in which a decision keeps it. */
export type KeptNotice = z.infer<typeof kept>

/** A filed notice with who recorded it, when, and the number of the decision. */
export interface FiledNotice extends KeptNotice {
  readonly by: string
  readonly recorded: string
  readonly decision: string
}

/** The member of a decision that keeps a filed notice. Throws where it could not be read back: nothing is kept that is lost. */
export function keepNotice(notice: KeptNotice): Canonical {
  return JSON.parse(canonicalJson(kept.parse(notice))) as Canonical
}

/** The filed notice that a decision keeps; undefined when it keeps none. */
export function readKeptNotice(change: unknown): KeptNotice | undefined {
  if (typeof change !== 'object' || change === null || !('notice' in change)) return undefined
  const parsed = kept.safeParse(change.notice)
  return parsed.success ? parsed.data : undefined
}

/** True when the text that is kept is the one that was filed. */
export function isAsFiled(notice: Pick<KeptNotice, 'body' | 'sha256'>): boolean {
  return sha256(notice.body) === notice.sha256
}

/** Law and recipient of a duty: its notices form one chain. */
export function chainOf(duty: { readonly id: string; readonly recipient: string }): string {
  return `${duty.id.split('/')[0] ?? duty.id}: ${duty.recipient}`
}
