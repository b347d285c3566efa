import type { Draw } from './draw.ts'

/** Values of one customer by attribute, each with the days it changed: the last change on or before a day holds. */
export interface Customer {
  readonly created: number
  readonly closed: number
  readonly mobile: boolean
  readonly broadband: boolean
  readonly loyal: boolean
  readonly prepaid: boolean
  readonly values: Readonly<Record<string, readonly (readonly [number, string])[]>>
}

const given = 'Aina Farid Mei Ling Ravi Siti Hafiz Chong Devi Omar Nurul Kumar Jaya Wei Azlan Priya Tan Amir Lina Zul'.split(' ')
const family = 'Rahman Tan Lim Nair Ismail Wong Yusof Pillai Ong Hamid Lee Bakar Raj Chua Salleh'.split(' ')
const streets = 'Jalan Melati,Jalan Kenanga,Lorong Delima,Jalan Merdeka,Jalan Tasik,Persiaran Utama,Jalan Bukit'.split(',')
const cities = 'Petaling Jaya,Ipoh,Kuching,Melaka,Seremban,Johor Bahru,Kuantan'.split(',')
const plans = ['Meridian 38', 'Meridian 58', 'Meridian 98', 'Family 128', 'Biz 88', 'Lite 18']
const devices = ['Orbit A5', 'Orbit A7', 'Nova 3', 'Nova 5', 'Pico X', 'Tern 12', 'Tern 14']
const modems = ['HG-240', 'HG-260', 'ARX-11', 'ARX-12', 'FIBR-5']
const lineTypes = ['Home', 'SME', 'Enterprise']

/** First day of the world and its length, days since 1970. */
export const worldStart = 18_000
export const worldDays = 2_600

/** Customers of an operator over seven years: they come, change plan, address, device and status, and some go. */
export function customersOf(draw: Draw, count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, at) => customer(draw, at))
}

function customer(draw: Draw, at: number): Customer {
  const created = worldStart + draw.under(worldDays - 30)
  const leaves = draw.chance(0.3)
  const closed = leaves ? created + 60 + draw.under(1_500) : Number.MAX_SAFE_INTEGER
  const prepaid = draw.chance(0.4)
  const digits = (length: number): string => Array.from({ length }, () => String(draw.under(10))).join('')
  const day = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)
  const once = (value: string): readonly (readonly [number, string])[] => [[created, value]]
  const changing = (rate: number, value: () => string): readonly (readonly [number, string])[] => {
    const all: (readonly [number, string])[] = [[created, value()]]
    for (let on = created; ;) {
      on += 1 + Math.floor((-Math.log(1 - draw.next()) * 365) / rate)
      if (on > worldStart + worldDays) return all
      all.push([on, value()])
    }
  }
  const first = draw.pick(given)
  const last = draw.pick(family)
  const imsi = `50299${digits(10)}`
  return {
    created,
    closed,
    prepaid,
    mobile: draw.chance(0.85),
    broadband: draw.chance(0.35),
    loyal: draw.chance(0.4),
    values: {
      msisdn: once(`6012${String(1_000_000 + at * 811 + draw.under(800)).slice(0, 7)}`),
      account: once(`AC${100_000 + at * 7 + draw.under(6)}`),
      name: once(`${first} ${draw.pick(given)} ${last}`),
      nric: once(`${digits(2)}0${1 + draw.under(9)}${10 + draw.under(18)}10${digits(4)}`),
      dob: once(day(2_000 + draw.under(10_000))),
      email: once(`${first}.${last}${draw.under(9_999)}@mail.example`.toLowerCase()),
      address: changing(0.08, () => `${1 + draw.under(180)} ${draw.pick(streets)}`),
      city: changing(0.06, () => draw.pick(cities)),
      plan: changing(0.3, () => draw.pick(plans)),
      status: changing(0.1, () => draw.pick(['active', 'active', 'active', 'active', 'suspended'])),
      device: changing(0.4, () => draw.pick(devices)),
      activated: once(day(created)),
      imsi: once(imsi),
      iccid: once(luhnEnded(`896012${digits(12)}`)),
      imei: changing(0.4, () => luhnEnded(`35${digits(12)}`)),
      serial: changing(0.15, () => `MTK${draw.pick(['A', 'B', 'C'])}${digits(8)}`),
      mac: changing(0.15, () => Array.from({ length: 6 }, () => draw.under(256).toString(16).padStart(2, '0')).join(':')),
      modem: changing(0.15, () => draw.pick(modems)),
      line: once(draw.pick(lineTypes)),
      points: changing(4, () => String(draw.under(5_000))),
      tier: changing(0.3, () => draw.pick(['Blue', 'Silver', 'Gold'])),
      balance: changing(6, () => `${draw.under(200)}.${digits(2)}`),
    },
  }
}

/** The number with its check digit by Luhn's rule behind it. */
function luhnEnded(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** The value of an attribute on a day. */
export function valueOn(customer: Customer, attribute: string, day: number): string {
  const all = customer.values[attribute] ?? []
  let value = ''
  for (const [from, text] of all) if (from <= day) value = text
  return value
}
