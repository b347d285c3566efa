import { dialPlan, type DialPlan } from './dial-plan.ts'
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
import type { CanonicalKind } from './kinds.ts'
import { luhnSql } from './luhn-sql.ts'
import { re } from './pattern-sql.ts'
import { usualSql } from './usual-sql.ts'

/**
 * `canonical` as an SQL expression over a String column or expression of our own making: the canonical form, or '' when the
 * text is no such value. Values that are written as usual take a short way (`usual-sql.ts`), all others the full rules.
 */
export function canonicalSql(kind: CanonicalKind, column: string, options: CanonicalOptions = {}): string {
  const full = fullSql(kind, column, options)
  const usual = usualSql(kind, column, options)
  return usual === undefined ? full : `if(${usual.when}, ${usual.form}, ${full})`
}

/** All rules. A text is bound once (`arrayMap` over one element), so the expression may be long but runs once a row. */
function fullSql(kind: CanonicalKind, column: string, options: CanonicalOptions): string {
  const spaced = `replaceRegexpAll(replaceRegexpAll(normalizeUTF8NFKC(${column}), ${re(controlDirt)}, ''), '[ \\\\t\\\\n\\\\v\\\\f\\\\r]+', ' ')`
  const text = `multiIf(length(${column}) > ${longestRaw}, '', match(${column}, '^[!-~]+(?: [!-~]+)*$'), ${column}, trimBoth(${spaced}))`
  const form = `if(match(t, ${re(noValue)}), '', ${formSql(kind, options)})`
  return bind('t', text, form)
}

function formSql(kind: CanonicalKind, options: CanonicalOptions): string {
  switch (kind) {
    case 'msisdn':
      return msisdnSql(options.country === undefined ? undefined : dialPlan(options.country))
    case 'imsi':
      return bind('d', bareSql('t'), shapedSql('d', patterns.imsi))
    case 'imei': {
      const good = `match(d, ${re(patterns.imei)}) AND NOT match(d, ${re(patterns.zeros)}) AND (length(d) != 15 OR ${luhnSql('d')})`
      return bind('d', bareSql('t'), `if(${good}, substring(d, 1, 14), '')`)
    }
    case 'iccid': {
      const digits = `replaceRegexpOne(upperUTF8(${bareSql('t')}), 'F$', '')`
      return bind('d', digits, `if(match(d, ${re(patterns.iccid)}) AND ${luhnSql('d')}, d, '')`)
    }
    case 'national-id': {
      if (options.country !== 'MY') return bind('d', `upperUTF8(${bareSql('t')})`, shapedSql('d', patterns.nationalId))
      const never = invalidBirthPlaces.map((place) => `'${place}'`).join(', ')
      const good = `match(d, ${re(patterns.myKad)}) AND substring(d, 7, 2) NOT IN (${never})`
      return bind('d', bareSql('t'), `if(${good}, d, '')`)
    }
    case 'email':
      return bind('d', 'lowerUTF8(t)', shapedSql('d', patterns.email))
    case 'contract':
      return bind('d', `upperUTF8(${bareSql('t')})`, shapedSql('d', patterns.contract))
    case 'cpe-serial':
      return bind('d', `upperUTF8(${bareSql('t')})`, shapedSql('d', patterns.serial))
    case 'mac':
      return bind('d', `lowerUTF8(${bareSql('t')})`, `if(match(d, ${re(patterns.mac)}) AND NOT match(d, '^(?:0+|f+)$'), d, '')`)
    case 'ip':
      return bind('d', 'lowerUTF8(t)', addressSql)
    case 'user-name':
      return bind('d', 'lowerUTF8(t)', shapedSql('d', patterns.userName))
    case 'date':
      return dateSql(options.country === 'US')
    case 'name':
      return `arrayStringConcat(arraySort(${wordsSql}), ' ')`
    case 'place':
      return `arrayStringConcat(${wordsSql}, ' ')`
    case 'code':
      return 'lowerUTF8(t)'
  }
}

const wordsSql = `arrayFilter(w -> w != '', splitByRegexp(${re(wordBreaks)}, replaceRegexpAll(lowerUTF8(normalizeUTF8NFKD(t)), ${re(accents)}, '')))`

/** Over the lower-case text `d`: IPv4 as it stands, IPv6 as the engine writes it. */
const addressSql = ((): string => {
  const four = `if(match(m, ${re(patterns.ipv4)}) AND m != '0.0.0.0', m, '')`
  const tail = `arrayStringConcat(arrayMap(b -> toString(reinterpretAsUInt8(unhex(substring(h, b, 2)))), [25, 27, 29, 31]), '.')`
  const wide = `multiIf(startsWith(h, repeat('0', 24)), '', startsWith(h, concat(repeat('0', 20), 'FFFF')), ${bind('m', tail, four)}, IPv6NumToString(v))`
  const six = bind('v', 'IPv6StringToNumOrDefault(d)', bind('h', 'hex(v)', wide))
  // The engine also takes `:::` and a `::` that stands for no group.
  const groups = `position(d, ':::') = 0 AND countSubstrings(d, ':') <= 7 + (startsWith(d, '::') OR endsWith(d, '::'))`
  const mapped = `match(d, ${re(patterns.ipv6Mapped)})`
  return `multiIf(${mapped} OR match(d, ${re(patterns.ipv4)}), ${bind('m', `if(${mapped}, extract(d, '([0-9.]+)$'), d)`, four)}, match(d, ${re(patterns.ipv6)}) AND ${groups}, ${six}, '')`
})()

function msisdnSql(plan: DialPlan | undefined): string {
  const unquoted = "replaceRegexpOne(replaceRegexpOne(t, '^\\'', ''), '^([0-9]+)\\\\.0$', '\\\\1')"
  const digits = `if(match(t, '^[+]?[0-9][0-9 -]*$'), translate(t, ' -', ''), replaceRegexpAll(${bareSql(unquoted)}, '[()/]', ''))`
  const checked =
    plan === undefined
      ? shapedSql('w', patterns.e164)
      : `if(startsWith(w, '${plan.callingCode}'), ${homeSql(plan)}, ${shapedSql('w', patterns.e164)})`
  return bind('d', digits, `if(match(d, ${re(patterns.dialled)}), ${bind('w', internationalSql(plan), checked)}, '')`)
}

function internationalSql(plan: DialPlan | undefined): string {
  if (plan === undefined) return "multiIf(startsWith(d, '+'), substring(d, 2), startsWith(d, '00'), substring(d, 3), d)"
  const { callingCode, trunk, international } = plan
  const branches = [
    "startsWith(d, '+'), substring(d, 2)",
    `startsWith(d, '${international}'), substring(d, ${international.length + 1})`,
    `match(d, '^${callingCode}(?:${trunk})?(?:${plan.national})$'), d`,
    ...(trunk === '' ? [] : [`startsWith(d, '${trunk}'), concat('${callingCode}', substring(d, ${trunk.length + 1}))`]),
    ...(plan.bare === '' ? [] : [`match(d, '^(?:${plan.bare})$'), concat('${callingCode}', d)`]),
  ]
  return `multiIf(${branches.join(', ')}, d)`
}

function homeSql(plan: DialPlan): string {
  const rest = `substring(w, ${plan.callingCode.length + 1})`
  const national =
    plan.trunk === ''
      ? rest
      : `if(startsWith(${rest}, '${plan.trunk}'), substring(w, ${plan.callingCode.length + plan.trunk.length + 1}), ${rest})`
  return bind('n', national, `if(match(n, '^(?:${plan.national})$'), concat('${plan.callingCode}', n), '')`)
}

function dateSql(monthFirst: boolean): string {
  const named = "extractGroups(t, '^([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]{0,6}[- ]([0-9]{4})$')"
  const names = months.map((month) => `'${month}'`).join(', ')
  const last = monthFirst ? '[g[3], g[1], g[2]]' : '[g[3], g[2], g[1]]'
  const parts = [
    `match(t, ${re(patterns.yearFirst)}), extractGroups(t, ${re(patterns.yearFirst)})`,
    `match(t, ${re(patterns.yearLast)}), ${bind('g', `extractGroups(t, ${re(patterns.yearLast)})`, last)}`,
    `notEmpty(${named}), ${bind('g', named, `[g[3], toString(indexOf([${names}], lower(g[2]))), g[1]]`)}`,
  ].join(', ')
  const text = "concat(p[1], '-', leftPad(p[2], 2, '0'), '-', leftPad(p[3], 2, '0'))"
  const exists = "toString(toDate32OrNull(d)) = d AND substring(d, 1, 4) >= '1900' AND substring(d, 1, 4) <= '2199'"
  return bind('p', `multiIf(${parts}, [])`, bind('d', `if(empty(p), '', ${text})`, `if(ifNull(${exists}, false), d, '')`))
}

function bareSql(text: string): string {
  return `if(isValidASCII(${text}), translate(${text}, ' -.:_', ''), replaceRegexpAll(${text}, ${re(separators)}, ''))`
}

function shapedSql(name: string, pattern: RegExp): string {
  return `if(match(${name}, ${re(pattern)}), ${name}, '')`
}

/** Binds an expression to a name inside `body`. */
function bind(name: string, expression: string, body: string): string {
  return `arrayMap(${name} -> ${body}, [${expression}])[1]`
}
