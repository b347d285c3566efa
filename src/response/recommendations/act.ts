import { z } from 'zod'
import { parseIso, unreachable, type Canonical } from '../../base/index.ts'

const text = z.string().trim().min(1).max(4_000)
const name = z.string().trim().min(1).max(200)
const day = z
  .string()
  .refine((one) => /^\d{4}-\d{2}-\d{2}$/.test(one) && parseIso(one) !== undefined, 'is no day such as 2026-11-30')
const exhibits = z.array(z.string().regex(/^E\d{1,6}$/, 'is no exhibit such as E3')).max(100)

/** A recommendation as it read when a person adopted it: rules and findings may change, this stays. */
const adoptedAs = z.strictObject({
  text,
  proof: text,
  retest: z.strictObject({ how: text, days: z.int().min(0).max(999) }),
  techniques: z.array(name).max(100),
  mitigations: z.array(name).max(50),
  /** Ids of findings and keys of gaps, each with its sentence. */
  grounds: z
    .array(z.strictObject({ id: name, text }))
    .min(1)
    .max(10_000),
})

/** What a named person does with recommendations and promises; kept as a decision with its reason. */
export const recommendActSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('adopt'), recommendation: name, owner: name, due: day, as: adoptedAs }),
  z.strictObject({ act: z.literal('done'), recommendation: name, proof: text, exhibits }),
  z.strictObject({ act: z.literal('retest'), recommendation: name, passed: z.boolean(), on: day, found: text, exhibits }),
  z.strictObject({ act: z.literal('drop'), recommendation: name }),
  z.strictObject({ act: z.literal('promise'), text, where: text, on: day }),
  z.strictObject({ act: z.literal('cover'), promise: name, recommendations: z.array(name).min(1).max(100) }),
])

export type RecommendAct = z.infer<typeof recommendActSchema>

/** An act in the form in which a decision keeps it. */
export function keepRecommendAct(act: RecommendAct): Canonical {
  return { recommendation: act }
}

/** The act that a decision keeps; undefined when it changes something else. */
export function readRecommendAct(change: unknown): RecommendAct | undefined {
  if (typeof change !== 'object' || change === null || !('recommendation' in change)) return undefined
  const parsed = recommendActSchema.safeParse(change.recommendation)
  return parsed.success ? parsed.data : undefined
}

/** An act in a sentence, as its decision says it. */
export function recommendWords(act: RecommendAct): string {
  switch (act.act) {
    case 'adopt':
      return `Adopted: ${act.recommendation}, owner ${act.owner}, due ${act.due}: ${act.as.text}`
    case 'done':
      return `Done: ${act.recommendation}. Proof: ${act.proof}${ofExhibits(act.exhibits)}`
    case 'retest':
      return `Tested again on ${act.on}: ${act.recommendation} ${act.passed ? 'holds' : 'does not hold'}. ${act.found}${ofExhibits(act.exhibits)}`
    case 'drop':
      return `Not taken up: ${act.recommendation}`
    case 'promise':
      return `Promised in public on ${act.on} (${act.where}): ${act.text}`
    case 'cover':
      return `The promise ${act.promise} is kept by ${act.recommendations.join(', ')}`
    default:
      return unreachable(act)
  }
}

function ofExhibits(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${names.join(', ')})`
}
