import type { Random } from '../random.ts'
import { keyFields, type LeakField } from './fields.ts'

/** How one system or person writes the values of a table. */
export interface Writing {
  readonly phone: 'plus' | 'bare' | 'local' | 'dashed'
  readonly day: 'iso' | 'dmy' | 'dmy-dash' | 'month-name'
  readonly nationalId: 'as-is' | 'bare' | 'dashed'
  readonly mac: 'colon' | 'dash' | 'bare'
  readonly name: Case
  readonly code: Case
}
type Case = 'as-is' | 'upper' | 'lower'

export function drawWriting(random: Random): Writing {
  return {
    phone: random.pick(['plus', 'bare', 'local', 'dashed']),
    day: random.pick(['iso', 'iso', 'dmy', 'dmy-dash', 'month-name']),
    nationalId: random.pick(['as-is', 'bare', 'dashed']),
    mac: random.pick(['colon', 'dash', 'bare']),
    name: random.pick(['as-is', 'as-is', 'upper']),
    code: random.pick(['as-is', 'as-is', 'upper', 'lower']),
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A plain value as it is written; what is not of the plain form (noise) stays as it is. */
export function written(field: LeakField, value: string, writing: Writing): string {
  switch (field) {
    case 'msisdn':
      return /^60\d{8,10}$/.test(value) ? phone(value.slice(2), writing.phone) : value
    case 'dob':
    case 'activated':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value, writing.day) : value
    case 'national_id':
      return nationalId(value, writing.nationalId)
    case 'mac':
      return writing.mac === 'colon' ? value : value.replaceAll(':', writing.mac === 'dash' ? '-' : '')
    case 'name':
      return inCase(value, writing.name)
    case 'plan':
    case 'status':
    case 'segment':
    case 'city':
    case 'state':
      return inCase(value, writing.code)
    case 'email':
    case 'imsi':
    case 'imei':
    case 'iccid':
    case 'contract':
    case 'cpe_serial':
    case 'address':
    case 'postcode':
    case 'device':
      return value
  }
}

function phone(national: string, form: Writing['phone']): string {
  switch (form) {
    case 'plus':
      return `+60${national}`
    case 'bare':
      return `60${national}`
    case 'local':
      return `0${national}`
    case 'dashed':
      return `0${national.slice(0, 2)}-${national.slice(2, 5)} ${national.slice(5)}`
  }
}

function day(iso: string, form: Writing['day']): string {
  const [year = '', month = '', date = ''] = iso.split('-')
  switch (form) {
    case 'iso':
      return iso
    case 'dmy':
      return `${date}/${month}/${year}`
    case 'dmy-dash':
      return `${date}-${month}-${year}`
    case 'month-name':
      return `${Number(date)} ${months[Number(month) - 1]} ${year}`
  }
}

function nationalId(value: string, form: Writing['nationalId']): string {
  const bare = value.replaceAll('-', '')
  if (form === 'as-is' || !/^\d{12}$/.test(bare)) return value
  return form === 'bare' ? bare : `${bare.slice(0, 6)}-${bare.slice(6, 8)}-${bare.slice(8)}`
}

function inCase(value: string, form: Case): string {
  return form === 'as-is' ? value : form === 'upper' ? value.toUpperCase() : value.toLowerCase()
}

// Names of columns: English, Malay, and the short names of old systems.
const headers: Readonly<Record<LeakField, readonly [english: string, malay: string, short: string]>> = {
  name: ['customer name|full name|name|subscriber name', 'nama|nama pelanggan', 'cust nm|nm|name 1'],
  msisdn: ['msisdn|phone|mobile no|phone number|mobile', 'no telefon|telefon bimbit', 'tel|msisdn|cli'],
  imsi: ['imsi|imsi number', 'imsi', 'imsi|sub imsi'],
  imei: ['imei|imei number', 'imei', 'imei|term id'],
  iccid: ['iccid|sim number|sim serial', 'no sim', 'icc|sim'],
  national_id: ['national id|id number|nric', 'no kp|no kad pengenalan', 'ic|id 1'],
  email: ['email|e-mail|email address', 'emel|alamat emel', 'mail|eml'],
  contract: ['account no|contract no|customer id', 'no akaun', 'acct|ban|cno'],
  cpe_serial: ['cpe serial|router serial|ont serial', 'siri peranti', 'cpe sn|sn'],
  mac: ['mac|mac address|cpe mac', 'alamat mac', 'mac|hw addr'],
  dob: ['dob|date of birth|birth date', 'tarikh lahir', 'dob|bd'],
  address: ['address|street|billing address', 'alamat', 'addr 1|adr'],
  city: ['city|town', 'bandar', 'cty|city'],
  state: ['state|region|province', 'negeri', 'st|rgn'],
  postcode: ['postcode|zip|postal code', 'poskod', 'pc|zip'],
  plan: ['plan|tariff|package|rate plan', 'pelan|pakej', 'pkg|tp'],
  status: ['status|account status|line status', 'status', 'sts|stat cd'],
  device: ['device|handset|device model', 'peranti|model peranti', 'dev|hs mdl'],
  segment: ['segment|customer segment|customer type', 'segmen|jenis pelanggan', 'seg|cust typ'],
  activated: ['activated on|activation date|registered on|join date', 'tarikh daftar|tarikh aktif', 'act dt|reg dt'],
}

/** The habit by which a table names its columns. */
export interface HeaderStyle {
  readonly language: 'english' | 'malay' | 'short'
  readonly style: 'snake' | 'UPPER' | 'Title' | 'camel'
}

export function drawHeaderStyle(random: Random): HeaderStyle {
  return {
    language: random.pick(['english', 'english', 'english', 'malay', 'short']),
    style: random.pick(['snake', 'UPPER', 'Title', 'camel']),
  }
}

/** A name for the column of a field. */
export function drawHeader(field: LeakField, { language, style }: HeaderStyle, random: Random): string {
  const text = random.pick((headers[field][language === 'english' ? 0 : language === 'malay' ? 1 : 2] ?? field).split('|'))
  const words = text.split(/[ -]/)
  switch (style) {
    case 'snake':
      return words.join('_')
    case 'UPPER':
      return words.join('_').toUpperCase()
    case 'Title':
      return words.map(capital).join(' ')
    case 'camel':
      return words.map((word, at) => (at === 0 ? word : capital(word))).join('')
  }
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}

/** Draws `count` fields in random order, at least one of them of those that single a person out. */
export function drawFields(fields: readonly LeakField[], count: number, random: Random): LeakField[] {
  const keys = random.shuffled(fields.filter((field) => keyFields.includes(field)))
  const first = keys[0]
  if (first === undefined) return random.shuffled(fields).slice(0, count)
  return random.shuffled([first, ...random.shuffled(fields.filter((field) => field !== first)).slice(0, count - 1)])
}
