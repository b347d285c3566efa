/**
 * Orders two versions as vendors write them: 9.1R14.3, 7.4.2.1, 15.0(2)SE, 2019 CU13, 1.2.3-rc1. Numbers compare as numbers, words as words without
 * regard to case; a word of what comes before a release (alpha, beta, rc, pre, dev) is less than nothing, any other word more. Out: below, equal to
 * or above zero; undefined where one of them holds no number.
 */
export function compareVersions(one: string, other: string): number | undefined {
  const [a, b] = [partsOf(one), partsOf(other)]
  if (!a.some((part) => typeof part === 'number') || !b.some((part) => typeof part === 'number')) return undefined
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = orderOf(a[at], b[at])
    if (order !== 0) return order
  }
  return 0
}

/** Longer texts are no versions. */
const longest = 200

function partsOf(version: string): readonly (number | string)[] {
  const plain = version
    .slice(0, longest)
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
  // Build metadata orders nothing (SemVer 2.0, section 10).
  const [core = ''] = plain.split('+', 1)
  return (core.match(/\d+|[a-z]+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part))
}

/** Words of what comes before a release, in their order. */
const before = ['dev', 'snapshot', 'alpha', 'beta', 'milestone', 'pre', 'preview', 'cr', 'rc']

/** Places of a part: before a release, nothing or zero, another word, a number above zero. */
function placeOf(part: number | string | undefined): number {
  if (part === undefined || part === 0) return 1
  if (typeof part === 'number') return 3
  return before.includes(part) ? 0 : 2
}

function orderOf(a: number | string | undefined, b: number | string | undefined): number {
  const place = placeOf(a) - placeOf(b)
  if (place !== 0) return place
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return 0
  const early = before.indexOf(a) - before.indexOf(b)
  return early !== 0 ? early : a < b ? -1 : a > b ? 1 : 0
}
