import { knownIn, type Known } from './estate.ts'
import { languages, pattern, withTerms } from './language/languages.ts'
import type { ReadingKind } from './language/schema.ts'
import { dataKinds } from './lexicon/data-kinds.ts'
import { dataUnits } from './lexicon/units.ts'
import { amountsIn, type Amount } from './number.ts'
import { scopesOf, type Scope } from './scope.ts'
import type { Said } from './sentence.ts'
import type { Voice } from './course.ts'
import type { Reading, Speaker } from './thread.ts'

/** A reading that has no number in its thread yet. */
export type Unlisted = Omit<Reading, 'id' | 'assertions' | 'also'>

interface Rule {
  readonly exact: boolean
  /** Words of which one must stand in the sentence; none: any sentence. */
  readonly tells: ReadonlySet<string>
  readonly kind: ReadingKind
  readonly when: RegExp
  readonly not?: RegExp
  readonly by?: ReadonlySet<Speaker>
  readonly unsure?: string
}

const rules: readonly Rule[] = languages.flatMap((language) => {
  const tells = new Set(language.tells.split(/\s+/).filter((word) => word !== ''))
  const compile = (text: string, exact: boolean): RegExp => {
    const pattern = withTerms(text, language)
    return new RegExp(exact ? pattern : inSmallLetters(pattern), 'u')
  }
  return language.readings.map((rule) => ({
    kind: rule.kind,
    exact: rule.exact,
    tells,
    when: compile(rule.when, rule.exact),
    ...(rule.not === undefined ? {} : { not: compile(rule.not, rule.exact) }),
    ...(rule.by === undefined ? {} : { by: new Set<Speaker>(rule.by) }),
    ...(rule.unsure === undefined ? {} : { unsure: rule.unsure }),
  }))
})

/** A pattern for text in small letters: tried on it, that is far quicker than one that ignores the case. */
function inSmallLetters(text: string): string {
  return text
    .replaceAll(String.raw`\p{Lu}`, String.raw`\p{L}`)
    .replace(/\\p\{\w+\}|\\.|\p{Lu}/gu, (part) => (part.startsWith('\\') ? part : part.toLowerCase()))
}

const incident = pattern('incident')
/** Said in passing: denies nothing, takes nothing. */
const noMatter = pattern('no-matter', 'gi')
const irony = pattern('irony')
const attempting = pattern('attempting')
const hedged = pattern('hedged')
const companyFact = pattern('company-fact')
const ownSample = pattern('own-sample')
/** People arrested, called, asked are no amount of data. */
const arrested = pattern('before-other-amount')
const hypothetical = pattern('hypothetical')
/** A time of the past, or how long something lasted. */
const pastTime = pattern('past-time')
/** A time that may be that of the publication or the report. */
const publishedThen = pattern('published-then')
/** A piece of technology that somebody can be in or take from. */
const machine = pattern('machine')

/** Kinds that a denial in the same words takes back. */
const denied: ReadonlySet<ReadingKind> = new Set([
  'access',
  'possession',
  'system',
  'third-party',
  'capability',
  'recency',
  'defacement',
])

/** What a sentence stands in: names of victims in it, and amounts said before whose unit a bare number goes on with. */
export interface ReadingContext {
  readonly victims: readonly { readonly name: string; readonly form: string }[]
  /** True once something was put up for sale in the post: a price alone is then no second offer. */
  readonly sold: boolean
  readonly price: boolean
  /** Vendors and systems of the inventory. */
  readonly known?: readonly Known[]
  /** Unit of the amount said last. */
  readonly unit?: string
}

/** What a sentence says, one reading for each kind and speaker, and one for each amount. */
export function readingsIn(said: Said, voice: Voice, context: ReadingContext): Unlisted[] {
  if (hypothetical.test(said.flat) && voice.by !== 'actor' && voice.by !== 'victim') return []
  let { unit } = context
  return scopesOf(
    said.flat,
    voice.by,
    context.victims.map((one) => one.form),
  ).flatMap((scope) => {
    const read = scopeReadings(said, scope, { ...context, ...(unit === undefined ? {} : { unit }) })
    unit = read.findLast((one) => one.unit !== undefined)?.unit ?? unit
    return read
  })
}

function scopeReadings(said: Said, scope: Scope, context: ReadingContext): Unlisted[] {
  const { by } = scope
  const amounts = amountsOf(scope, context)
  const marked = markAmounts(scope.flat, amounts)
  const small = marked.toLowerCase().replace(noMatter, (words) => 'x'.repeat(words.length))
  const words = small.split(/[^\p{L}]+/u)
  const told = new Map<ReadonlySet<string>, boolean>()
  const hits = new Map<ReadingKind, Hit>()
  for (const rule of rules) {
    if (hits.has(rule.kind) || (rule.by !== undefined && !rule.by.has(by))) continue
    const spoken = told.get(rule.tells) ?? (rule.tells.size === 0 || words.some((word) => rule.tells.has(word)))
    told.set(rule.tells, spoken)
    if (!spoken) continue
    const text = rule.exact ? marked : small
    const match = rule.when.exec(text)
    if (match === null || rule.not?.test(text) === true) continue
    const hit = small.length === marked.length ? marked.slice(match.index, match.index + match[0].length) : match[0]
    hits.set(rule.kind, { words: hit, ...(rule.unsure === undefined ? {} : { unsure: rule.unsure }) })
  }
  // When somebody got in or took data, and from what, is said in the same breath.
  const deed = ['access', 'possession'].some((kind) => hits.has(kind as ReadingKind))
  if (deed && !hits.has('denial') && !hits.has('threat')) {
    const time = publishedThen.test(scope.flat) ? null : pastTime.exec(scope.flat)
    if (time !== null && !hits.has('recency')) hits.set('recency', { words: time[0] })
    const system = machine.exec(scope.flat)
    if (system !== null && !hits.has('system')) hits.set('system', { words: system[0] })
  }
  if (by === 'actor' && context.price && !context.sold && !hits.has('sale')) hits.set('sale', { words: said.flat })
  // A vendor or system of the inventory, named where somebody got in or took data.
  if (deed && !hits.has('denial'))
    for (const one of knownIn(small, context.known ?? [])) if (!hits.has(one.kind)) hits.set(one.kind, { words: one.name })
  if (by !== 'actor' && companyFact.test(scope.flat)) hits.delete('possession')
  // Who looks at a sample holds it without claiming anything.
  if (by !== 'actor' && ownSample.test(scope.flat)) hits.delete('possession')
  // An offer is made once in a post; its terms come behind.
  if (by === 'actor' && context.sold && !deed) hits.delete('sale')
  if (hits.has('denial')) for (const kind of denied) hits.delete(kind)
  const counted = amounts.filter((amount) =>
    hits.has('denial')
      ? amount.quantity > 1 && /\bin the sample\b/i.test(scope.flat)
      : !arrested.test(scope.flat.slice(0, amount.start)) && countable(scope, hits),
  )
  const about = context.victims.find((one) => scope.flat.includes(one.form))?.name
  const data = dataKinds.flatMap(([key, , words]) => (words.test(scope.flat) ? [key] : []))
  const doubts = doubtsOf(scope, hits)
  const base = { by, text: said.text, ...(about === undefined ? {} : { victim: about }), cite: said.cite }
  const withDoubts = (own: readonly string[]): { doubts?: readonly string[] } => (own.length === 0 ? {} : { doubts: own })
  return [
    ...[...hits].map(([kind, hit]): Unlisted => ({
      kind,
      ...base,
      ...(kind === 'system' || kind === 'third-party' ? { subject: hit.words.trim() } : {}),
      ...(kind === 'possession' && data.length > 0 ? { data } : {}),
      ...withDoubts(hit.unsure === undefined ? doubts : [...doubts, hit.unsure]),
    })),
    ...counted.map((amount): Unlisted => ({
      kind: 'quantity',
      ...base,
      quantity: amount.quantity,
      qualifier: amount.qualifier,
      unit: amount.unit,
      ...(amount.strict === undefined ? {} : { strict: true }),
      ...withDoubts(amount.carried ? [...doubts, 'the unit is taken from the amount before'] : doubts),
    })),
  ]
}

interface Hit {
  readonly words: string
  readonly unsure?: string
}

function amountsOf(scope: Scope, context: ReadingContext): (Amount & { readonly carried: boolean })[] {
  const found = amountsIn(scope.flat).map((amount) => ({ ...amount, carried: false }))
  const bare = /^(?:only )?(\d[\d.,]*\d)$/.exec(scope.flat.trim())
  if (found.length === 0 && bare !== null && context.unit !== undefined) {
    const [amount] = amountsIn(`${bare[1]} ${context.unit}`)
    if (amount !== undefined) return [{ ...amount, carried: true }]
  }
  for (const { index, 1: number = '' } of scope.flat.matchAll(/(?<![\d.,])(\d[\d,.]*) of (?:them|these)\b/g)) {
    const [amount] = context.unit === undefined ? [] : amountsIn(`${number} ${context.unit}`)
    if (amount !== undefined) found.push({ ...amount, carried: true, start: index })
  }
  return found
}

/** Puts `#` for every amount of data, so that rules can say `took #`. */
function markAmounts(flat: string, amounts: readonly Amount[]): string {
  let text = flat.replaceAll('#', ' ')
  for (const amount of [...amounts].reverse())
    if (dataUnits.has(amount.unit) && amount.unit !== 'employees')
      text = `${text.slice(0, amount.start)}# ${text.slice(amount.start)}`
  return text
}

/** An operator's number of customers in a report on its quarter is no amount of a breach. */
function countable(scope: Scope, hits: ReadonlyMap<ReadingKind, unknown>): boolean {
  if (companyFact.test(scope.flat)) return false
  return scope.by === 'actor' || scope.by === 'researcher' || hits.size > 0 || incident.test(scope.flat)
}

function doubtsOf(scope: Scope, hits: ReadonlyMap<ReadingKind, unknown>): string[] {
  return [
    ...(scope.by === 'press' && hits.size > 0 ? ['the text does not say who asserts it'] : []),
    ...(irony.test(scope.flat) ? ['may be meant ironically'] : []),
    ...(attempting.test(scope.flat) && hits.has('possession') ? ['tried, not said to be done'] : []),
    ...(hedged.test(scope.flat) && scope.by !== 'victim' ? ['said with reservation'] : []),
  ]
}
