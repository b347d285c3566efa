import type { CanonicalKind } from './kinds.ts'

/** Parts kept of one form. */
const mostParts = 6

/**
 * The parts of a canonical form that agree when the whole does not: the words of names and places (each once, the first six),
 * year and year-month of a date; nothing for other kinds.
 */
export function partsOf(kind: CanonicalKind, form: string): readonly string[] {
  if (form === '') return []
  switch (kind) {
    case 'name':
    case 'place':
      return [...new Set(form.split(' '))].slice(0, mostParts)
    case 'date':
      return [form.slice(0, 4), form.slice(0, 7)]
    default:
      return []
  }
}

/** `partsOf` in SQL, an Array(String), over an expression of our own making that gives a canonical form or ''; undefined where it gives nothing. */
export function partsSql(kind: CanonicalKind, formSql: string): string | undefined {
  const given = (parts: string): string => `if(${formSql} = '', CAST([], 'Array(String)'), ${parts})`
  switch (kind) {
    case 'name':
    case 'place':
      return given(`arraySlice(arrayDistinct(splitByChar(' ', ${formSql})), 1, ${mostParts})`)
    case 'date':
      return given(`[substring(${formSql}, 1, 4), substring(${formSql}, 1, 7)]`)
    default:
      return undefined
  }
}
