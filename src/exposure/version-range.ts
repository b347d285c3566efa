import { compareVersions } from './version.ts'

/** One bound of a range: `<9.1.2`. */
interface Bound {
  readonly is: '=' | '!=' | '<' | '<=' | '>' | '>='
  readonly version: string
}

/** Versions as an advisory states them: stretches, of which a version lies in one or in none. */
export interface VersionRange {
  /** As written. */
  readonly text: string
  /** Each stretch holds when all its bounds do. Empty: every version. */
  readonly stretches: readonly (readonly Bound[])[]
}

/** Bounds of one range; a longer one is not read. */
const mostBounds = 100

/**
 * Reads a range: VERS (`vers:generic/>=9.0|<9.1.2`, `vers:all/*`, Package URL specification), comparators (`< 9.1.2`, `>= 7.0 and < 7.0.14`),
 * `9.0 through 9.1.1`, `9.0 to 9.1.1`, `9.1.1 and earlier`, `before 9.1.2`, a single version, `*`. Undefined where the text is none of them: what is
 * not understood rules nothing in or out.
 */
export function readRange(text: string): VersionRange | undefined {
  const plain = text.trim().slice(0, 2_000)
  if (plain === '') return undefined
  const vers = /^vers:[a-z0-9.+-]+\/(.*)$/i.exec(plain)
  if (vers !== null) return ranged(text, versBounds(vers[1] ?? ''))
  if (/^(?:\*|all(?: versions)?|any)$/i.test(plain)) return { text, stretches: [[]] }
  const lower = plain.toLowerCase().replace(/^(?:versions?|releases?)\s+/, '')
  const through = /^v?(\S{1,100}) (?:through|to|up to and including) v?(\S{1,100})$/.exec(lower)
  if (through !== null)
    return ranged(text, [
      { is: '>=', version: through[1] ?? '' },
      { is: '<=', version: through[2] ?? '' },
    ])
  const upTo =
    /^v?(\S{1,100}) (?:and|or) (?:earlier|prior|below|lower|older)$/.exec(lower) ??
    /^up to and including v?(\S{1,100})$/.exec(lower)
  if (upTo !== null) return ranged(text, [{ is: '<=', version: upTo[1] ?? '' }])
  const earlier = /^(?:before|prior to|earlier than) v?(\S{1,100})$/.exec(lower)
  if (earlier !== null) return ranged(text, [{ is: '<', version: earlier[1] ?? '' }])
  const bounds = lower
    .split(/\s*(?:,|&&|\band\b|\|)\s*/)
    .filter((part) => part !== '')
    .map((part): Bound | undefined => {
      const found = /^(<=|>=|<|>|==?|!=|≤|≥)?\s*v?(\d\S{0,100})$/.exec(part)
      return found === null ? undefined : { is: comparatorOf(found[1]), version: found[2] ?? '' }
    })
  return bounds.every((bound) => bound !== undefined) ? ranged(text, bounds) : undefined
}

/** Does a version lie in the range? Undefined where the two cannot be compared. */
export function inRange(range: VersionRange, version: string): boolean | undefined {
  let known = true
  for (const stretch of range.stretches) {
    const held = stretch.map(({ is, version: bound }) => {
      const order = compareVersions(version, bound)
      return order === undefined ? undefined : holds(is, order)
    })
    if (held.every((one) => one === true)) return true
    if (held.includes(undefined) && !held.includes(false)) known = false
  }
  return known ? false : undefined
}

function holds(is: Bound['is'], order: number): boolean {
  switch (is) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

function comparatorOf(text: string | undefined): Bound['is'] {
  if (text === undefined || text === '==') return '='
  if (text === '≤') return '<='
  return text === '≥' ? '>=' : (text as Bound['is'])
}

function versBounds(constraints: string): readonly Bound[] | undefined {
  if (constraints.trim() === '*') return []
  const bounds = constraints.split('|').map((part): Bound | undefined => {
    const found = /^\s*(<=|>=|<|>|!=|=)?\s*([^\s<>=!|]{1,200})\s*$/.exec(part)
    return found === null ? undefined : { is: comparatorOf(found[1]), version: decoded(found[2] ?? '') }
  })
  return bounds.every((bound) => bound !== undefined) ? bounds : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Bounds in the order of versions as stretches: a lower bound opens one, the next upper bound closes it; versions named by `=` stand alone, those
 * by `!=` are outside of every stretch.
 */
function ranged(text: string, bounds: readonly Bound[] | undefined): VersionRange | undefined {
  if (bounds === undefined || bounds.length > mostBounds) return undefined
  const not = bounds.filter(({ is }) => is === '!=')
  const alone = bounds.filter(({ is }) => is === '=').map((bound): readonly Bound[] => [bound])
  const limits = bounds
    .filter(({ is }) => is !== '=' && is !== '!=')
    .toSorted((a, b) => compareVersions(a.version, b.version) ?? 0)
  const stretches: Bound[][] = []
  let open: Bound | undefined
  for (const bound of limits) {
    if (bound.is.startsWith('>')) {
      open ??= bound
      continue
    }
    stretches.push([...(open === undefined ? [] : [open]), bound])
    open = undefined
  }
  if (open !== undefined) stretches.push([open])
  if (limits.length === 0 && alone.length === 0) stretches.push([])
  return { text, stretches: [...stretches.map((stretch) => [...stretch, ...not]), ...alone] }
}
