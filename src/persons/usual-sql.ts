import { dialPlan } from './dial-plan.ts'
import { invalidBirthPlaces, longestRaw, patterns, type CanonicalOptions } from './forms.ts'
import type { CanonicalKind } from './kinds.ts'
import { luhnSql } from './luhn-sql.ts'
import { re } from './pattern-sql.ts'

/** How a value that is written as usual is recognised, and what its form then is; both are SQL over the raw column. */
export interface UsualSql {
  readonly when: string
  readonly form: string
}

// Printable ASCII that begins with a letter or digit and does not end in a space: nothing to normalise, nothing to trim.
const printable = '^[0-9A-Za-z](?:[ -~]*[!-~])?$'

/**
 * The short way of a kind: for texts that `when` lets through, `form` is what the rules of SPEC.md give, at a tenth of the cost.
 * Undefined for kinds without one.
 */
export function usualSql(kind: CanonicalKind, column: string, options: CanonicalOptions): UsualSql | undefined {
  const shaped = (pattern: RegExp): UsualSql => ({ when: `match(${column}, ${re(pattern)})`, form: column })
  const lower = `lower(${column})`
  const text = (pattern: string): string =>
    `length(${column}) <= ${longestRaw} AND match(${column}, '${pattern}') AND ${lower} NOT IN ('null', 'none', 'n/a', 'na', 'nan')`
  switch (kind) {
    case 'msisdn': {
      const plan = options.country === undefined ? undefined : dialPlan(options.country)
      return plan === undefined
        ? undefined
        : { when: `match(${column}, '^${plan.callingCode}(?:${plan.national})$')`, form: column }
    }
    case 'imsi':
      return shaped(patterns.imsi)
    case 'imei':
      return {
        when: `match(${column}, '^[0-9]{14,15}$') AND NOT match(${column}, '^0+$')`,
        form: `if(length(${column}) = 14 OR ${luhnSql(column)}, left(${column}, 14), '')`,
      }
    case 'iccid':
      return { when: `match(${column}, ${re(patterns.iccid)})`, form: `if(${luhnSql(column)}, ${column}, '')` }
    case 'national-id': {
      if (options.country !== 'MY') return shaped(patterns.nationalId)
      const digits = `replaceAll(${column}, '-', '')`
      const never = invalidBirthPlaces.map((place) => `'${place}'`).join(', ')
      return {
        when: `match(${column}, '^[0-9]{6}-?[0-9]{2}-?[0-9]{4}$')`,
        form: `if(match(${digits}, ${re(patterns.myKad)}) AND substring(${digits}, 7, 2) NOT IN (${never}), ${digits}, '')`,
      }
    }
    case 'email':
      return {
        when: `length(${column}) <= ${longestRaw} AND match(${column}, '^[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z-]+(?:[.][0-9A-Za-z-]+)+$')`,
        form: lower,
      }
    case 'contract':
      return shaped(patterns.contract)
    case 'cpe-serial':
      return shaped(patterns.serial)
    case 'mac': {
      const digits = `lower(translate(${column}, ':-', ''))`
      return {
        when: `match(${column}, '^(?:[0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}$')`,
        form: `if(${digits} IN ('000000000000', 'ffffffffffff'), '', ${digits})`,
      }
    }
    case 'ip':
      return { when: `match(${column}, ${re(patterns.ipv4)}) AND ${column} != '0.0.0.0'`, form: column }
    case 'user-name':
      return { when: text('^[0-9A-Za-z][0-9A-Za-z._@-]{0,127}$'), form: lower }
    case 'date':
      return {
        when: `match(${column}, '^(?:19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]$')`,
        form: `if(toString(toDate32OrZero(${column})) = ${column}, ${column}, '')`,
      }
    case 'name':
      return { when: text(printable), form: `arrayStringConcat(arraySort(tokens(${lower})), ' ')` }
    case 'place':
      return { when: text(printable), form: `arrayStringConcat(tokens(${lower}), ' ')` }
    case 'code':
      return { when: text('^[0-9A-Za-z][!-~]*(?: [!-~]+)*$'), form: lower }
  }
}
