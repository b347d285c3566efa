import type { Cells } from './subscribers.ts'

/** Generated persons with the details that people are told by, and the mistakes that are made when details are copied. */

const givenNames =
  'Aina Farid Siti Ravi Meiling Hafiz Nadia Kumar Zul Priya Amir Dewi Omar Balqis Hana Irfan Jamil Kavi Lina Musa Nor Puteri Rahim Salina Tariq Uma Vijay Wani Yusof Zara'.split(
    ' ',
  )
const familyNames =
  'Abdullah Bakar Chandran Daud Elias Fong Ganesan Hamid Ismail Jaafar Krishnan Lim Mahmud Nair Othman Pillai Qasim Rajan Sulaiman Tan Ujang Velu Wong Yahya Zainal Ahmad Ong Goh Teoh Subra'.split(
    ' ',
  )
const streets = 'Melur Kenanga Mawar Teratai Cempaka Anggerik Seroja Dahlia Tanjung Raya'.split(' ')
const cities = ['Seri Bintang', 'Kota Meru', 'Teluk Damai', 'Bukit Lanjan', 'Pantai Seri', 'Sungai Elok']

export const personColumns = ['full_name', 'dob', 'address', 'city', 'postcode', 'plan'] as const

/** A generator of fractions from 0 to 1. */
export function fractions(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `count` persons with a telephone number, which copies hold and samples do not. */
export function persons(count: number, seed: number, prefix = '6012'): Cells[] {
  const next = fractions(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return Array.from({ length: count }, (_, at) => {
    const city = Math.floor(next() ** 1.5 * cities.length)
    const day = -3_650 + Math.floor(next() * 16_000)
    return {
      msisdn: `${prefix}${String(1_000_000 + at * 7)}`,
      full_name: `${pick(givenNames)}${next() < 0.5 ? ` ${pick(givenNames)}` : ''} ${next() < 0.5 ? 'Bin' : 'Binti'} ${pick(familyNames)}`,
      dob: new Date(day * 86_400_000).toISOString().slice(0, 10),
      address: `${1 + Math.floor(next() * 180)} Jalan ${pick(streets)} ${1 + Math.floor(next() * 20)}`,
      city: cities[city] ?? '',
      postcode: String(40_000 + city * 1_000 + Math.floor(next() * 30)),
      plan: `Meridian ${30 + Math.floor(next() * 12) * 8}`,
    }
  })
}

/** The same persons as somebody copies them badly: typing errors, words left out or turned round, a wrong day or year, missing values. */
export function mistyped(people: readonly Cells[], seed: number): Cells[] {
  const next = fractions(seed)
  return people.map((cells) => {
    const { full_name: name = '', dob = '', address = '', city = '', postcode = '', plan = '' } = cells
    const words = name.split(' ')
    const kind = next()
    const written =
      kind < 0.15
        ? typo(name, next)
        : kind < 0.25
          ? words.filter((word) => !word.startsWith('Bin')).join(' ')
          : kind < 0.4
            ? words.toReversed().join(' ')
            : name
    const wrongDay = next()
    const born =
      wrongDay < 0.06
        ? `${dob.slice(0, 8)}${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`
        : wrongDay < 0.1
          ? `${Number(dob.slice(0, 4)) + 1}${dob.slice(4)}`
          : dob
    return {
      full_name: written,
      dob: next() < 0.1 ? '' : born,
      address: next() < 0.12 ? '' : next() < 0.15 ? typo(address, next) : address,
      city: next() < 0.05 ? '' : city,
      postcode: next() < 0.08 ? '' : postcode,
      plan: next() < 0.2 ? 'Meridian 999' : plan,
    }
  })
}

/** Two neighbouring letters change places. */
function typo(text: string, next: () => number): string {
  const at = 1 + Math.floor(next() * Math.max(1, text.length - 3))
  return `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`
}
