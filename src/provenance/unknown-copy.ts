import type { Clock } from './clock.ts'
import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'
import type { Mixture } from './mixture.ts'
import { logSum } from './model.ts'
import type { Main, Pool } from './pool.ts'
import { refreshed, type SourceFit } from './row-fit.ts'

/** A copy that nobody registered, as the answer. `log` includes the prior over days. */
export interface UnknownCopy {
  readonly log: number
  readonly mixture: Mixture
  /** The registered extract that it resembles on another day, if any. */
  readonly like?: Linkage
}

/** How the prior of an unknown copy is spread: any people of the own system, an extract handed out again, rows of a registered copy beside it. */
const spread = { wide: 0.45, like: 0.45, beside: 0.1 } as const

/**
 * A copy that is not registered (rule P12): the own system's people on any day, or the people of a registered extract on any day; alone or with
 * rows of a registered copy beside. Without an own copy: all copies pooled at twice the size of the largest. Undefined without any copy.
 */
export function unknownCopy(options: {
  readonly copies: readonly Linkage[]
  readonly clock: Clock | undefined
  readonly pool: Pool
  readonly examined: Examined
  /** Log of the prior over days, averaged over how well they fit. */
  readonly days: number
  /** Copies that may stand beside it. */
  readonly beside: readonly Linkage[]
  /** Nats for a copy from its order and way of writing: an extract handed out again is written in the same way. */
  readonly written: (copy: Linkage) => number
}): UnknownCopy | undefined {
  const { copies, clock, pool, examined } = options
  const own =
    clock?.linkage.copy.kind === 'own'
      ? clock.linkage
      : copies.filter((copy) => copy.copy.kind === 'own').toSorted((a, b) => b.size - a.size)[0]
  if (own === undefined) {
    if (copies.length === 0) return undefined
    const mixture = pool.answer([{ of: 'source', fit: anyOf(copies.map((copy) => pool.fit(copy))) }])
    return { log: mixture.log, mixture }
  }
  const ownFit = pool.fit(own)
  const tried = (fits: readonly Main[]): Mixture => pool.answer(fits)
  const wide = [{ mixture: tried([{ of: 'source', fit: ownFit }]) }]
  const like = copies
    .filter(
      (copy) => copy !== own && copy.copy.kind === 'extract' && copy.links.size > 0 && copy.links.size * 2 >= own.links.size,
    )
    .map((copy) => {
      const fit = refreshed({ examined, own: ownFit, ownLinkage: own, copy: pool.fit(copy), copyLinkage: copy })
      // People who joined since, or whom the filter of that day let in, come from the own system at large.
      return {
        like: copy,
        mixture: tried([
          { of: 'source', fit },
          { of: 'source', fit: ownFit },
        ]),
      }
    })
  const beside = options.beside
    .filter((copy) => copy !== own)
    .map((copy) => ({
      mixture: tried([
        { of: 'source', fit: ownFit },
        { of: 'second', copy: copy.copy.id, fit: pool.fit(copy) },
      ]),
    }))
    .filter(({ mixture }) => (mixture.shares[0] ?? 0) >= (mixture.shares[1] ?? 0))
  const groups = [
    { share: spread.wide, ways: wide },
    { share: spread.like, ways: like },
    { share: spread.beside, ways: beside },
  ].filter((group) => group.ways.length > 0)
  const total = groups.reduce((sum, group) => sum + group.share, 0)
  const all = groups.flatMap(({ share, ways }) =>
    ways.map((way: { readonly mixture: Mixture; readonly like?: Linkage }) => ({
      ...way,
      log: way.mixture.log + Math.log(share / total / ways.length) + (way.like === undefined ? 0 : options.written(way.like)),
    })),
  )
  const best = all.reduce((a, b) => (b.log > a.log ? b : a))
  return {
    log: logSum(all.map((one) => one.log)) + (own === clock?.linkage ? options.days : 0),
    mixture: best.mixture,
    ...(best.like === undefined ? {} : { like: best.like }),
  }
}

/** Rows that any of the copies holds, the likeliest fit of each, as if drawn from twice as many. */
function anyOf(fits: readonly SourceFit[]): SourceFit {
  const cost = Math.max(0, ...fits.map((fit) => fit.cost)) + Math.LN2
  const [first] = fits
  const rows = (first?.rows ?? []).map((_, at) => {
    const found = fits.flatMap((fit) => {
      const row = fit.rows[at]
      return row === undefined ? [] : [{ ...row, base: row.base + fit.cost - cost }]
    })
    return found.toSorted((a, b) => b.base - 3.5 * b.different - (a.base - 3.5 * a.different))[0]
  })
  return { cost, rows, anybody: first?.anybody ?? new Float64Array() }
}
