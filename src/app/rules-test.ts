import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { limits, parseIso, UserError } from '../base/index.ts'
import { blankEvent, type LogEvent } from '../events/index.ts'
import { compile, Correlator, loadRules, quietRules, type LoadedRules, type NotLoaded, type RuleSet } from '../sigma/index.ts'
import { readPlaceholderFiles, readRuleFiles } from './rules-lint.ts'

/** How a rule or correlation did on its examples. */
export interface RuleTest {
  readonly file: string
  readonly rule: string
  readonly title: string
  /** `none`: its file has no examples. */
  readonly result: 'pass' | 'fail' | 'none'
  readonly positive: number
  readonly negative: number
  /** What failed, in words. */
  readonly why: readonly string[]
}

/** The outcome for a folder of rules. */
export interface RulesTest {
  readonly rules: readonly RuleTest[]
  readonly notLoaded: readonly NotLoaded[]
  readonly passed: number
  readonly failed: number
  readonly without: number
}

const exampleSchema = z.strictObject({
  product: z.string().default(''),
  category: z.string().default(''),
  service: z.string().default(''),
  fields: z.record(z.string(), z.string()),
  time: z.string().optional(),
  repeat: z.int().min(1).max(100_000).optional(),
  every: z.number().min(0).optional(),
})
const fileSchema = z.array(z.union([exampleSchema, z.strictObject({ events: z.array(exampleSchema).min(1) })])).max(10_000)
type Example = z.infer<typeof exampleSchema>
type Case = readonly Example[]

/**
 * Runs rules on the examples kept for them: `positive.json` and `negative.json` in a folder named like the rule's file without its
 * end, beside the file or under `examples`. A positive must be found by a rule of the file and each rule must find one; a negative must
 * be found by none.
 */
export async function rulesTest(options: {
  readonly folder: string
  readonly examples?: string
  readonly placeholders?: readonly string[]
}): Promise<RulesTest> {
  const files = await readRuleFiles(options.folder)
  const loaded = loadRules(files, { placeholders: await readPlaceholderFiles(options.placeholders ?? []) })
  const set = compile(loaded.rules)
  const rules = files.flatMap(({ name }) => {
    const folder = join(options.examples ?? dirname(name), basename(name).replace(/\.ya?ml$/, ''))
    return testFile({ file: name, folder, loaded, set })
  })
  const count = (result: RuleTest['result']): number => rules.filter((one) => one.result === result).length
  return { rules, notLoaded: loaded.notLoaded, passed: count('pass'), failed: count('fail'), without: count('none') }
}

function testFile(of: {
  readonly file: string
  readonly folder: string
  readonly loaded: LoadedRules
  readonly set: RuleSet
}): RuleTest[] {
  const { file, loaded } = of
  const quiet = quietRules(loaded.correlations)
  const correlations = loaded.correlations.filter((one) => one.file === file && !quiet.has(one.id))
  const meant = [...loaded.rules.filter((one) => one.file === file && one.quiet !== true), ...correlations]
  // Where a file holds a correlation, its examples are for that: a negative may well be found by one of the rules it rests on.
  const judged = new Set((correlations.length > 0 ? correlations : meant).map((one) => one.id))
  const ids = new Set(meant.map((one) => one.id))
  const positive = casesIn(join(of.folder, 'positive.json'))
  const negative = casesIn(join(of.folder, 'negative.json'))
  const seen = (one: Case): string[] => [...idsFound(one, of)].filter((id) => ids.has(id))
  const fired = new Set<string>()
  const unmet: string[] = []
  const wrong = new Map<string, string[]>()
  for (const [at, one] of positive.entries()) {
    const found = seen(one)
    if (!found.some((id) => judged.has(id))) unmet.push(`positive example ${at + 1} is found by no rule of the file`)
    for (const id of found) fired.add(id)
  }
  for (const [at, one] of negative.entries())
    for (const id of seen(one))
      if (judged.has(id)) wrong.set(id, [...(wrong.get(id) ?? []), `negative example ${at + 1} is found`])
  return meant.map(({ id, title }) => {
    const silent = positive.length > 0 && !fired.has(id) ? ['no positive example is found by this rule'] : []
    const why = [...silent, ...(judged.has(id) ? unmet : []), ...(wrong.get(id) ?? [])]
    const without = positive.length + negative.length === 0
    const result = without ? 'none' : why.length > 0 ? 'fail' : 'pass'
    return { file, rule: id, title, result, positive: positive.length, negative: negative.length, why }
  })
}

/** Ids of the rules and correlations that a single event, or a sequence in order of time, makes. */
function idsFound(one: Case, { loaded, set }: { readonly loaded: LoadedRules; readonly set: RuleSet }): ReadonlySet<string> {
  const found = new Set<string>()
  const correlator = new Correlator<number>(loaded.correlations, { emit: (detection) => found.add(detection.correlation.id) })
  const events = one.flatMap(repeated).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  for (const [ref, event] of events.entries())
    for (const rule of set.match(event)) {
      found.add(rule.id)
      correlator.take({ rule: rule.id, time: event.time, host: event.host, account: '', fields: event.fields, ref })
    }
  correlator.finish()
  return found
}

/** `{n}` in the fields of an example that stands for many counts from 1; they are `every` seconds apart. */
function repeated({ time, repeat = 1, every = 0, fields, product, category, service }: Example): LogEvent[] {
  const start = time === undefined ? undefined : parseIso(time, '+00:00')?.at
  return Array.from({ length: repeat }, (_, n) => ({
    ...blankEvent,
    time: start === undefined ? '' : `${new Date(Date.parse(start) + n * every * 1_000).toISOString().slice(0, 23)}000Z`,
    zone: 'stated' as const,
    product,
    category,
    service,
    eventId: fields['EventID'] ?? '',
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, repeat === 1 ? value : value.replaceAll('{n}', String(n + 1))]),
    ),
    at: { kind: 'record' as const, n: n + 1 },
  }))
}

function casesIn(path: string): readonly Case[] {
  if (!existsSync(path)) return []
  const wrong = (message: string): UserError =>
    new UserError({
      code: 'examples-unreadable',
      message: `${path}: ${message}`,
      hint: 'docs/detection.md shows the form of examples',
    })
  if (statSync(path).size > limits.documentBytes) throw wrong('too large')
  let document: unknown
  try {
    document = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw wrong('no complete JSON document')
  }
  const read = fileSchema.safeParse(document)
  if (!read.success) throw wrong(`${read.error.issues[0]?.path.join('.') ?? ''}: not as examples are written`)
  return read.data.map((one) => ('events' in one ? one.events : [one]))
}
