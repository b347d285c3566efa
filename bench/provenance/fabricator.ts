import { Faker, en, id_ID, zh_CN, type LocaleDefinition } from '@faker-js/faker'
import { sha256 } from '../../src/base/index.ts'
import type { InventRequest, Inventor, LeakField, LeakRecord } from '../../src/drill/index.ts'

// Written from public descriptions of fabricated breaches (names unlike their e-mail addresses, streets that do not exist, some
// addresses real from older leaks, columns drawn independently) and from what an operator's own site shows: plans, prefixes, cities.

/** How somebody makes customer records up. */
const styles = ['faker-columns', 'seeded', 'recombined', 'plausible'] as const
type Style = (typeof styles)[number]

const plans = [
  'Postpaid 38',
  'Postpaid 58',
  'Postpaid 88',
  'Postpaid 128',
  'Prepaid Hari 10',
  'Prepaid Bulan 30',
  'Fibre Home 100',
  'Fibre Home 300',
]
const handsets = ['Kestrel K5', 'Kestrel K7', 'Lumo 12', 'Lumo 14', 'Orbi A3', 'Senja S2', 'Bayan B9', 'Tarra T1']
const providers = ['mail.example', 'webmail.example', 'pos.example', 'post.example', 'uni.example']
const prefixes = ['1222', '1735', '1944', '1268', '1661', '1127', '1333', '1455']
// The first places that come to mind, with a postcode that looks right.
const places = [
  ['Kuala Lumpur', 'Kuala Lumpur', '50'],
  ['Petaling Jaya', 'Selangor', '46'],
  ['Shah Alam', 'Selangor', '40'],
  ['Johor Bahru', 'Johor', '80'],
  ['George Town', 'Pulau Pinang', '10'],
  ['Ipoh', 'Perak', '30'],
  ['Kuching', 'Sarawak', '93'],
  ['Kota Kinabalu', 'Sabah', '88'],
  ['Melaka', 'Melaka', '75'],
] as const
const givenNames =
  'Ahmad Muhammad Siti Nurul Aisyah Hafiz Farah Amir Daniel Wei Mei Li Jason Michelle Kumar Priya Raj Kavita Adam Sarah'.split(
    ' ',
  )
const familyNames =
  'Abdullah Rahman Ismail Hassan Ibrahim Tan Lim Lee Wong Chan Kumar Singh Nair Raj Yusof Ali Omar Ng Goh Teo'.split(' ')

/** Makes up records in one of four manners, by seed; `style` in the answer names it. */
export const fabricate: Inventor = (request) => {
  const { seed, older } = request
  const faker = seeded([en], seed)
  const possible = older.length >= 20 ? styles : styles.filter((style) => style === 'faker-columns' || style === 'plausible')
  const style = faker.helpers.arrayElement(possible)
  return { style, records: inStyle(style, request, faker) }
}

function inStyle(style: Style, request: InventRequest, faker: Faker): LeakRecord[] {
  switch (style) {
    case 'faker-columns':
      return fakerColumns(request, faker)
    case 'seeded':
      return withRealSeeds(request, faker)
    case 'recombined':
      return recombined(request, faker)
    case 'plausible':
      return plausible(request, faker)
  }
}

function seeded(locale: LocaleDefinition[], seed: number): Faker {
  const faker = new Faker({ locale })
  faker.seed(Number.parseInt(sha256(`fabricator ${seed}`).slice(0, 8), 16))
  faker.setDefaultRefDate('2026-10-01T00:00:00.000Z')
  return faker
}

/** Every column on its own: a script of twenty lines. */
function fakerColumns({ seed, fields, rows }: InventRequest, picker: Faker): LeakRecord[] {
  const locale = picker.helpers.arrayElement<LocaleDefinition[]>([[en], [id_ID, en], [zh_CN, en]])
  const faker = seeded(locale, seed + 1)
  const goodChecks = picker.datatype.boolean()
  return Array.from({ length: rows }, () =>
    record(fields, (field) =>
      goodChecks && field === 'imei' ? faker.phone.imei().replaceAll('-', '') : fakerValue(field, faker),
    ),
  )
}

function fakerValue(field: LeakField, faker: Faker): string {
  switch (field) {
    case 'name':
      return faker.person.fullName()
    case 'msisdn':
      return `60${faker.helpers.arrayElement(prefixes)}${faker.string.numeric(5)}`
    case 'imsi':
      return `502${faker.helpers.arrayElement(['12', '16', '19'])}${faker.string.numeric(10)}`
    case 'imei':
      return `35${faker.string.numeric(13)}`
    case 'iccid':
      return `8960${faker.string.numeric(15)}`
    case 'national_id':
      return `${day(faker.date.birthdate()).replaceAll('-', '').slice(2)}${faker.string.numeric({ length: 2, exclude: ['0'] })}${faker.string.numeric(4)}`
    case 'email':
      return faker.internet.email({ provider: faker.helpers.arrayElement(providers) }).toLowerCase()
    case 'contract':
      return String(faker.number.int({ min: 10_000_000, max: 10_999_999 }))
    case 'cpe_serial':
      return `${faker.string.alpha({ length: 4, casing: 'upper' })}${faker.string.hexadecimal({ length: 8, prefix: '', casing: 'upper' })}`
    case 'mac':
      return faker.internet.mac()
    case 'dob':
      return day(faker.date.birthdate({ min: 18, max: 80, mode: 'age' }))
    case 'address':
      return faker.location.streetAddress()
    case 'city':
      return faker.location.city()
    case 'state':
      return faker.helpers.arrayElement(places)[1]
    case 'postcode':
      return faker.string.numeric(5)
    case 'plan':
      return faker.helpers.arrayElement(plans)
    case 'status':
      return faker.helpers.arrayElement(['active', 'suspended', 'terminated'])
    case 'device':
      return faker.helpers.arrayElement(handsets)
    case 'segment':
      return faker.helpers.arrayElement(['consumer', 'sme', 'corporate'])
    case 'activated':
      return day(faker.date.past({ years: 10 }))
  }
}

/** E-mail addresses and phone numbers of an older leak, everything else invented: "some addresses are real". */
function withRealSeeds(request: InventRequest, faker: Faker): LeakRecord[] {
  const { older, fields } = request
  const start = faker.number.int({ min: 0, max: older.length - 1 })
  const share = faker.number.float({ min: 0.4, max: 1 })
  const keepsPhone = faker.datatype.boolean()
  return (faker.datatype.boolean() ? fakerColumns(request, faker) : plausible(request, faker)).map((made, at) => {
    const real = older[(start + at) % older.length] ?? {}
    if (faker.number.float() >= share) return made
    return record(fields, (field) =>
      (field === 'email' || (field === 'msisdn' && keepsPhone)) && (real[field] ?? '') !== ''
        ? (real[field] ?? '')
        : (made[field] ?? ''),
    )
  })
}

/** Real columns of an older leak, each shuffled by itself; columns it lacks are invented. */
function recombined(request: InventRequest, faker: Faker): LeakRecord[] {
  const { older, fields, rows } = request
  const invented = plausible(request, faker)
  const columns = new Map(fields.map((field) => [field, faker.helpers.shuffle(older.map((one) => one[field] ?? ''))] as const))
  return Array.from({ length: rows }, (_, at) =>
    record(fields, (field) => {
      const column = columns.get(field) ?? []
      const real = column.some((value) => value !== '') ? (column[at % column.length] ?? '') : ''
      return real === '' ? (invented[at]?.[field] ?? '') : real
    }),
  )
}

/** Rows as a language model writes them: consistent in themselves, clean, from a short stock of names and places. */
function plausible({ seed, fields, rows }: InventRequest, picker: Faker): LeakRecord[] {
  const faker = seeded([en], seed + 2)
  const first = picker.number.int({ min: 10_000_000, max: 10_040_000 })
  return Array.from({ length: rows }, (_, at) => {
    const name = `${faker.helpers.arrayElement(givenNames)} ${faker.helpers.arrayElement(familyNames)}`
    const [city, state, stem] = faker.helpers.arrayElement(places)
    const born = day(faker.date.birthdate({ min: 19, max: 70, mode: 'age' }))
    const own: LeakRecord = {
      name,
      dob: born,
      national_id: `${born.slice(2).replaceAll('-', '')}${faker.helpers.arrayElement(['10', '14', '01', '07', '08'])}${faker.string.numeric(4)}`,
      email: `${name.toLowerCase().replace(' ', faker.helpers.arrayElement(['.', '', '_']))}${faker.number.int({ min: 1, max: 99 })}@${faker.helpers.arrayElement(providers)}`,
      city,
      state,
      postcode: `${stem}${faker.helpers.arrayElement(['000', '100', '200', '300', '400', '450', '50'.padEnd(3, '0')])}`,
      address: `${faker.number.int({ min: 1, max: 199 })}, Jalan ${faker.helpers.arrayElement(['Melati', 'Mawar', 'Merdeka', 'Ampang', 'Bukit', 'Damai'])} ${faker.number.int({ min: 1, max: 20 })}`,
      contract: String(first + at * faker.helpers.arrayElement([1, 1, 1, 2])),
      status: faker.helpers.weightedArrayElement([
        { value: 'active', weight: 9 },
        { value: 'suspended', weight: 1 },
      ]),
      imei: withLuhn(`35${faker.string.numeric(12)}`),
      iccid: withLuhn(`896019${faker.string.numeric(12)}`),
    }
    return record(fields, (field) => own[field] ?? fakerValue(field, faker))
  })
}

function record(fields: readonly LeakField[], value: (field: LeakField) => string): LeakRecord {
  return Object.fromEntries(fields.map((field) => [field, value(field)]))
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function withLuhn(digits: string): string {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, at) => {
      const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
