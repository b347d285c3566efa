import type { Reading } from './align-cells.ts'

/** That a sample column holds what a column of a copy holds. */
export interface Evidence {
  /** Position of the sample column. */
  readonly column: number
  readonly reading: Reading
  readonly copy: string
  readonly by: 'rows' | 'values'
  /** Cells compared, and of them the share that agrees and the share that chance would give (fractions of 1). */
  readonly rows: number
  readonly share: number
  readonly chance: number
  /** Natural logarithm of how much better the share is explained by itself than by chance. */
  readonly gain: number
  /** It is the identifier by which the rows met; the cells of these rows speak for it. */
  readonly key?: boolean
}

/** Gain that a finding needs: 1,000 to 1 after allowing for all the comparisons made. */
export function leastGain(comparisons: number): number {
  return Math.log(1_000) + Math.log(Math.max(1, comparisons))
}

/** Agreement beyond chance (Cohen's kappa) that a finding needs: rows go stale and samples are padded, so not all need agree. */
const leastKappa = 0.3

/** log of the likelihood ratio of a binomial share against the share by chance (the G statistic over two). */
export function gainOf(equal: number, rows: number, chance: number): number {
  if (rows === 0 || equal <= rows * chance) return 0
  const share = equal / rows
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance))
  return rows * (share * Math.log(share / chance) + rest)
}

/** Agreement beyond chance, 1 = always. */
function kappa({ share, chance, key }: Evidence): number {
  if (key === true) return Math.max(share, leastKappa)
  return chance >= 1 ? 0 : (share - chance) / (1 - chance)
}

/**
 * The meaning that each column takes: a field goes to one column only, the best supported first; an identifier may stand on several.
 * Of meanings that fit a column nearly as well, the one its header says wins, then the one that most copies hold: names in copies mean
 * more than names in `leaks`, whose own headers may lie.
 */
export function settle(
  evidence: readonly Evidence[],
  options: {
    readonly least: number
    readonly said: (column: number) => string | undefined
    readonly leaks: ReadonlySet<string>
  },
): ReadonlyMap<number, Evidence> {
  const byColumn = Map.groupBy(
    evidence.filter((one) => one.gain >= options.least && kappa(one) >= leastKappa),
    (one) => one.column,
  )
  const lists = [...byColumn].map(([column, all]) => {
    const best = Math.max(...all.map(kappa))
    const near = all.filter((one) => kappa(one) >= 0.8 * best)
    const said = options.said(column)
    const held = (one: Evidence): number =>
      near
        .filter((other) => other.reading.target.tag === one.reading.target.tag)
        .reduce((sum, other) => sum + (options.leaks.has(other.copy) ? 0.01 : 1), 0)
    const ranked = near.toSorted(
      (a, b) =>
        Number(b.reading.target.tag === said) - Number(a.reading.target.tag === said) || held(b) - held(a) || stronger(a, b),
    )
    const rest = all.filter((one) => !near.includes(one)).toSorted(stronger)
    return { column, ranked: [...ranked, ...rest], gain: Math.max(...near.map((one) => one.gain)) }
  })
  const taken = new Set<string>()
  const result = new Map<number, Evidence>()
  for (const { column, ranked } of lists.toSorted((a, b) => b.gain - a.gain || a.column - b.column)) {
    const one = ranked.find(({ reading: { target } }) => target.array === 'ids' || !taken.has(target.tag))
    if (one === undefined) continue
    taken.add(one.reading.target.tag)
    result.set(column, one)
  }
  return result
}

function stronger(a: Evidence, b: Evidence): number {
  if (a.gain !== b.gain) return b.gain - a.gain
  const name = ({ copy, reading }: Evidence): string => `${reading.target.tag} ${copy} ${reading.order ?? ''}`
  return name(a) < name(b) ? -1 : 1
}
