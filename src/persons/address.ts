import { patterns } from './forms.ts'

/** The text of an IP address after RFC 5952, IPv4-mapped ones as IPv4; undefined for everything else (rule A2). Takes lower-case text. */
export function address(text: string): string | undefined {
  const mapped = patterns.ipv6Mapped.exec(text)?.[1] ?? text
  if (patterns.ipv4.test(mapped)) return mapped === '0.0.0.0' ? undefined : mapped
  const groups = patterns.ipv6.test(text) ? groupsOf(text) : undefined
  if (groups === undefined) return undefined
  const [a, b, c, d, e, f = 0, g = 0, h = 0] = groups
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0) {
    if (f === 0) return undefined
    if (f === 0xffff) return address([g >> 8, g & 255, h >> 8, h & 255].join('.'))
  }
  const at = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  return at === undefined ? hex.join(':') : `${hex.slice(0, at.from).join(':')}::${hex.slice(at.to).join(':')}`
}

/** The eight groups of an IPv6 address, or undefined. */
function groupsOf(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = [...(head ?? []), ...(tail ?? [])]
  if (!given.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined
  if (tail === undefined ? given.length !== 8 : given.length > 7) return undefined
  const gap = Array<string>(8 - given.length).fill('0')
  return [...(head ?? []), ...gap, ...(tail ?? [])].map((group) => Number.parseInt(group, 16))
}

/** The first of the longest runs of at least two zero groups. */
function longestZeros(groups: readonly number[]): { readonly from: number; readonly to: number } | undefined {
  let best: { from: number; to: number } | undefined
  for (let from = 0; from < groups.length; from += 1) {
    let to = from
    while (groups[to] === 0) to += 1
    if (to - from > Math.max(1, best === undefined ? 0 : best.to - best.from)) best = { from, to }
  }
  return best
}
