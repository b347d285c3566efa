import { z } from 'zod'
import { parse } from 'yaml'
import { limits } from '../../base/index.ts'
import { signalNames } from './signal.ts'

const text = z.string().trim().min(1).max(2_000)
const days = z.string().regex(/^P\d{1,3}D$/, 'must be whole days, such as P30D')

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be a-z, 0-9 and dashes, at most 60'),
  when: z.strictObject({
    signal: z.array(z.enum(signalNames)).min(1),
    /** One of them must be on the signal. */
    marks: z.array(text).min(1).optional(),
    /** One of them, or a technique below it, must be on the signal. */
    techniques: z
      .array(z.string().regex(/^T\d{4}(?:\.\d{3})?$/))
      .min(1)
      .optional(),
  }),
  per: z.enum(['case', 'subject']).default('case'),
  do: text,
  because: text,
  /** Role that is offered as the owner; who it is a person says on adopting. */
  owner: text,
  /** Time that is offered, from adoption. */
  within: days,
  /** What shows that it is done. */
  proof: text,
  retest: z.strictObject({ how: text, after: days }),
  techniques: z.array(z.string().regex(/^(?:T\d{4}(?:\.\d{3})?|FGT\d{4}(?:\.\d{3})?)$/)).max(50),
  mitigations: z.array(z.string().regex(/^(?:M\d{4}|FGM\d{4})$/)).max(20),
})

/** What is recommended on what is found. */
export type RecommendationRule = z.infer<typeof ruleSchema>

/** Rules of a YAML text, or what is wrong with it in a sentence that names the field. */
export function readRecommendationRules(
  yaml: string,
): { readonly rules: readonly RecommendationRule[] } | { readonly wrong: string } {
  if (yaml.length > limits.documentBytes) return { wrong: 'is larger than the limit' }
  let value: unknown
  try {
    value = parse(yaml, { maxAliasCount: limits.yamlAliases, uniqueKeys: true })
  } catch (error) {
    return { wrong: `is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}` }
  }
  const parsed = z.array(ruleSchema).max(1_000).safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { wrong: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit'}` }
  }
  const twice = parsed.data.find(({ id }, at) => parsed.data.findIndex((one) => one.id === id) !== at)
  return twice === undefined ? { rules: parsed.data } : { wrong: `${twice.id} stands there twice` }
}

/** Whole days of `P30D`. */
export function daysOf(duration: string): number {
  return Number(/^P(\d+)D$/.exec(duration)?.[1] ?? 0)
}
