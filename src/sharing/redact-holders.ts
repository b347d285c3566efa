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
    .map((one) => ({ pattern: patternOf(one.form), replacement: one.replacement }))
  if (patterns.length === 0) return view
  const change = (text: string): string => patterns.reduce((result, one) => result.replace(one.pattern, one.replacement), text)
  return mapText(view, change) as CaseView
}

function holderNames(view: CaseView): string[] {
  const own = view.case.operator.toLowerCase()
  const named = view.provenance.flatMap(({ verdict }) => verdict.sources.flatMap((one) => [one.holder, ...one.alsoHeldBy]))
  return [...new Set([...named, ...(view.holders ?? [])])]
    .filter((name) => name.trim().length > 2 && name.toLowerCase() !== own)
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
  const literal = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('[\\s_.,-]{0,3}')
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu')
}

function letter(n: number): string {
  const last = String.fromCodePoint(65 + (n % 26))
  return n < 26 ? last : `${letter(Math.floor(n / 26) - 1)}${last}`
}

// Words of our own that the code switches on, and hashes: never a holder's name.
const fixed = new Set(['kind', 'status', 'zone', 'bound', 'unit', 'met', 'held', 'standing', 'level', 'sha256', 'head'])

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapText(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fixed.has(key) ? one : mapText(one, change)]))
}
