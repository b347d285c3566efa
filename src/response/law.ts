import { parseDocument } from 'yaml'
import { z } from 'zod'
import { fault, limits, type Fault } from '../base/index.ts'
import { formKeys } from './form-key.ts'
import { judgementKeys, roles } from './judgement.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const id = z.string().regex(/^[a-z0-9-]{1,64}$/)
const sentence = z.string().min(3).max(600)
const triggerKind = z.enum([
  'occurrence',
  'suspicion',
  'detection',
  'awareness',
  'informed-by-third-party',
  'assessment',
  'materiality',
  'previous-step',
])
const count = z.int().min(1).max(1_000)

const period = z.union([
  z.strictObject({ hours: count }),
  z.strictObject({ days: count }),
  z.strictObject({ months: z.int().min(1).max(60) }),
])

const condition = z.union([
  z.strictObject({ personsOver: z.int().min(0) }),
  z.strictObject({ judgement: z.enum(judgementKeys), is: z.enum(['yes', 'no']) }),
  z.strictObject({ rule: id }),
])

const source = z.strictObject({
  text: sentence,
  url: z.url({ protocol: /^https$/ }),
  read: day,
  basis: z.enum(['text', 'summary', 'excerpt', 'memory']),
})

const rule = z.strictObject({
  id,
  recipient: sentence,
  step: sentence,
  trigger: z.array(triggerKind).min(1),
  /** Kinds of decision that fix the start; absent for a step that follows another. */
  settledBy: z.array(triggerKind).optional(),
  /** Kinds that some source also counts from: shown as a reading, never as the clock. */
  contested: z.array(triggerKind).optional(),
  contestedNote: sentence.optional(),
  after: id.optional(),
  promptly: z.string().min(3).max(80).optional(),
  period: period.optional(),
  thresholds: z.array(z.strictObject({ text: sentence, any: z.array(condition).min(1) })),
  form: id,
  source,
  notes: z.array(sentence).default([]),
})

const law = z.strictObject({
  id,
  law: sentence,
  jurisdiction: z.string().regex(/^[A-Z]{2}$/),
  /** IANA zone, or `authority`: the zone of the authority concerned, stated with the facts. */
  zone: z.string().min(2).max(64),
  roles: z.array(z.enum(roles)).min(1),
  status: z.enum(['in-force', 'proposed', 'uncertain']),
  effectiveFrom: day,
  effectiveTo: day.optional(),
  version: z.string().min(1),
  advice: z.literal('not legal advice'),
  notes: z.array(sentence).default([]),
  rules: z.array(rule).min(1),
  forms: z.array(
    z.strictObject({
      id,
      note: sentence,
      fields: z.array(z.strictObject({ key: z.enum(formKeys), label: sentence })),
    }),
  ),
})

/** One law as its data file states it. */
export type Law = z.infer<typeof law>
export type LawRule = Law['rules'][number]
export type Condition = z.infer<typeof condition>
export type Period = z.infer<typeof period>

/**
 * Reads law files (name and YAML text). A file with a mistake is left out with one fault that names the place;
 * laws come back sorted by id, whatever the order of the files.
 */
export function readLaws(files: readonly { readonly name: string; readonly text: string }[]): { laws: Law[]; faults: Fault[] } {
  const laws: Law[] = []
  const faults: Fault[] = []
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const problem = (what: string, field?: string): void => {
      const where = field === undefined ? { file: file.name } : { file: file.name, field }
      faults.push(fault('law-file-invalid', what, where, 'Correct the law file; its duties are not shown until then.'))
    }
    if (file.text.length > limits.ruleBytes) {
      problem('The law file is larger than the limit.')
      continue
    }
    const parsed = law.safeParse(yamlValue(file.text))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      problem(`The law file does not fit the form: ${issue?.message ?? 'unreadable'}.`, issue?.path.join('.'))
      continue
    }
    const flaw = innerFlaw(parsed.data)
    if (flaw !== undefined) problem(flaw)
    else if (laws.some((one) => one.id === parsed.data.id)) problem('A law with this id was read already.')
    else laws.push(parsed.data)
  }
  return { laws: laws.toSorted((a, b) => (a.id < b.id ? -1 : 1)), faults }
}

function yamlValue(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true })
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: limits.yamlAliases })
  } catch {
    return undefined
  }
}

/** References inside one law: a step follows an earlier rule, thresholds name earlier rules, forms exist. */
function innerFlaw(data: Law): string | undefined {
  const earlier = new Set<string>()
  for (const one of data.rules) {
    if (earlier.has(one.id)) return `Rule ${one.id} stands twice.`
    if (one.after !== undefined && !earlier.has(one.after)) return `Rule ${one.id} follows a rule that does not stand before it.`
    if ((one.after !== undefined) !== one.trigger.includes('previous-step')) return `Rule ${one.id}: trigger and chain disagree.`
    if (!data.forms.some((form) => form.id === one.form)) return `Rule ${one.id} names a form that is not there.`
    for (const condition of one.thresholds.flatMap((group) => group.any)) {
      if ('rule' in condition && !earlier.has(condition.rule))
        return `Rule ${one.id} rests on a rule that does not stand before it.`
    }
    if (one.period === undefined && one.promptly === undefined) return `Rule ${one.id} has neither a period nor a word for one.`
    earlier.add(one.id)
  }
  return undefined
}
