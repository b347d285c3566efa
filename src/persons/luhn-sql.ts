/**
 * Luhn's check in SQL over an expression of at most 20 digits, as arithmetic on two numbers: the last ten digits and the rest.
 * Of every pair of digits the right one counts as it is, the left one doubled (9 less from 5 on).
 */
export function luhnSql(digits: string): string {
  const last = `toUInt64OrZero(right(${digits}, 10))`
  const rest = `toUInt64OrZero(if(length(${digits}) > 10, left(${digits}, length(${digits}) - 10), ''))`
  const pairs = [last, rest].flatMap((number) => [0, 1, 2, 3, 4].map((at) => pairSql(number, at)))
  return `(${pairs.join(' + ')}) % 10 = 0`
}

function pairSql(number: string, at: number): string {
  const right = `intDiv(${number}, ${10 ** (2 * at)}) % 10`
  const left = `intDiv(${number}, ${10 ** (2 * at + 1)}) % 10`
  return `(${right} + 2 * (${left}) + ((${left}) >= 5))`
}
