import { sha256 } from '../base/index.ts'
import type { CaseView } from './view.ts'

const suffix = /[ ,]+(sdn\.? bhd\.?|bhd\.?|berhad|ltd\.?|limited|plc|inc\.?|llc|gmbh|ag|pte\.?|co\.?|corp\.?)$/i

/**
 * The same view with every holder of a copy called "Holder A", "Holder B", ...: in sentences, quoted words, file names and
 * copy names, also without the company's legal form and in any case or joining (`acme_billing`). The operator itself keeps its name.
 * The letters follow a hash of case and name, so they tell nothing and stay the same in every report of the case.
 */
export function redactHolders(view: CaseView): CaseView {
  const names = holderNames(view)
  const letters = new Map(
    names
      .toSorted((a, b) => (sha256(`${view.case.id} ${a}`) < sha256(`${view.case.id} ${b}`) ? -1 : 1))
      .map((name, n) => [name, `Holder ${letter(n)}`]),
  )
  const patterns = names
    .flatMap((name) => formsOf(name).map((form) => ({ form, replacement: letters.get(name) ?? 'Holder' })))
    .toSorted((a, b) => b.form.length - a.form.length)
    .map((one) => ({ pattern: one.form.length > 2 ? patternOf(one.form) : asItStands(one.form), replacement: one.replacement }))
  const agreements = agreementNames(view)
  if (patterns.length + agreements.length === 0) return view
  const all = [...copyNames(view, letters), ...agreements, ...patterns]
  const change = (text: string): string => all.reduce((result, one) => result.replace(one.pattern, one.replacement), text)
  return mapText(view, change) as CaseView
}

interface Replacement {
  readonly pattern: RegExp
  readonly replacement: string
}

/**
 * Names of copies, which people choose and which often hold a part of the holder's name (`kestrel-march`): each is called after its
 * holder's letter and its day, the same wherever the copy is named; copies of the operator keep theirs.
 */
function copyNames(view: CaseView, letters: ReadonlyMap<string, string>): Replacement[] {
  const sources = view.provenance.flatMap(({ verdict }) => verdict.sources)
  const copies = new Map(sources.map((one) => [one.copy, one]))
  const systems = new Set(sources.map((one) => one.system.toLowerCase()))
  const used = new Map<string, number>()
  return [...copies.values()]
    .toSorted((a, b) => (a.copy < b.copy ? -1 : 1))
    .flatMap(({ copy, holder, cutDay }) => {
      const called = letters.get(holder)
      if (called === undefined) return []
      const name = `${called} (${cutDay ?? 'own copy'}`
      const count = (used.get(name) ?? 0) + 1
      used.set(name, count)
      return [{ copy, replacement: count === 1 ? `${name})` : `${name}, ${count})` }]
    })
    .toSorted((a, b) => b.copy.length - a.copy.length)
    .map(({ copy, replacement }) => ({ pattern: copyPattern(copy, systems), replacement }))
}

/** Names of agreements, which often hold a part of the holder's name: each is a number, in the order of its name's hash. */
function agreementNames(view: CaseView): Replacement[] {
  const copies = new Set(view.provenance.flatMap(({ verdict }) => verdict.sources.map(({ copy }) => copy)))
  const names = new Set(view.provenance.flatMap(({ dayOne }) => (dayOne?.agreements ?? []).map(({ agreement }) => agreement)))
  return [...names]
    .filter((name) => !copies.has(name))
    .toSorted((a, b) => (sha256(`${view.case.id} ${a}`) < sha256(`${view.case.id} ${b}`) ? -1 : 1))
    .map((name, n) => ({ name, pattern: copyPattern(name, new Set()), replacement: `Agreement ${n + 1}` }))
    .toSorted((a, b) => b.name.length - a.name.length)
}

/** As names of files are written, too: a copy is mostly named after its file. A short word, or the name of a system, only as it stands. */
function copyPattern(copy: string, systems: ReadonlySet<string>): RegExp {
  if (copy.length > 3 && !systems.has(copy.toLowerCase())) return patternOf(copy)
  return asItStands(copy)
}

function holderNames(view: CaseView): string[] {
  const own = view.case.operator.toLowerCase()
  const sources = view.provenance.flatMap(({ verdict }) => verdict.sources)
  const copies = new Set(sources.map((one) => one.copy))
  const named = sources.flatMap((one) => [one.holder, ...one.alsoHeldBy.filter((copy) => !copies.has(copy))])
  return [...new Set([...named, ...(view.holders ?? [])])]
    .filter((name) => name.trim().length > 1 && name.toLowerCase() !== own)
    .sort()
}

function formsOf(name: string): string[] {
  let short = name.trim()
  for (let n = 0; n < 3; n += 1) short = short.replace(suffix, '')
  return short.length > 2 && short !== name ? [name, short] : [name]
}

/** The words of a name in any case, joined by up to three of the signs that file names use. */
function patternOf(form: string): RegExp {
  const words = form.split(/[\s_.,-]+/).filter((word) => word !== '')
  if (words.length === 0) return asItStands(form)
  const joined = words.map(literal).join('[\\s_.,-]{0,3}')
  return new RegExp(`(?<![\\p{L}\\p{N}])${joined}(?![\\p{L}\\p{N}])`, 'giu')
}

/** A short word in no other case or joining: there are too many like it. */
function asItStands(text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${literal(text)}(?![\\p{L}\\p{N}_-])`, 'gu')
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function letter(n: number): string {
  const last = String.fromCodePoint(65 + (n % 26))
  return n < 26 ? last : `${letter(Math.floor(n / 26) - 1)}${last}`
}

// Words of our own that the code switches on, and hashes: never a holder's name.
const fixed = new Set([
  'kind',
  'status',
  'part',
  'strength',
  'zone',
  'bound',
  'unit',
  'met',
  'held',
  'standing',
  'level',
  'sha256',
  'head',
])

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapText(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fixed.has(key) ? one : mapText(one, change)]))
}
