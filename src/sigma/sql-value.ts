import { unreachable } from '../base/index.ts'
import type { Network } from './network.ts'
import { readNumeral } from './numeral.ts'
import type { Comparison, TimePart } from './plan.ts'
import type { SqlValues } from './sql-bind.ts'
import type { SqlBounds } from './sql-bounds.ts'

const operators: Readonly<Record<Comparison, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** Rules compare with numbers of up to so many digits; what has more is beyond any of them. */
const digits = 70
const beyond = `toInt256('1${'0'.repeat(digits + 1)}')`

/**
 * A comparison with a number. A fraction is read as the nearest double, as in memory; only such a one against a bound beyond 2^53
 * is left to the matcher there.
 */
export function numberSql(test: { readonly op: Comparison; readonly value: string }, raw: string, values: SqlValues): SqlBounds {
  const short = `length(${raw}) <= 80`
  const isFraction = values.column(1, `and(${short}, match(${raw}, '^-?[0-9]+[.][0-9]+$'))`)
  const isDecimal = `and(${short}, match(${raw}, '^-?[0-9]+$'))`
  const isHex = `and(${short}, match(${raw}, '^0[xX][0-9a-fA-F]+$'))`
  const bound = readNumeral(test.value)
  if (typeof bound !== 'bigint' || bound.toString().length > digits)
    return { upper: `or(${isFraction}, ${isDecimal}, ${isHex})`, lower: '0' }
  const decimal = `replaceRegexpOne(${raw}, '^-?0*', '')`
  const hex = `replaceRegexpOne(${raw}, '^0[xX]0*', '')`
  const size = `if(length(${decimal}) > ${digits}, ${beyond}, toInt256OrZero(${decimal}))`
  const hexSize = `if(length(${hex}) > 62, ${beyond}, reinterpretAsInt256(reverse(unhex(leftPad(${hex}, 64, '0')))))`
  const whole = values.column(
    1,
    `multiIf(${isDecimal}, if(startsWith(${raw}, '-'), negate(${size}), ${size}), ${isHex}, ${hexSize}, NULL)`,
  )
  const operator = operators[test.op]
  const wholeHolds = `ifNull(${whole} ${operator} toInt256('${bound}'), 0)`
  if (bound <= -(2n ** 53n) || bound >= 2n ** 53n)
    return { upper: test.op === 'eq' ? wholeHolds : `or(${wholeHolds}, ${isFraction})`, lower: wholeHolds }
  const read = `JSONExtractFloat(replaceRegexpOne(${raw}, '^(-?)0*([0-9])', '\\\\1\\\\2'))`
  const fraction = values.column(1, `if(and(${short}, match(${raw}, '^-?[0-9]+[.][0-9]+$')), ${read}, NULL)`)
  const holds = `or(${wholeHolds}, ifNull(${fraction} ${operator} toFloat64('${bound}'), 0))`
  return { upper: holds, lower: holds }
}

/** An address range. Addresses in rare forms (a zone, IPv4 digits inside IPv6) are left to the matcher in memory. */
export function networkSql(network: Network, raw: string, values: SqlValues): SqlBounds {
  const parts = `arrayMap(p -> toUInt16OrZero(p), splitByChar('.', ${raw}))`
  const four = values.column(
    1,
    `if(and(match(${raw}, '^[0-9]{1,3}([.][0-9]{1,3}){3}$'), arrayAll(p -> p < 256, ${parts})), arrayFold((sum, p) -> toUInt64(sum * 256 + p), ${parts}, toUInt64(0)), NULL)`,
  )
  const isSix = `and(match(${raw}, '^[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}$'), isIPv6String(${raw}))`
  const six = values.column(1, `if(${isSix}, reinterpretAsUInt128(reverse(IPv6StringToNumOrDefault(${raw}))), NULL)`)
  const other = values.column(1, `and(position(${raw}, ':') > 0, length(${raw}) <= 60, not(${isSix}))`)
  const prefix = BigInt(`0x${network.prefix}`)
  const mapped = `bitShiftRight(${six}, 32) = toUInt128(65535)`
  const whole = network.bits === 0
  const shift = (network.family === 4 ? 32 : 128) - network.bits
  const inRange = (number: string): string => (whole ? '1' : `bitShiftRight(${number}, ${shift}) = toUInt128('${prefix}')`)
  const lower =
    network.family === 6
      ? `ifNull(and(${six} IS NOT NULL, not(${mapped}), ${inRange(six)}), 0)`
      : `or(ifNull(and(${four} IS NOT NULL, ${inRange(four)}), 0), ifNull(and(${mapped}, ${inRange(`bitAnd(${six}, toUInt128(4294967295))`)}), 0))`
  return { lower, upper: `or(${lower}, ${other})` }
}

/** A part of a date as it is written; weeks need the calendar and are left to the matcher in memory. */
export function timePartSql(
  test: { readonly part: TimePart; readonly op: Comparison; readonly value: string },
  raw: string,
  values: SqlValues,
): SqlBounds {
  const dated = `match(${raw}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}')`
  const bound = readNumeral(test.value)
  if (test.part === 'week' || typeof bound !== 'bigint') return { upper: dated, lower: '0' }
  const digits = (from: number, count: number): string => `toInt256OrZero(substring(${raw}, ${from}, ${count}))`
  const compared = (from: number, count: number): string =>
    `${digits(from, count)} ${operators[test.op]} toInt256OrZero(${values.text(bound.toString())})`
  const timed = `match(${raw}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}')`
  const told = (needed: string, at: string): SqlBounds => ({ upper: `and(${needed}, ${at})`, lower: `and(${needed}, ${at})` })
  switch (test.part) {
    case 'year':
      return told(dated, compared(1, 4))
    case 'month':
      return told(dated, compared(6, 2))
    case 'day':
      return told(dated, compared(9, 2))
    case 'hour':
      return told(timed, compared(12, 2))
    case 'minute':
      return told(timed, compared(15, 2))
    default:
      return unreachable(test.part)
  }
}
