import { canonical, type CanonicalKind, type CanonicalOptions } from '../../persons/index.ts'
import { dateSpelling } from '../profile-shapes.ts'
import { canonicalOptions, type Column, type Meaning } from '../columns.ts'

/** Values of one column written so that they compare with any other column: whatever it is called or taken for. */
interface ComparableColumn {
  /** The text values compare by; '' = no value. */
  readonly form: (raw: string) => string
  /** A day as `YYYY-MM-DD` for date columns. */
  readonly isDate: boolean
}

/** Different raw texts remembered per column: codes repeat, identifiers do not. */
const remembered = 4_000

/** How the values of a column compare. Phone numbers under a name that says nothing are told by their form. */
export function comparableColumn(column: Column, values: readonly string[], options: CanonicalOptions): ComparableColumn {
  const kind = kindOf(column.meaning, values, options)
  if (kind === undefined) return { form: () => '', isDate: false }
  const form = canonicalOptions(column.meaning, options)
  const known = new Map<string, string>()
  return {
    isDate: kind === 'date',
    form(raw) {
      if (raw === '') return ''
      const seen = known.get(raw)
      if (seen !== undefined) return seen
      const text = comparableText(kind, raw, form)
      if (known.size < remembered) known.set(raw, text)
      return text
    },
  }
}

function kindOf(meaning: Meaning, values: readonly string[], options: CanonicalOptions): CanonicalKind | undefined {
  switch (meaning.kind) {
    case 'identifier':
      return meaning.identifier
    case 'field':
      return meaning.form === 'code' ? told(values, options) : meaning.form
    case 'valid-from':
    case 'valid-to':
      return 'date'
    case 'ignored':
      return 'code'
    case 'secret':
      return undefined
  }
}

/** Values that nobody named: phone numbers and days are told by a third of them; what is neither compares as it is written. */
function told(values: readonly string[], options: CanonicalOptions): 'msisdn' | 'date' | 'code' {
  const some = values.filter((value) => value.trim() !== '').slice(0, 500)
  if (some.length < 5) return 'code'
  const third = (is: (value: string) => boolean): boolean => some.filter(is).length * 10 >= some.length * 3
  if (third((value) => dateSpelling(value) !== undefined && canonical('date', value, options) !== undefined)) return 'date'
  const isVaried = new Set(some).size * 2 >= some.length
  const isDialled = (value: string): boolean => (canonical('msisdn', value, options)?.length ?? 0) >= 10
  return options.country !== undefined && isVaried && third(isDialled) ? 'msisdn' : 'code'
}

/** Without signs and accents; the words of a text in one order, for a name under a header that says nothing is no name. */
function comparableText(kind: CanonicalKind, raw: string, options: CanonicalOptions): string {
  const text = canonical(kind, raw, options) ?? canonical('code', raw)
  if (text === undefined) return ''
  if (/^[a-z0-9]*$/.test(text)) return text
  const lower = text.toLowerCase()
  if (/^[!-+\--~]*$/.test(lower)) return lower.replaceAll(/[^a-z0-9@]/g, '')
  const plain = lower.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  const words = plain.split(/[\s,;]+/).map((word) => word.replaceAll(/[^\p{L}\p{N}@]/gu, ''))
  const lettered = words.filter((word) => /\p{L}{2}/u.test(word)).length
  return (lettered > 1 ? words.toSorted() : words).join('')
}
