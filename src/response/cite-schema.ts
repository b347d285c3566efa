import { z } from 'zod'
import type { Cite } from '../evidence/index.ts'

const short = z.string().max(1_000)
const natural = z.int().min(0)
const unit = z.enum(['record', 'row', 'line'])

const locator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole') }),
  z.strictObject({ kind: unit, n: natural }),
  z.strictObject({ kind: z.literal('bytes'), from: natural, to: natural }),
  z.strictObject({ kind: z.literal('region'), x: natural, y: natural, width: natural, height: natural }),
  z.strictObject({ kind: z.literal('range'), unit, from: natural, to: natural }),
  z.strictObject({ kind: z.literal('set'), unit, n: z.array(natural).max(10_000) }),
])

/** Cites as they stand in a facts file. */
export const citeSchema: z.ZodType<Cite> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exhibit'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    file: short,
    member: short.optional(),
    at: locator,
  }),
  z.strictObject({ kind: z.literal('reference'), file: short, version: short, key: short }),
  z.strictObject({ kind: z.literal('inventory'), entry: short, revision: natural }),
  z.strictObject({ kind: z.literal('copy'), copy: short, rows: locator }),
  z.strictObject({ kind: z.literal('finding'), id: short }),
  z.strictObject({ kind: z.literal('decision'), id: short }),
]) as z.ZodType<Cite>
