import type { ShownHost } from './host.ts'

/** Digits by the letters they are read as. */
const digits: Readonly<Record<string, string>> = { l: '1', i: '1', o: '0', d: '4', s: '5', b: '8', z: '2', g: '9' }

/** Names of one domain whose first part is as long: how many there are, and how many have a digit at each place. */
interface Make {
  count: number
  readonly digitsAt: number[]
}

/**
 * Puts right a letter that was read for a digit where other hosts of the picture, of the same domain and as long, have a digit in that
 * place (`edge-kull` beside `edge-jhb3` and `core-kch2`). `read` keeps what was read; names that the inventory knows stay.
 */
export function withSiblings(hosts: readonly ShownHost[]): ShownHost[] {
  const makes = new Map<string, Make>()
  for (const one of hosts) {
    if (one.kind !== 'host') continue
    const make = makes.get(makeOf(one)) ?? { count: 0, digitsAt: [] }
    makes.set(makeOf(one), make)
    make.count += 1
    for (const [at, letter] of one.text.split('').entries())
      if (/\d/.test(letter)) make.digitsAt[at] = (make.digitsAt[at] ?? 0) + 1
  }
  return hosts.map((one) => {
    const make = one.kind === 'host' && one.known === undefined ? makes.get(makeOf(one)) : undefined
    if (make === undefined) return one
    const end = one.text.indexOf('.')
    const text = one.text
      .split('')
      .map((letter, at) => {
        const digit = digits[letter]
        const others = make.digitsAt[at] ?? 0
        return at < end && digit !== undefined && others >= 2 && others * 2 >= make.count - 1 ? digit : letter
      })
      .join('')
    return text === one.text ? one : { ...one, text, read: one.text }
  })
}

/** Domain and length of the first part. */
function makeOf(host: ShownHost): string {
  const end = host.text.indexOf('.')
  return `${end} ${host.text.slice(end)}`
}
