import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min'

/**
 * What is needed to write a country's numbers in international form. The patterns are alternatives without
 * anchors, in the common subset of JavaScript and RE2, so that TypeScript and SQL run the same text.
 */
export interface DialPlan {
  readonly callingCode: string
  /** Digits that stand before a national number at home; '' where nothing does. */
  readonly trunk: string
  /** Digits dialled before an international number. */
  readonly international: string
  /** National significant numbers. */
  readonly national: string
  /** National numbers recognised without their trunk prefix (spreadsheets drop a leading zero); '' = none. */
  readonly bare: string
}

function plan(callingCode: string, national: string, others: Partial<DialPlan> = {}): DialPlan {
  return { callingCode, trunk: '0', international: '00', national, bare: '', ...others }
}

// Lengths after the numbering plans as published by the ITU (E.164 national numbering plans).
const plans: Readonly<Record<string, DialPlan>> = {
  MY: plan('60', '1[0-9]{8,9}|[3-9][0-9]{7,8}', { bare: '1[0-9]{8,9}' }),
  SG: plan('65', '[3689][0-9]{7}|1[0-9]{9,10}', { trunk: '', bare: '[3689][0-9]{7}' }),
  ID: plan('62', '[1-9][0-9]{7,11}', { bare: '8[0-9]{8,11}' }),
  TH: plan('66', '[1-9][0-9]{7,8}', { bare: '[689][0-9]{8}' }),
  PH: plan('63', '[1-9][0-9]{7,9}', { bare: '9[0-9]{9}' }),
  BN: plan('673', '[2-8][0-9]{6}', { trunk: '', bare: '[2-8][0-9]{6}' }),
  IN: plan('91', '[1-9][0-9]{9}', { bare: '[6-9][0-9]{9}' }),
  AU: plan('61', '[1-9][0-9]{8}', { international: '0011', bare: '4[0-9]{8}' }),
  GB: plan('44', '[1-9][0-9]{8,9}', { bare: '7[0-9]{9}' }),
  DE: plan('49', '[1-9][0-9]{4,12}', { bare: '1[567][0-9]{8,9}' }),
  FR: plan('33', '[1-9][0-9]{8}', { bare: '[67][0-9]{8}' }),
  ES: plan('34', '[5-9][0-9]{8}', { trunk: '', bare: '[5-9][0-9]{8}' }),
  IT: plan('39', '0[0-9]{5,10}|3[0-9]{8,9}', { trunk: '', bare: '0[1-9][0-9]{4,9}|3[0-9]{8,9}' }),
  US: plan('1', '[2-9][0-9]{2}[2-9][0-9]{6}', { trunk: '1', international: '011', bare: '[2-9][0-9]{2}[2-9][0-9]{6}' }),
  CA: plan('1', '[2-9][0-9]{2}[2-9][0-9]{6}', { trunk: '1', international: '011', bare: '[2-9][0-9]{2}[2-9][0-9]{6}' }),
}

/**
 * The plan of a country (ISO 3166-1 alpha-2). Countries without a row get a general plan: calling code from
 * libphonenumber's metadata, trunk `0`, no bare national numbers. Undefined for an unknown country.
 */
export function dialPlan(country: string): DialPlan | undefined {
  const own = Object.hasOwn(plans, country) ? plans[country] : undefined
  if (own !== undefined) return own
  if (!isSupportedCountry(country)) return undefined
  const callingCode = getCountryCallingCode(country)
  return plan(callingCode, `[1-9][0-9]{5,${14 - callingCode.length}}`)
}
