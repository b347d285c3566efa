/** What a canonical form depends on beside the text: the country whose national forms are read (ISO 3166-1 alpha-2). */
export interface CanonicalOptions {
  readonly country?: string
}

/** Longest raw value in bytes of UTF-8 that is looked at. */
export const longestRaw = 1_024

/** Invisible characters that copying between programs leaves behind. */
export const controlDirt = /[\u200B-\u200F\u2060\uFEFF]/g

/** Separators inside identifiers: space, dashes, dot, colon, underscore, slash is none of them. */
export const separators = /[ \-\u2010-\u2015\u2212.:_]/g

/** Combining marks taken off names and places after decomposition. */
export const accents = /[\u0300-\u036F]/g

/**
 * What stands between the words of names and places: ASCII but letters and digits, Latin-1 signs, general and CJK punctuation.
 * A fixed list: what counts as a letter differs between Unicode versions of the two engines.
 */
export const wordBreaks =
  /[\u0000-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00BF\u00D7\u00F7\u2000-\u206F\u2E00-\u2E7F\u3000-\u303F\uFE30-\uFE4F]+/

/** Texts that stand for "no value". */
export const noValue = /^(?:|-+|\\N|[Nn][Uu][Ll][Ll]|[Nn][Oo][Nn][Ee]|[Nn]\/?[Aa]|[Nn][Aa][Nn])$/

/** Shapes in the common subset of JavaScript and RE2: `canonicalSql` runs the same `source`. */
export const patterns = {
  dialled: /^\+?[0-9]{4,20}$/,
  e164: /^[1-9][0-9]{7,14}$/,
  imsi: /^[0-79][0-9]{13,14}$/,
  imei: /^[0-9]{14,16}$/,
  zeros: /^0+$/,
  iccid: /^89[0-9]{16,18}$/,
  myKad: /^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{6}$/,
  nationalId: /^[A-Z0-9]{0,19}[0-9][A-Z0-9]{0,19}$/,
  email: /^[^ @,;<>"]{1,64}@[^ @,;<>".]+(?:\.[^ @,;<>".]+)+$/,
  contract: /^[A-Z0-9]{0,31}[0-9][A-Z0-9]{0,31}$/,
  serial: /^[A-Z0-9]{6,32}$/,
  mac: /^[0-9a-f]{12}$/,
  ipv4: /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$/,
  ipv6: /^[0-9a-f:]{2,39}$/,
  ipv6Mapped: /^(?:::|0{1,4}:0{1,4}:0{1,4}:0{1,4}:0{1,4}:)ffff:([0-9.]{7,15})$/,
  userName: /^[^ ,;<>"]{1,128}$/,
  yearFirst: /^([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[T ][^\n]*)?$/,
  yearLast: /^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T ][^\n]*)?$/,
} as const

/** Place-of-birth codes that were never given out (python-stdnum, `my/nric`). */
export const invalidBirthPlaces: readonly string[] = [
  '00',
  '17',
  '18',
  '19',
  '20',
  '69',
  '70',
  '73',
  '80',
  '81',
  '94',
  '95',
  '96',
  '97',
]

export const months: readonly string[] = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
