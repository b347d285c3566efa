import { dialPlan, type DialPlan } from './dial-plan.ts'
import { address } from './address.ts'
import type { CanonicalKind } from './kinds.ts'
import {
  accents,
  controlDirt,
  invalidBirthPlaces,
  longestRaw,
  months,
  noValue,
  patterns,
  separators,
  wordBreaks,
  type CanonicalOptions,
} from './forms.ts'

/**
 * The canonical form of a value, or undefined when the text is not such a value (rules in SPEC.md).
 * Two spellings of the same value have the same form; the form is never empty. `canonicalSql` is the same function in SQL.
 */
export function canonical(kind: CanonicalKind, raw: string, options: CanonicalOptions = {}): string | undefined {
  if (Buffer.byteLength(raw) > longestRaw) return undefined
  const text = clean(raw)
  if (noValue.test(text)) return undefined
  switch (kind) {
    case 'msisdn':
      return msisdn(text, options.country === undefined ? undefined : dialPlan(options.country))
    case 'imsi':
      return shaped(bare(text), patterns.imsi)
    case 'imei':
      return imei(bare(text))
    case 'iccid':
      return iccid(bare(text).toUpperCase())
    case 'national-id':
      return options.country === 'MY' ? myKad(bare(text)) : shaped(bare(text).toUpperCase(), patterns.nationalId)
    case 'email':
      return shaped(text.toLowerCase(), patterns.email)
    case 'contract':
      return shaped(bare(text).toUpperCase(), patterns.contract)
    case 'cpe-serial':
      return shaped(bare(text).toUpperCase(), patterns.serial)
    case 'mac':
      return mac(bare(text).toLowerCase())
    case 'ip':
      return address(text.toLowerCase())
    case 'user-name':
      return shaped(text.toLowerCase(), patterns.userName)
    case 'date':
      return date(text, options.country === 'US')
    case 'name':
      return (
        words(text)
          .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
          .join(' ') || undefined
      )
    case 'place':
      return words(text).join(' ') || undefined
    case 'code':
      return text.toLowerCase()
  }
}

function clean(raw: string): string {
  const spaced = raw
    .toWellFormed()
    .normalize('NFKC')
    .replace(controlDirt, '')
    .replace(/[ \t\n\v\f\r]+/g, ' ')
  return spaced.replace(/^ /, '').replace(/ $/, '')
}

function bare(text: string): string {
  return text.replace(separators, '')
}

function shaped(text: string, pattern: RegExp): string | undefined {
  return pattern.test(text) ? text : undefined
}

function msisdn(text: string, plan: DialPlan | undefined): string | undefined {
  const unquoted = text.replace(/^'/, '').replace(/^([0-9]+)\.0$/, '$1')
  const digits = bare(unquoted).replace(/[()/]/g, '')
  if (!patterns.dialled.test(digits)) return undefined
  const whole = international(digits, plan)
  if (plan !== undefined && whole.startsWith(plan.callingCode)) {
    const rest = whole.slice(plan.callingCode.length)
    const national = plan.trunk !== '' && rest.startsWith(plan.trunk) ? rest.slice(plan.trunk.length) : rest
    return new RegExp(`^(?:${plan.national})$`).test(national) ? plan.callingCode + national : undefined
  }
  return shaped(whole, patterns.e164)
}

function international(digits: string, plan: DialPlan | undefined): string {
  if (digits.startsWith('+')) return digits.slice(1)
  if (plan === undefined) return digits.startsWith('00') ? digits.slice(2) : digits
  if (digits.startsWith(plan.international)) return digits.slice(plan.international.length)
  const { callingCode, trunk } = plan
  if (new RegExp(`^${callingCode}(?:${trunk})?(?:${plan.national})$`).test(digits)) return digits
  if (trunk !== '' && digits.startsWith(trunk)) return callingCode + digits.slice(trunk.length)
  if (plan.bare !== '' && new RegExp(`^(?:${plan.bare})$`).test(digits)) return callingCode + digits
  return digits
}

function imei(text: string): string | undefined {
  if (!patterns.imei.test(text) || patterns.zeros.test(text)) return undefined
  return text.length === 15 && !luhn(text) ? undefined : text.slice(0, 14)
}

function iccid(text: string): string | undefined {
  const digits = text.replace(/F$/, '')
  return patterns.iccid.test(digits) && luhn(digits) ? digits : undefined
}

function myKad(text: string): string | undefined {
  return patterns.myKad.test(text) && !invalidBirthPlaces.includes(text.slice(6, 8)) ? text : undefined
}

function mac(text: string): string | undefined {
  return patterns.mac.test(text) && !/^(?:0+|f+)$/.test(text) ? text : undefined
}

/** Luhn's check over all digits, the last being the check digit. */
function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function date(text: string, monthFirst: boolean): string | undefined {
  const named = /^([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]{0,6}[- ]([0-9]{4})$/.exec(text)
  if (named !== null) {
    return existing(named[3] ?? '', String(months.indexOf((named[2] ?? '').toLowerCase()) + 1), named[1] ?? '')
  }
  const yearFirst = patterns.yearFirst.exec(text)
  if (yearFirst !== null) return existing(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '')
  const yearLast = patterns.yearLast.exec(text)
  if (yearLast === null) return undefined
  const [, first = '', second = '', year = ''] = yearLast
  return monthFirst ? existing(year, first, second) : existing(year, second, first)
}

function existing(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && year >= '1900' && year <= '2199' ? text : undefined
}

function words(text: string): string[] {
  const plain = text.normalize('NFKD').toLowerCase().replace(accents, '')
  return plain.split(wordBreaks).filter((word) => word !== '')
}
