import { calendar, dayText } from './calendar.ts'
import { drawMailDomain, drawSegment, type Segment } from './catalogue.ts'
import { drawName } from './names.ts'
import { drawPlace, type Place } from './places.ts'
import { Random } from './random.ts'

/** What does not change about a subscriber; '' is an empty field, as real bases have them. */
export interface Subscriber {
  /** Position in the base, in order of registration. */
  readonly index: number
  readonly accountNo: string
  /** National significant number without the leading zero: `122345678`. */
  readonly number: string
  readonly name: string
  readonly nationalId: string
  readonly dob: string
  readonly email: string
  readonly iccid: string
  readonly segment: Segment
  readonly registered: number
  readonly home: Place
}

/** The population: any subscriber as a pure function of seed and position, nothing kept in memory. */
export interface Population {
  readonly seed: number
  readonly size: number
  at(index: number): Subscriber
  /** MSISDN in E.164 digits, `60122345678`: the name by which truth and audit speak of a subscriber. */
  msisdn(index: number): string
}

// Number blocks of 100,000 in Malaysian mobile ranges (national significant number without the last five digits).
const blocks = ['1222', '1735', '1944', '1268', '1661', '1752', '1907', '1285', '1623', '1771', '1246', '1988']

/** Builds the population of `size` subscribers; at most 300,000. */
export function population(seed: number, size: number): Population {
  const used = Math.min(blocks.length, Math.max(1, Math.ceil((size * 4) / 100_000)))
  const space = used * 100_000
  const offset = new Random(seed, 'numbers').below(space)
  const numberOf = (index: number): string => {
    // 71,317 is prime to 10 and to 3, so multiplication permutes the number space.
    const slot = (index * 71_317 + offset) % space
    return `${blocks[Math.floor(slot / 100_000)]}${String(slot % 100_000).padStart(5, '0')}`
  }
  return {
    seed,
    size,
    msisdn: (index) => `60${numberOf(index)}`,
    at(index) {
      const random = new Random(seed, 'subscriber', index)
      const share = (index + 0.5) / size
      const span = calendar.ownCopy - 1 - calendar.firstRegistration
      const registered = Math.min(
        calendar.ownCopy - 1,
        calendar.firstRegistration + Math.floor(span * share ** 0.8) + random.below(4),
      )
      const given = drawName(random)
      const born = registered - Math.floor(365.25 * (18 + 48 * random.unit() ** 1.4))
      const legacy = registered < calendar.firstRegistration + 4 * 365
      const home = drawPlace(random)
      const dob = dayText(born)
      const serial = String(random.below(5000) * 2 + (given.female ? 0 : 1)).padStart(4, '0')
      const digits = `${dob.slice(2, 4)}${dob.slice(5, 7)}${dob.slice(8, 10)}${random.chance(0.8) ? home.birthCode : drawPlace(random).birthCode}${serial}`
      return {
        index,
        accountNo: String(10_000_000 + index * 3 + random.below(3)),
        number: numberOf(index),
        name: written(given.name, legacy, random),
        nationalId: nationalId(digits, legacy, random),
        dob: random.chance(0.02) ? '' : random.chance(0.004) ? '1900-01-01' : dob,
        email: random.chance(0.22) ? '' : email(given.name, dob, random),
        iccid: luhn(`896099${String(index).padStart(7, '0')}${String(random.below(100_000)).padStart(5, '0')}`),
        segment: drawSegment(random),
        registered,
        home,
      }
    },
  }
}

function written(name: string, legacy: boolean, random: Random): string {
  if (legacy && random.chance(0.5)) return name.toUpperCase().slice(0, 24).trimEnd()
  if (random.chance(0.02)) return `${name} `
  return random.chance(0.08) ? name.toUpperCase() : name
}

function nationalId(digits: string, legacy: boolean, random: Random): string {
  const kind = random.unit()
  if (kind < 0.025) return ''
  if (kind < 0.04) return `A${digits.slice(-7)}`
  if (legacy && kind < 0.3) return `${digits.slice(0, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`
  return digits
}

function email(name: string, dob: string, random: Random): string {
  const words = name
    .toLowerCase()
    .replaceAll(/ (bin|binti|a\/l|a\/p) /g, ' ')
    .split(' ')
  const tail = random.chance(0.5) ? dob.slice(2, 4) : random.chance(0.6) ? String(random.below(1000)) : dob.slice(0, 4)
  const text = `${words.slice(0, 2).join(random.pick(['', '.', '_']))}${tail}@${drawMailDomain(random)}`
  return random.chance(0.01) ? text.toUpperCase() : text
}

/** Appends the check digit of the Luhn formula. */
export function luhn(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}
