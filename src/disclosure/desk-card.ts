import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { fingerprintOf } from '../evidence/index.ts'

/** The card of a disclosure desk: whom parcels are sealed for, and whose signatures release. Public. */
export const deskCardSchema = z.strictObject({
  kind: z.literal('breachline disclosure desk'),
  name: z.string().min(1).max(200),
  box: z.string().regex(/^[0-9a-f]{64}$/),
  persons: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        role: z.string().max(200),
        fingerprint: z.string().max(64),
        publicKey: z.string().max(1_000),
      }),
    )
    .min(1)
    .max(100),
})

/** Reads a card; a `UserError` when the text is none or a person's fingerprint is not that of their key. */
export function readCard(text: string): z.infer<typeof deskCardSchema> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    raw = undefined
  }
  const read = deskCardSchema.safeParse(raw)
  if (read.success && read.data.persons.every((one) => fingerprintOf(one.publicKey) === one.fingerprint)) return read.data
  throw new UserError({
    code: 'desk-card',
    message: 'this is no card of a disclosure desk',
    hint: 'the desk writes it with "breachline disclosure open NAME --card FILE"',
  })
}
