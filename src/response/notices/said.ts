import { z } from 'zod'
import { UserError, type Canonical } from '../../base/index.ts'

/** Parts of a letter that a person writes, in the language of the letter. */
export const letterParts = ['summary', 'when', 'consequences', 'mitigation', 'advice'] as const
export type LetterPart = (typeof letterParts)[number]
/** Languages of letters. */
export const letterLanguages = ['en', 'ms'] as const

const saidSchema = z.strictObject({
  lang: z.enum(letterLanguages),
  part: z.enum(letterParts),
  text: z.string().trim().min(1).max(4_000),
})
/** What a named person wrote for the letters of a case. */
export type Said = z.infer<typeof saidSchema>

/** The member of a decision that keeps it. Throws a `UserError` for a text that is empty or too long for a part of a letter. */
export function keepSaid(said: Said): Canonical {
  const parsed = saidSchema.safeParse(said)
  if (parsed.success) return { letter: parsed.data }
  throw new UserError({
    code: 'letter-part',
    message: `a part of a letter has 1 to 4,000 characters, and this one ${said.text.length}`,
    hint: 'say it shorter: it goes to customers',
    exitCode: 2,
  })
}

/** What a decision keeps for the letters; undefined when it keeps nothing of them. */
export function readSaid(change: unknown): Said | undefined {
  if (typeof change !== 'object' || change === null || !('letter' in change)) return undefined
  const parsed = saidSchema.safeParse(change.letter)
  return parsed.success ? parsed.data : undefined
}
