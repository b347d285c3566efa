import type { ShownHost } from './host.ts'

/** Digits by the letters they are read as. */
const digits: Readonly<Record<string, string>> = { l: '1', i: '1', o: '0', d: '4', s: '5', b: '8', z: '2', g: '9' }

/** Names of one make: how many there are, and how many have a digit at each place of their last part. */
interface Make {
  count: number
  readonly digitsAt: number[]
}

/**
 * Puts right a letter that was read for a digit where other hosts of the picture have a digit in that place: hosts of the same domain
 * whose part after the last dash is as long (`edge-kull` beside `edge-jhb3` and `agg-kch2`). `read` keeps what was read; names that
 * the inventory knows stay.
 */
export function withSiblings(hosts: readonly ShownHost[]): ShownHost[] {
  const makes = new Map<string, Make>()
  for (const one of hosts) {
    if (one.kind !== 'host') continue
    const { key, from, end } = makeOf(one.text)
    const make = makes.get(key) ?? { count: 0, digitsAt: [] }
    makes.set(key, make)
    make.count += 1
    for (let at = from; at < end; at++)
      if (/\d/.test(one.text[at] ?? '')) make.digitsAt[at - from] = (make.digitsAt[at - from] ?? 0) + 1
  }
  return hosts.map((one) => {
    const { key, from, end } = makeOf(one.text)
    const make = one.kind === 'host' && one.known === undefined ? makes.get(key) : undefined
    if (make === undefined) return one
    const text = one.text
      .split('')
      .map((letter, at) => {
        const digit = digits[letter]
        const others = make.digitsAt[at - from] ?? 0
        return at >= from && at < end && digit !== undefined && others >= 2 && others * 2 >= make.count - 1 ? digit : letter
      })
      .join('')
    return text === one.text ? one : { ...one, text, read: one.text }
  })
}

/** Domain and length of what stands after the last dash of the first part, and where that stands. */
function makeOf(host: string): { readonly key: string; readonly from: number; readonly end: number } {
  const dot = host.indexOf('.')
  const end = dot < 0 ? host.length : dot
  const from = host.lastIndexOf('-', end) + 1
  return { key: `${end - from} ${host.slice(end)}`, from, end }
}
